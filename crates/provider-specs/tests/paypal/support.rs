//! Requests as the portal sends them, and changes to them.

use provider_specs::{Call, Specs};
use serde_json::{Value, json};

/// A request that can be changed.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    fn of(method: &'static str, path: &str, body: Vec<u8>) -> Self {
        let mut request = Self {
            method,
            path: path.to_owned(),
            query: String::new(),
            headers: Vec::new(),
            body,
        };
        request.set(
            "authorization",
            "Bearer A21AAFEpH4PsADK7qSS7pSRsgzfENtu-Q1ysgEDVDESseMHB",
        );
        request.set("prefer", "return=representation");
        request.set("content-type", "application/json");
        request
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub fn remove(&mut self, name: &str) {
        self.headers.retain(|(known, _)| known != name);
    }

    pub fn with_body(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self
    }

    pub fn call(&self) -> Call<'_> {
        Call {
            method: self.method,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            body: &self.body,
        }
    }

    /// What the published files say against it.
    pub fn faults(&self, specs: &Specs) -> String {
        let faults = specs.paypal(&self.call()).err();
        faults.unwrap_or_default().join("\n")
    }
}

pub fn get(path: &str) -> Request {
    Request::of("GET", path, Vec::new())
}

pub fn post(path: &str, key: &str, body: &Value) -> Request {
    let mut request = Request::of("POST", path, body.to_string().into_bytes());
    if !key.is_empty() {
        request.set("paypal-request-id", key);
    }
    request
}

/// The body of an order, as `paypal/order.rs` makes it.
pub fn order() -> Value {
    json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "reference_id": "default",
            "custom_id": "portico:A-01JBX7",
            "invoice_id": "A-01JBX7",
            "description": "Invoices 2026-014 and 2026-015",
            "amount": {
                "currency_code": "EUR",
                "value": "120.50",
                "breakdown": { "item_total": { "currency_code": "EUR", "value": "120.50" } },
            },
            "items": [
                item("Invoice 2026-014", "100.00"),
                item("Invoice 2026-015", "20.50"),
            ],
        }],
        "payment_source": { "paypal": { "experience_context": {
            "return_url": "https://portal.example/checkout/return?attempt=A-01JBX7",
            "cancel_url": "https://portal.example/checkout/cancel?attempt=A-01JBX7",
            "user_action": "PAY_NOW",
            "shipping_preference": "NO_SHIPPING",
            "payment_method_preference": "IMMEDIATE_PAYMENT_REQUIRED",
            "landing_page": "NO_PREFERENCE",
            "brand_name": "Hafen & Töchter",
            "locale": "zh-Hant-TW",
        } } },
    })
}

fn item(name: &str, value: &str) -> Value {
    json!({
        "name": name,
        "quantity": "1",
        "unit_amount": { "currency_code": "EUR", "value": value },
    })
}

pub fn create() -> Request {
    post("/v2/checkout/orders", "A-01JBX7-create", &order())
}

/// A refund, as `paypal/order.rs` makes it.
pub fn refund() -> Request {
    let body = json!({
        "amount": { "currency_code": "JPY", "value": "1200" },
        "custom_id": "portico:R-01JBX9",
        "note_to_payer": "Refund of invoice 2026-014",
    });
    post(
        "/v2/payments/captures/2GG279541U471931P/refund",
        "R-01JBX9",
        &body,
    )
}

/// The question whether a notification is PayPal's.
pub fn question() -> Request {
    let body = json!({
        "auth_algo": "SHA256withRSA",
        "cert_url": "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270",
        "transmission_id": "69cd13f0-d67a-11e5-baa3-778b53f4ae55",
        "transmission_sig": "lmI95Jx3Y9nhR5SJWlHVIWpg4AgFk7n9bCHSRxbrd8A9zrhdu2rMyFrmz0Zjh3s3",
        "transmission_time": "2026-02-18T20:01:35Z",
        "webhook_id": "1JE4291016473214C",
        "webhook_event": {
            "id": "WH-2WR32451HC0233532-67976317FL4543714",
            "event_version": "1.0",
            "create_time": "2026-02-18T20:01:35.000Z",
            "resource_type": "checkout-order",
            "resource_version": "2.0",
            "event_type": "CHECKOUT.ORDER.APPROVED",
            "summary": "An order has been approved by buyer",
            "resource": { "id": "5O190127TN364715T", "status": "APPROVED", "anything": [1] },
            "links": [{ "href": "https://api.paypal.com/x", "rel": "self", "method": "GET" }],
            "added_by_paypal_later": true,
        },
    });
    post("/v1/notifications/verify-webhook-signature", "", &body)
}
