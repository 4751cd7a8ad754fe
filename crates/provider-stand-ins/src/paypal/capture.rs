//! A captured payment, and what was refunded of it.

use serde_json::{Value, json};

use super::ids;
use super::money::Money;
use super::options::{Funding, Options};
use super::order::{Order, Unit};
use super::time::{pacific, utc};

/// What has become of a capture, refunds aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CaptureState {
    Completed,
    /// It waits, for a reason that the provider names.
    Pending(&'static str),
    Declined,
}

/// A capture.
#[derive(Clone, Debug)]
pub(super) struct Capture {
    pub id: String,
    pub order: String,
    pub amount: Money,
    pub state: CaptureState,
    pub created: i64,
    pub updated: i64,
    pub custom_id: Option<String>,
    pub invoice_id: Option<String>,
    pub refunds: Vec<Refund>,
}

/// What has become of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefundState {
    Completed,
    Pending,
    Failed,
}

/// A refund.
#[derive(Clone, Debug)]
pub(super) struct Refund {
    pub id: String,
    pub amount: Money,
    pub state: RefundState,
    pub created: i64,
    pub updated: i64,
    pub custom_id: Option<String>,
    pub invoice_id: Option<String>,
    /// Whether the merchant gave it an invoice id of its own.
    pub own_invoice_id: bool,
    pub note: Option<String>,
    /// Whether the provider took the money back, after a dispute.
    pub reversal: bool,
    /// What had been refunded in all when it was made.
    pub total: Money,
}

fn put(object: &mut Value, name: &str, text: Option<&String>) {
    if let Some(text) = text {
        object[name] = text.as_str().into();
    }
}

impl Capture {
    /// The capture of a unit of an order that is paid in a way.
    pub(super) fn new(order: &Order, unit: &Unit, now: i64) -> Self {
        let state = match order.funding {
            Funding::Balance => CaptureState::Completed,
            Funding::ECheck => CaptureState::Pending("ECHECK"),
            Funding::UnderReview => CaptureState::Pending("PENDING_REVIEW"),
            Funding::DeclinedCard | Funding::DeclinedCapture => CaptureState::Declined,
        };
        Self {
            id: ids::transaction(),
            order: order.id.clone(),
            amount: unit.amount.clone(),
            state,
            created: now,
            updated: now,
            custom_id: unit.custom_id.clone(),
            invoice_id: unit.invoice_id.clone(),
            refunds: Vec::new(),
        }
    }

    fn refunded_in(&self, states: &[RefundState]) -> i128 {
        let counted = self
            .refunds
            .iter()
            .filter(|refund| states.contains(&refund.state));
        counted.map(|refund| refund.amount.minor).sum()
    }

    /// What can still be refunded: refunds that are pending are as good as made.
    pub(super) fn left(&self) -> Money {
        let gone = self.refunded_in(&[RefundState::Completed, RefundState::Pending]);
        self.amount.with(self.amount.minor - gone)
    }

    /// What has been refunded.
    pub(super) fn refunded(&self) -> Money {
        self.amount
            .with(self.refunded_in(&[RefundState::Completed]))
    }

    /// Its state in the provider's words.
    pub(super) fn status(&self) -> &'static str {
        match self.state {
            CaptureState::Pending(_) => "PENDING",
            CaptureState::Declined => "DECLINED",
            CaptureState::Completed => match self.refunded().minor {
                0 => "COMPLETED",
                refunded if refunded >= self.amount.minor => "REFUNDED",
                _ => "PARTIALLY_REFUNDED",
            },
        }
    }

    /// As it stands in its order.
    pub(super) fn json(&self, origin: &str) -> Value {
        let own = format!("{origin}/v2/payments/captures/{}", self.id);
        let order = format!("{origin}/v2/checkout/orders/{}", self.order);
        let mut json = json!({
            "id": self.id,
            "status": self.status(),
            "amount": self.amount.json(),
            "final_capture": true,
            "disbursement_mode": "INSTANT",
            "seller_protection": {
                "status": "ELIGIBLE",
                "dispute_categories": ["ITEM_NOT_RECEIVED", "UNAUTHORIZED_TRANSACTION"],
            },
            "create_time": utc(self.created),
            "update_time": utc(self.updated),
            "links": [
                { "href": own, "rel": "self", "method": "GET" },
                { "href": format!("{own}/refund"), "rel": "refund", "method": "POST" },
                { "href": order, "rel": "up", "method": "GET" },
            ],
        });
        put(&mut json, "custom_id", self.custom_id.as_ref());
        put(&mut json, "invoice_id", self.invoice_id.as_ref());
        match self.state {
            CaptureState::Pending(reason) => json["status_details"] = json!({ "reason": reason }),
            CaptureState::Declined => {}
            // What it costs is not known while it is pending.
            CaptureState::Completed => {
                let fee = self.amount.fee();
                let net = self.amount.with(self.amount.minor - fee.minor);
                json["seller_receivable_breakdown"] = json!({
                    "gross_amount": self.amount.json(),
                    "paypal_fee": fee.json(),
                    "net_amount": net.json(),
                });
            }
        }
        json
    }

    /// As it stands by itself, with what belongs to it.
    pub(super) fn whole_json(&self, origin: &str, account: &Options) -> Value {
        let mut json = self.json(origin);
        json["supplementary_data"] = json!({ "related_ids": { "order_id": self.order } });
        json["payee"] = json!({
            "email_address": account.merchant_email,
            "merchant_id": account.merchant_id,
        });
        json
    }

    /// The payments of its unit.
    pub(super) fn payments_json(&self, origin: &str) -> Value {
        let mut json = json!({ "captures": [self.json(origin)] });
        if !self.refunds.is_empty() {
            let refunds = self.refunds.iter();
            json["refunds"] = refunds
                .map(|refund| refund.json(origin, &self.id))
                .collect();
        }
        json
    }
}

impl Refund {
    /// Its state in the provider's words.
    pub(super) fn status(&self) -> &'static str {
        match self.state {
            RefundState::Completed => "COMPLETED",
            RefundState::Pending => "PENDING",
            RefundState::Failed => "FAILED",
        }
    }

    /// The minimal answer.
    pub(super) fn minimal(&self, origin: &str, capture: &str) -> Value {
        let own = format!("{origin}/v2/payments/refunds/{}", self.id);
        let up = format!("{origin}/v2/payments/captures/{capture}");
        json!({
            "id": self.id,
            "status": self.status(),
            "links": [
                { "href": own, "rel": "self", "method": "GET" },
                { "href": up, "rel": "up", "method": "GET" },
            ],
        })
    }

    /// The whole answer.
    pub(super) fn json(&self, origin: &str, capture: &str) -> Value {
        let mut json = self.minimal(origin, capture);
        json["amount"] = self.amount.json();
        json["create_time"] = pacific(self.created).into();
        json["update_time"] = pacific(self.updated).into();
        // The provider keeps its fee, so the merchant pays the whole amount back.
        json["seller_payable_breakdown"] = json!({
            "gross_amount": self.amount.json(),
            "paypal_fee": self.amount.with(0).json(),
            "net_amount": self.amount.json(),
            "total_refunded_amount": self.total.json(),
        });
        put(&mut json, "custom_id", self.custom_id.as_ref());
        put(&mut json, "invoice_id", self.invoice_id.as_ref());
        put(&mut json, "note_to_payer", self.note.as_ref());
        if self.state != RefundState::Completed {
            json["status_details"] = json!({ "reason": "ECHECK" });
        }
        json
    }
}
