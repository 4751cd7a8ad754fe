//! A checkout session.

use serde_json::{Value, json};

use super::ids;
use super::render::{Moment, pairs, with_nulls};
use super::session_params::NewSession;

/// The shortest and longest time that a session may be open, in seconds.
pub(super) const SHORTEST: i64 = 30 * 60;
pub(super) const LONGEST: i64 = 24 * 60 * 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Open,
    Complete,
    Expired,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }
}

/// What is always null here.
const NULLS: &str = "after_expiration allow_promotion_codes client_secret consent \
    consent_collection currency_conversion customer customer_account invoice origin_context \
    payment_link permissions recovered_from saved_payment_method_options setup_intent \
    shipping_address_collection shipping_cost subscription wallet_options";

/// A checkout session.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub id: String,
    pub live: bool,
    pub asked: NewSession,
    pub methods: Vec<String>,
    pub total: i64,
    pub status: Status,
    pub payment_status: &'static str,
    /// The payment; none before a customer has tried to pay.
    pub intent: Option<String>,
    pub email: Option<String>,
    pub name: Option<String>,
    pub expires_at: i64,
    created: i64,
    url: String,
}

impl Session {
    pub(super) fn new(
        asked: NewSession,
        (methods, total): (Vec<String>, i64),
        (live, origin, now): (bool, &str, i64),
    ) -> Self {
        let id = ids::session(live);
        Self {
            url: format!("{origin}/c/pay/{id}#{}", ids::fragment()),
            id,
            live,
            methods,
            total,
            status: Status::Open,
            payment_status: if total == 0 {
                "no_payment_required"
            } else {
                "unpaid"
            },
            intent: None,
            email: asked.customer_email.clone(),
            name: None,
            expires_at: asked.expires_at.unwrap_or(now + LONGEST),
            created: now,
            asked,
        }
    }

    /// Where the customer goes after paying.
    pub(super) fn success_url(&self) -> String {
        self.asked
            .success_url
            .replace("{CHECKOUT_SESSION_ID}", &self.id)
    }

    pub(super) fn amount(&self) -> String {
        let code = self.asked.currency.code().to_uppercase();
        let shown = self.asked.currency.show(self.total);
        format!("{shown} {code}")
    }

    /// The items, as the session can be expanded with.
    pub(super) fn items_json(&self, at: &Moment) -> Value {
        let items = self.asked.items.iter();
        let created = Moment {
            now: self.created,
            ..at.clone()
        };
        let data: Vec<Value> = items
            .map(|item| item.json(&self.asked.currency, self.live, &created))
            .collect();
        json!({
            "object": "list", "data": data, "has_more": false,
            "url": format!("/v1/checkout/sessions/{}/line_items", self.id),
        })
    }

    pub(super) fn json(&self, at: &Moment) -> Value {
        let asked = &self.asked;
        let open = self.status == Status::Open;
        let automatic = asked.methods.named.is_empty();
        let configuration =
            automatic.then(|| json!({ "id": "pmc_1StandInDefault", "parent": null }));
        let collected = (self.status == Status::Complete).then(
            || json!({ "business_name": null, "individual_name": null, "shipping_details": null }),
        );
        let mut session = with_nulls(
            json!({
                "id": self.id, "object": "checkout.session",
                "adaptive_pricing": { "enabled": false }, "amount_subtotal": self.total,
                "amount_total": self.total,
                "automatic_tax": {
                    "enabled": false, "liability": null, "provider": null, "status": null,
                },
                "billing_address_collection": asked.billing_address_collection,
                "cancel_url": asked.cancel_url, "client_reference_id": asked.client_reference_id,
                "collected_information": collected, "created": self.created,
                "currency": asked.currency.code(), "custom_fields": [],
                "custom_text": {
                    "after_submit": null, "shipping_address": null, "submit": null,
                    "terms_of_service_acceptance": null,
                },
                "customer_creation": asked.customer_creation.as_deref().unwrap_or("if_required"),
                "customer_details": self.customer_json(), "customer_email": asked.customer_email,
                "discounts": [], "expires_at": self.expires_at, "invoice_creation": {
                    "enabled": false,
                    "invoice_data": {
                        "account_tax_ids": null, "custom_fields": null, "description": null,
                        "footer": null, "issuer": null, "metadata": {}, "rendering_options": null,
                    },
                },
                "livemode": self.live, "locale": asked.locale, "metadata": pairs(&asked.metadata),
                "mode": "payment", "payment_intent": self.intent,
                "payment_method_collection": "if_required",
                "payment_method_configuration_details": configuration, "payment_method_options": {},
                "payment_method_types": self.methods, "payment_status": self.payment_status,
                "phone_number_collection": { "enabled": false },
                "shipping_options": [],
                "status": self.status.word(), "submit_type": asked.submit_type,
                "success_url": asked.success_url,
                "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
                "ui_mode": at.version.hosted(), "url": open.then_some(&self.url),
            }),
            NULLS,
        );
        if at.version.filters_methods() {
            let allowed = &asked.methods.allowed;
            session["allowed_payment_method_types"] = match allowed.as_slice() {
                [] => Value::Null,
                allowed => json!(allowed),
            };
            session["integration_identifier"] = Value::Null;
            session["managed_payments"] = Value::Null;
        }
        session
    }

    fn customer_json(&self) -> Value {
        if self.email.is_none() && self.name.is_none() {
            return Value::Null;
        }
        json!({
            "address": null, "business_name": null, "email": self.email,
            "individual_name": null, "name": self.name, "phone": null,
            "tax_exempt": "none", "tax_ids": null,
        })
    }
}
