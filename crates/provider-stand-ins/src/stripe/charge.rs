//! A charge: one try to take the money of a payment.

use serde_json::{Value, json};

use super::cards::{Failure, Refunds};
use super::ids;
use super::intent::{Intent, Method};
use super::render::{billing_details, pairs, with_nulls};
use super::session::Session;
use super::session_params::IntentData;

/// What is always null here.
const NULLS: &str = "application application_fee application_fee_amount customer \
    failure_balance_transaction on_behalf_of receipt_number review shipping source \
    source_transfer statement_descriptor transfer_data transfer_group";

/// A charge.
#[derive(Clone, Debug)]
pub(super) struct Charge {
    pub id: String,
    pub live: bool,
    pub intent: String,
    pub amount: i64,
    pub refunded: i64,
    pub currency: String,
    pub status: &'static str,
    pub failure: Option<Failure>,
    pub disputed: bool,
    /// The movement of money; none before there is one.
    pub txn: Option<String>,
    /// What will become of its refunds.
    pub refunds: Refunds,
    pub method: Method,
    method_id: String,
    data: IntentData,
    email: Option<String>,
    name: Option<String>,
    created: i64,
}

impl Charge {
    pub(super) fn new(intent: &Intent, session: &Session, method: Method, now: i64) -> Self {
        // Charges of anything but cards are called payments in their ids.
        let prefix = match method {
            Method::Card { .. } => "ch_3",
            Method::Debit(_) => "py_3",
        };
        Self {
            id: ids::new(prefix),
            live: intent.live,
            intent: intent.id.clone(),
            amount: intent.amount,
            refunded: 0,
            currency: intent.currency.clone(),
            status: "pending",
            failure: None,
            disputed: false,
            txn: None,
            refunds: Refunds::Succeed,
            method,
            method_id: intent.method.clone().unwrap_or_default(),
            data: intent.data.clone(),
            email: session.email.clone(),
            name: session.name.clone(),
            created: now,
        }
    }

    pub(super) fn json(&self) -> Value {
        let paid = self.status == "succeeded";
        let kept = if self.status == "failed" {
            0
        } else {
            self.amount
        };
        let data = &self.data;
        let receipt = format!("https://pay.stripe.com/receipts/payment/{}", self.id);
        let suffix = data.statement_descriptor_suffix.as_ref();
        with_nulls(
            json!({
                "id": self.id, "object": "charge", "amount": self.amount, "amount_captured": kept,
                "amount_refunded": self.refunded, "balance_transaction": self.txn,
                "billing_details": billing_details(self.email.as_deref(), self.name.as_deref()),
                "calculated_statement_descriptor":
                    suffix.map_or("STAND-IN".to_owned(), |suffix| format!("STAND-IN* {suffix}")),
                "captured": self.status != "failed", "created": self.created,
                "currency": self.currency, "description": data.description,
                "disputed": self.disputed, "failure_code": self.failure.map(|failure| failure.code),
                "failure_message": self.failure.map(|failure| failure.message),
                "fraud_details": {}, "livemode": self.live, "metadata": pairs(&data.metadata),
                "outcome": self.outcome_json(), "paid": paid,
                "payment_intent": self.intent, "payment_method": self.method_id,
                "payment_method_details": self.method_json(), "receipt_email": data.receipt_email,
                "receipt_url": paid.then_some(receipt),
                "refunded": paid && self.refunded == self.amount,
                "statement_descriptor_suffix": suffix, "status": self.status,
            }),
            NULLS,
        )
    }

    fn method_json(&self) -> Value {
        match &self.method {
            Method::Card {
                card,
                authenticated,
            } => json!({ "type": "card", "card": card.json(self.amount, *authenticated) }),
            Method::Debit(debit) => {
                let mut details = json!({ "type": debit.word });
                details[debit.word] = with_nulls(json!({ "last4": "3000" }), debit.account);
                details
            }
        }
    }

    fn outcome_json(&self) -> Value {
        let (network, reason, message, kind) = match self.failure {
            Some(failure) => (
                "declined_by_network",
                Some(failure.decline_code.unwrap_or(failure.code)),
                "The bank did not accept the payment.",
                "issuer_declined",
            ),
            None => (
                "approved_by_network",
                None,
                "Payment complete.",
                "authorized",
            ),
        };
        json!({
            "advice_code": null, "network_advice_code": null, "network_decline_code": null,
            "network_status": network, "reason": reason, "risk_level": "normal",
            "seller_message": message, "type": kind,
        })
    }
}
