//! An order: what the merchant asked for, and how far the customer has come with it.

use serde_json::{Map, Value, json};

use super::ids;
use super::money::Money;
use super::options::{Funding, Options};
use super::time::utc;

/// How long a customer may take to approve an order, and then the merchant to capture it, in
/// seconds.
pub(super) const PATIENCE: i64 = 3 * 60 * 60;

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// The customer has not approved it.
    Open,
    /// The customer has approved it, at a moment.
    Approved(i64),
    /// It has been captured.
    Completed,
}

/// Who has approved an order.
#[derive(Clone, Debug)]
pub(super) struct Payer {
    pub id: String,
    pub email: String,
}

/// A part of an order that is captured by itself.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// As it was asked for, with what the provider adds.
    said: Map<String, Value>,
    pub amount: Money,
    pub reference_id: String,
    pub custom_id: Option<String>,
    pub invoice_id: Option<String>,
    /// The capture of it, once there is one.
    pub capture: Option<String>,
}

/// What the merchant asked the pages for customers to be like.
#[derive(Clone, Debug)]
pub(super) struct Experience {
    pub brand: Option<String>,
    pub return_url: Option<String>,
    pub cancel_url: Option<String>,
    pub pay_now: bool,
    /// Whether the merchant takes no payment that is pending for days.
    pub immediate: bool,
    ships: bool,
}

/// An order.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub id: String,
    pub created: i64,
    pub updated: i64,
    pub progress: Progress,
    /// Whether the merchant said how the customer will pay, which changes states and links.
    source_given: bool,
    pub experience: Experience,
    pub units: Vec<Unit>,
    pub payer: Option<Payer>,
    pub funding: Funding,
    /// How many captures of it were declined.
    pub declined: u32,
    /// Whether the last capture was declined and the customer has not come back since.
    pub wants_other_funding: bool,
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

impl Experience {
    fn of(body: &Value) -> Self {
        let source = &body["payment_source"]["paypal"]["experience_context"];
        let older = &body["application_context"];
        let said = |name: &str| text(&source[name]).or_else(|| text(&older[name]));
        let preference = text(&source["payment_method_preference"])
            .or_else(|| text(&older["payment_method"]["payee_preferred"]));
        Self {
            brand: said("brand_name"),
            return_url: said("return_url"),
            cancel_url: said("cancel_url"),
            pay_now: said("user_action").as_deref() == Some("PAY_NOW"),
            immediate: preference.as_deref() == Some("IMMEDIATE_PAYMENT_REQUIRED"),
            ships: !matches!(
                said("shipping_preference").as_deref(),
                Some("NO_SHIPPING" | "SET_PROVIDED_ADDRESS")
            ),
        }
    }
}

impl Unit {
    fn of(body: &Value, account: &Options) -> Result<Self, &'static str> {
        let amount = Money::of(&body["amount"])?;
        let reference_id = text(&body["reference_id"]).unwrap_or_else(|| "default".to_owned());
        let mut said = body.as_object().cloned().unwrap_or_default();
        said.insert("reference_id".to_owned(), reference_id.clone().into());
        // However the amount was written, it is answered with the currency's decimals.
        let mut answered = amount.json();
        if body["amount"]["breakdown"].is_object() {
            answered["breakdown"] = body["amount"]["breakdown"].clone();
        }
        said.insert("amount".to_owned(), answered);
        let payee = json!({
            "email_address": account.merchant_email,
            "merchant_id": account.merchant_id,
        });
        said.insert("payee".to_owned(), payee);
        Ok(Self {
            said,
            amount,
            reference_id,
            custom_id: text(&body["custom_id"]),
            invoice_id: text(&body["invoice_id"]),
            capture: None,
        })
    }
}

impl Order {
    /// Makes an order of a body that has been checked.
    pub(super) fn new(body: &Value, account: &Options, now: i64) -> Result<Self, &'static str> {
        let units = body["purchase_units"].as_array();
        let units = units.into_iter().flatten();
        Ok(Self {
            id: ids::transaction(),
            created: now,
            updated: now,
            progress: Progress::Open,
            source_given: body["payment_source"]["paypal"].is_object(),
            experience: Experience::of(body),
            units: units
                .map(|unit| Unit::of(unit, account))
                .collect::<Result<_, _>>()?,
            payer: None,
            funding: Funding::Balance,
            declined: 0,
            wants_other_funding: false,
        })
    }

    /// Whether its time is over at a moment.
    pub(super) fn has_expired(&self, now: i64) -> bool {
        match self.progress {
            Progress::Open => now >= self.created + PATIENCE,
            Progress::Approved(at) => now >= at + PATIENCE,
            Progress::Completed => false,
        }
    }

    /// Its state in the provider's words.
    pub(super) fn status(&self) -> &'static str {
        match self.progress {
            Progress::Open if self.source_given => "PAYER_ACTION_REQUIRED",
            Progress::Open => "CREATED",
            Progress::Approved(_) => "APPROVED",
            Progress::Completed => "COMPLETED",
        }
    }

    /// All its amounts together.
    pub(super) fn total(&self) -> Option<Money> {
        let first = self.units.first()?;
        let minor = self.units.iter().map(|unit| unit.amount.minor).sum();
        Some(first.amount.with(minor))
    }

    /// Where the customer approves it.
    pub(super) fn approval_url(&self, origin: &str) -> String {
        format!("{origin}/checkoutnow?token={}", self.id)
    }

    fn links(&self, origin: &str) -> Value {
        let own = format!("{origin}/v2/checkout/orders/{}", self.id);
        let link = |rel: &str, method: &str, href: String| json!({ "href": href, "rel": rel, "method": method });
        let capture = || link("capture", "POST", format!("{own}/capture"));
        let mut links = vec![link("self", "GET", own.clone())];
        match self.progress {
            Progress::Open if self.source_given => {
                links.push(link("payer-action", "GET", self.approval_url(origin)));
            }
            Progress::Open => {
                links.push(link("approve", "GET", self.approval_url(origin)));
                links.push(capture());
            }
            Progress::Approved(_) => links.push(capture()),
            Progress::Completed => {}
        }
        links.into()
    }

    /// The minimal answer.
    pub(super) fn minimal(&self, origin: &str) -> Value {
        json!({ "id": self.id, "status": self.status(), "links": self.links(origin) })
    }

    /// The whole answer, with the payments of each unit.
    pub(super) fn json(&self, origin: &str, payments: impl Fn(&Unit) -> Option<Value>) -> Value {
        let mut order = self.minimal(origin);
        order["intent"] = "CAPTURE".into();
        order["create_time"] = utc(self.created).into();
        if self.updated != self.created {
            order["update_time"] = utc(self.updated).into();
        }
        if let Some(payer) = &self.payer {
            order["payer"] = payer_json(payer);
            order["payment_source"] = json!({ "paypal": wallet_json(payer) });
        } else if self.source_given {
            order["payment_source"] = json!({ "paypal": {} });
        }
        let units = self.units.iter().map(|unit| {
            let mut json = unit.said.clone();
            if self.experience.ships && self.payer.is_some() {
                json.entry("shipping").or_insert_with(shipping_json);
            }
            if let Some(payments) = payments(unit) {
                json.insert("payments".to_owned(), payments);
            }
            Value::Object(json)
        });
        order["purchase_units"] = units.collect();
        order
    }

    /// What is said when its approval has run out.
    pub(super) fn reversal(&self) -> Value {
        let units = self.units.iter().map(|unit| {
            let mut json = json!({ "reference_id": unit.reference_id });
            if let Some(id) = &unit.custom_id {
                json["custom_id"] = id.as_str().into();
            }
            if let Some(id) = &unit.invoice_id {
                json["invoice_id"] = id.as_str().into();
            }
            json
        });
        let units: Value = units.collect();
        let wallet = self.payer.as_ref().map(wallet_json);
        json!({
            "order_id": self.id,
            "purchase_units": units,
            "payment_source": { "paypal": wallet },
        })
    }
}

fn payer_json(payer: &Payer) -> Value {
    json!({
        "name": { "given_name": "Test", "surname": "Buyer" },
        "email_address": payer.email,
        "payer_id": payer.id,
        "address": { "country_code": "US" },
    })
}

fn wallet_json(payer: &Payer) -> Value {
    json!({
        "email_address": payer.email,
        "account_id": payer.id,
        "account_status": "VERIFIED",
        "name": { "given_name": "Test", "surname": "Buyer" },
        "address": { "country_code": "US" },
    })
}

fn shipping_json() -> Value {
    json!({
        "name": { "full_name": "Test Buyer" },
        "address": {
            "address_line_1": "1 Example Street",
            "admin_area_2": "Example Town",
            "admin_area_1": "CA",
            "postal_code": "95131",
            "country_code": "US",
        },
    })
}
