//! A dispute: a customer wants money back, and the provider decides.

use serde_json::{Value, json};

use super::capture::Capture;
use super::money::Money;
use super::options::Options;
use super::time::utc;

/// How long a merchant may take to answer, in seconds.
const PATIENCE: i64 = 10 * 24 * 60 * 60;

/// How far a dispute has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DisputeState {
    WaitingForSeller,
    UnderReview,
    /// It is over, and the customer has won or not.
    Resolved {
        buyer_wins: bool,
    },
}

/// A dispute about a capture.
#[derive(Clone, Debug)]
pub(super) struct Dispute {
    pub id: String,
    pub capture: String,
    pub amount: Money,
    pub state: DisputeState,
    pub created: i64,
    pub updated: i64,
}

impl Dispute {
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.state, DisputeState::Resolved { .. })
    }

    fn status(&self) -> &'static str {
        match self.state {
            DisputeState::WaitingForSeller => "WAITING_FOR_SELLER_RESPONSE",
            DisputeState::UnderReview => "UNDER_REVIEW",
            DisputeState::Resolved { .. } => "RESOLVED",
        }
    }

    /// Its state as lists are filtered by it.
    pub(super) fn list_state(&self) -> &'static str {
        match self.state {
            DisputeState::WaitingForSeller => "REQUIRED_ACTION",
            DisputeState::UnderReview => "UNDER_PAYPAL_REVIEW",
            DisputeState::Resolved { .. } => "RESOLVED",
        }
    }

    /// As it stands in a list.
    pub(super) fn summary(&self, origin: &str) -> Value {
        let own = format!("{origin}/v1/customer/disputes/{}", self.id);
        json!({
            "dispute_id": self.id,
            "create_time": utc(self.created),
            "update_time": utc(self.updated),
            "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
            "status": self.status(),
            "dispute_state": self.list_state(),
            "dispute_amount": self.amount.json(),
            "dispute_life_cycle_stage": "CHARGEBACK",
            "dispute_channel": "INTERNAL",
            "links": [{ "href": own, "rel": "self", "method": "GET" }],
        })
    }

    /// As it stands by itself.
    pub(super) fn json(&self, origin: &str, capture: &Capture, account: &Options) -> Value {
        let mut json = self.summary(origin);
        let mut transaction = json!({
            "seller_transaction_id": capture.id,
            "create_time": utc(capture.created),
            "transaction_status": match capture.status() {
                "REFUNDED" => "REFUNDED",
                "PARTIALLY_REFUNDED" => "PARTIALLY_REFUNDED",
                _ => "COMPLETED",
            },
            "gross_amount": capture.amount.json(),
            "buyer": { "name": "Test Buyer" },
            "seller": {
                "email": account.merchant_email,
                "merchant_id": account.merchant_id,
                "name": account.merchant_name,
            },
            "items": [],
            "seller_protection_eligible": true,
        });
        if let Some(id) = &capture.invoice_id {
            transaction["invoice_number"] = id.as_str().into();
        }
        if let Some(id) = &capture.custom_id {
            transaction["custom"] = id.as_str().into();
        }
        json["disputed_transactions"] = json!([transaction]);
        match self.state {
            DisputeState::WaitingForSeller => {
                json["seller_response_due_date"] = utc(self.created + PATIENCE).into();
            }
            DisputeState::UnderReview => {}
            DisputeState::Resolved { buyer_wins } => {
                json["dispute_outcome"] = if buyer_wins {
                    json!({
                        "outcome_code": "RESOLVED_BUYER_FAVOUR",
                        "amount_refunded": self.amount.json(),
                    })
                } else {
                    json!({ "outcome_code": "RESOLVED_SELLER_FAVOUR" })
                };
            }
        }
        json
    }
}
