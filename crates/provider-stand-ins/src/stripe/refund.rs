//! A refund.

use serde_json::{Value, json};

use super::cards::Refunds;
use super::charge::Charge;
use super::ids;
use super::render::pairs;

/// A refund.
#[derive(Clone, Debug)]
pub(super) struct Refund {
    pub id: String,
    pub live: bool,
    pub amount: i64,
    pub charge: String,
    pub currency: String,
    pub status: &'static str,
    pub txn: Option<String>,
    /// The movement that gave the money back to the account.
    pub failure_txn: Option<String>,
    intent: String,
    reason: Option<String>,
    metadata: Vec<(String, String)>,
    created: i64,
}

impl Refund {
    pub(super) fn new(
        charge: &Charge,
        amount: i64,
        (reason, metadata): (Option<String>, Vec<(String, String)>),
        now: i64,
    ) -> Self {
        let status = match charge.refunds {
            Refunds::Wait => "pending",
            Refunds::Succeed | Refunds::FailLater => "succeeded",
        };
        Self {
            id: ids::new("re_3"),
            live: charge.live,
            amount,
            charge: charge.id.clone(),
            currency: charge.currency.clone(),
            status,
            txn: None,
            failure_txn: None,
            intent: charge.intent.clone(),
            reason,
            metadata,
            created: now,
        }
    }

    pub(super) fn json(&self) -> Value {
        let mut refund = json!({
            "id": self.id, "object": "refund", "amount": self.amount,
            "balance_transaction": self.txn, "charge": self.charge, "created": self.created,
            "currency": self.currency,
            "destination_details": {
                "card": {
                    "reference_status": "pending", "reference_type": "acquirer_reference_number",
                    "type": "refund",
                },
                "type": "card",
            },
            "metadata": pairs(&self.metadata), "payment_intent": self.intent,
            "reason": self.reason, "receipt_number": null, "source_transfer_reversal": null,
            "status": self.status, "transfer_reversal": null,
        });
        if self.charge.starts_with("py_") {
            // Where the money of a bank debit goes depends on the country, which is not known here.
            refund
                .as_object_mut()
                .map(|refund| refund.remove("destination_details"));
        }
        if self.status == "pending" {
            refund["pending_reason"] = "processing".into();
        }
        if let Some(txn) = &self.failure_txn {
            refund["failure_balance_transaction"] = txn.clone().into();
            refund["failure_reason"] = "expired_or_canceled_card".into();
        }
        refund
    }
}
