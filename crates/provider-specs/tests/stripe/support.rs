//! Requests as the portal sends them, and changes to them.

use provider_specs::{Call, Specs};

/// A request that can be changed.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

pub type Fields = Vec<(&'static str, &'static str)>;

impl Request {
    fn of(method: &'static str, path: &str) -> Self {
        let mut request = Self {
            method,
            path: path.to_owned(),
            query: String::new(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        request.set("authorization", "Bearer sk_test_51NfixturesOnly");
        request.set("stripe-version", "2026-02-25.clover");
        request
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub fn remove(&mut self, name: &str) {
        self.headers.retain(|(known, _)| known != name);
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
        let faults = specs.stripe(&self.call()).err();
        faults.unwrap_or_default().join("\n")
    }
}

pub fn encoded(fields: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    form.finish()
}

pub fn get(path: &str, query: &[(&str, &str)]) -> Request {
    let mut request = Request::of("GET", path);
    request.query = encoded(query);
    request
}

pub fn post(path: &str, key: &str, fields: &[(&str, &str)]) -> Request {
    let mut request = Request::of("POST", path);
    request.set("content-type", "application/x-www-form-urlencoded");
    if !key.is_empty() {
        request.set("idempotency-key", key);
    }
    request.body = encoded(fields).into_bytes();
    request
}

/// The fields of a session, as `stripe/order.rs` makes them.
pub fn session() -> Fields {
    vec![
        ("mode", "payment"),
        ("client_reference_id", "A-01JBX7"),
        ("metadata[portico_attempt]", "A-01JBX7"),
        ("payment_intent_data[metadata][portico_attempt]", "A-01JBX7"),
        (
            "payment_intent_data[description]",
            "Invoices 2026-014 & 2026-015",
        ),
        (
            "success_url",
            "https://portal.example/checkout/return?attempt=A-01JBX7",
        ),
        (
            "cancel_url",
            "https://portal.example/checkout/cancel?attempt=A-01JBX7",
        ),
        ("expires_at", "1772000000"),
        ("payment_method_types[0]", "card"),
        ("locale", "es-419"),
        ("customer_email", "ana+portal@example.org"),
        ("line_items[0][price_data][currency]", "eur"),
        ("line_items[0][price_data][unit_amount]", "10000"),
        (
            "line_items[0][price_data][product_data][name]",
            "Invoice 2026-014",
        ),
        ("line_items[0][quantity]", "1"),
        ("line_items[1][price_data][currency]", "eur"),
        ("line_items[1][price_data][unit_amount]", "2050"),
        (
            "line_items[1][price_data][product_data][name]",
            "Invoice 2026-015: Überhang",
        ),
        ("line_items[1][quantity]", "1"),
    ]
}

pub fn create(fields: &[(&str, &str)]) -> Request {
    post("/v1/checkout/sessions", "A-01JBX7-create", fields)
}

/// A refund, as `stripe/order.rs` makes it.
pub fn refund() -> Request {
    let fields = [
        ("payment_intent", "pi_3MtwBwLkdIwHu7ix28a3tqPa"),
        ("amount", "2050"),
        ("metadata[portico_refund]", "R-01JBX9"),
    ];
    post("/v1/refunds", "R-01JBX9", &fields)
}

pub const SESSION: &str = "/v1/checkout/sessions/cs_test_a11YYufWQzNY63zpQ6QSNRQhkUpVph";
