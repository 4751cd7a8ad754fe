//! A payment: Stripe's PaymentIntent.

use serde_json::{Value, json};

use super::cards::{Card, Failure};
use super::ids;
use super::methods::Debit;
use super::render::{Moment, pairs, with_nulls};
use super::session::Session;
use super::session_params::IntentData;

/// What is always null here.
const NULLS: &str = "application application_fee_amount canceled_at cancellation_reason customer \
    customer_account excluded_payment_method_types on_behalf_of processing review \
    setup_future_usage shipping source statement_descriptor transfer_data transfer_group";

/// What a customer pays with.
#[derive(Clone, Debug)]
pub(super) enum Method {
    Card { card: Card, authenticated: bool },
    Debit(&'static Debit),
}

/// A payment.
#[derive(Clone, Debug)]
pub(super) struct Intent {
    pub id: String,
    pub live: bool,
    pub session: String,
    pub amount: i64,
    pub received: i64,
    pub currency: String,
    pub status: &'static str,
    /// Why the last try failed, and its charge.
    pub error: Option<(Failure, Option<String>)>,
    pub latest_charge: Option<String>,
    /// The id of what the customer pays with.
    pub method: Option<String>,
    /// The card whose holder has still to prove who they are.
    pub waiting: Option<Card>,
    pub data: IntentData,
    methods: Vec<String>,
    automatic: bool,
    created: i64,
    client_secret: String,
}

impl Intent {
    pub(super) fn new(session: &Session, now: i64) -> Self {
        let id = ids::new("pi_3");
        Self {
            client_secret: format!("{id}_secret_{}", ids::new("")),
            id,
            live: session.live,
            session: session.id.clone(),
            amount: session.total,
            received: 0,
            currency: session.asked.currency.code().to_owned(),
            status: "requires_payment_method",
            error: None,
            latest_charge: None,
            method: None,
            waiting: None,
            data: session.asked.intent.clone(),
            methods: session.methods.clone(),
            automatic: session.asked.methods.named.is_empty(),
            created: now,
        }
    }

    pub(super) fn json(&self, at: &Moment) -> Value {
        let error = self.error.as_ref();
        let error = error.map(|(failure, charge)| failure.json(charge.as_deref()));
        let next_action = self.waiting.as_ref().map(|_| {
            json!({
                "type": "use_stripe_sdk",
                "use_stripe_sdk": { "type": "three_d_secure_redirect" },
            })
        });
        let automatic = self.automatic.then(|| json!({ "enabled": true }));
        let configuration = self
            .automatic
            .then(|| json!({ "id": "pmc_1StandInDefault", "parent": null }));
        let data = &self.data;
        let mut intent = with_nulls(
            json!({
                "id": self.id, "object": "payment_intent", "amount": self.amount,
                "amount_capturable": 0, "amount_details": { "tip": {} },
                "amount_received": self.received, "automatic_payment_methods": automatic,
                "capture_method": data.capture_method.as_deref().unwrap_or("automatic_async"),
                "client_secret": self.client_secret, "confirmation_method": "automatic",
                "created": self.created, "currency": self.currency, "description": data.description,
                "last_payment_error": error,
                "latest_charge": self.latest_charge, "livemode": self.live,
                "metadata": pairs(&data.metadata), "next_action": next_action,
                "payment_method": self.method,
                "payment_method_configuration_details": configuration,
                "payment_method_options": {}, "payment_method_types": self.methods,
                "receipt_email": data.receipt_email,
                "statement_descriptor_suffix": data.statement_descriptor_suffix,
                "status": self.status,
            }),
            NULLS,
        );
        if at.version.filters_methods() {
            intent["allowed_payment_method_types"] = Value::Null;
            intent["managed_payments"] = Value::Null;
            intent["payment_record"] = Value::Null;
        }
        intent
    }
}
