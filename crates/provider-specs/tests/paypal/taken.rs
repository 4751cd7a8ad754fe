//! Requests as the portal sends them, all of which are taken.

use provider_specs::{Specs, UNDESCRIBED};
use serde_json::json;

use crate::support::{create, get, order, post, question, refund};

#[test]
fn what_the_portal_sends_is_taken() {
    let Some(specs) = Specs::open() else { return };
    let order_path = "/v2/checkout/orders/5O190127TN364715T";
    let capture = post(
        &format!("{order_path}/capture"),
        "A-01JBX7-capture",
        &json!({}),
    );
    let mut without_body = capture.clone();
    without_body.body.clear();
    let reads = [
        order_path,
        "/v2/payments/captures/2GG279541U471931P",
        "/v2/payments/refunds/1JU0",
    ];
    let reads = reads.map(get);
    let writes = [create(), capture, without_body, refund(), question()];
    for request in writes.iter().chain(&reads) {
        assert_eq!(
            request.faults(&specs),
            "",
            "{} {}",
            request.method,
            request.path
        );
    }
}

#[test]
fn an_order_without_its_optional_parts_is_taken() {
    let Some(specs) = Specs::open() else { return };
    let mut body = order();
    let unit = body["purchase_units"][0].as_object_mut().unwrap();
    unit.remove("items");
    unit["amount"].as_object_mut().unwrap().remove("breakdown");
    let paypal = body
        .pointer_mut("/payment_source/paypal/experience_context")
        .unwrap();
    paypal.as_object_mut().unwrap().remove("locale");
    let mut request = create().with_body(&body);
    request.set("content-type", "application/json; charset=utf-8");
    request.set("authorization", "bearer A21AAF");
    request.set("user-agent", "portico/0.1.0");
    assert_eq!(request.faults(&specs), "");
}

#[test]
fn what_the_files_do_not_describe_passes_by_name() {
    let Some(specs) = Specs::open() else { return };
    assert_eq!(UNDESCRIBED, ["/v1/oauth2/token", "/v1/customer/disputes"]);
    for path in UNDESCRIBED {
        let mut request = get(path);
        request.query = "disputed_transaction_id=2GG279541U471931P".to_owned();
        assert_eq!(request.faults(&specs), "", "{path}");
    }
    assert_eq!(get("/v1/customer/disputes/PP-D-4012").faults(&specs), "");
}
