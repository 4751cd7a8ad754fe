//! Orders that are refused: each is a good one but for one place.

use serde_json::{Value, json};

use crate::support::{Merchant, hosted_order};

/// Where the first purchase unit stands.
pub const UNIT: &str = "/purchase_units/0";

/// Puts a value into an order at a place, or takes the place away.
fn put(mut order: Value, place: &str, value: Value) -> Value {
    let (parent, name) = place.rsplit_once('/').unwrap();
    let parent = order.pointer_mut(parent).unwrap();
    if value.is_null() {
        parent.as_object_mut().unwrap().remove(name);
    } else {
        parent[name] = value;
    }
    order
}

/// Holds orders with one place changed to the same refusal, each with its own issue.
pub async fn hold(rows: Vec<(&str, Value, &str)>, status: u16, name: &str) {
    let merchant = Merchant::new().await;
    for (place, value, issue) in rows {
        let order = put(hosted_order(), place, value);
        let answer = merchant.post_as("id", "/v2/checkout/orders", &order).await;
        assert_eq!(answer.status, status, "{place}: {}", answer.text);
        assert!(answer.issues().contains(&issue), "{place}: {}", answer.text);
        answer.refused(status, name, &answer.issues());
    }
    assert_eq!(merchant.paypal.newest_order(), None);
}

#[tokio::test]
async fn a_refusal_names_the_field_and_its_value() {
    let merchant = Merchant::new().await;
    let order = put(
        hosted_order(),
        &format!("{UNIT}/amount/value"),
        json!("1.005"),
    );
    let answer = merchant.post_as("id", "/v2/checkout/orders", &order).await;
    answer.refused(422, "UNPROCESSABLE_ENTITY", &["DECIMAL_PRECISION"]);
    let detail = &answer.body["details"][0];
    assert_eq!(detail["field"], "/purchase_units/0/amount/value");
    assert_eq!(detail["value"], "1.005");
    assert_eq!(detail["location"], "body");
    assert!(detail["description"].is_string());
}
