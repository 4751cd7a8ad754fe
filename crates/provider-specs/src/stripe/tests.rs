//! Sessions as Stripe answers with them, wrong ones first. The right one is Stripe's own fixture.

use serde_json::json;

use super::*;

fn schema_and_fixture() -> Option<(Stripe, Value)> {
    folder::open(|folder| {
        let fixtures = folder::json(folder, "stripe-fixtures.json")?;
        let session = fixtures["resources"]["checkout.session"].clone();
        Ok((Stripe::read(folder)?, session))
    })
}

fn faults_of(stripe: &Stripe, session: &Value) -> String {
    let verdict = stripe.session(session.to_string().as_bytes());
    verdict.err().unwrap_or_default().join("\n")
}

#[test]
fn sessions_that_stripe_does_not_answer_with() {
    let Some((stripe, fixture)) = schema_and_fixture() else {
        return;
    };
    for (field, value) in [
        ("amount_total", json!("12050")),
        ("status", json!("paid")),
        ("object", json!("session")),
        ("livemode", json!("false")),
        ("id", Value::Null),
        ("payment_method_types", json!("card")),
        ("payment_intent", json!({ "id": "pi_1" })),
    ] {
        let mut session = fixture.clone();
        session[field] = value;
        let faults = faults_of(&stripe, &session);
        assert!(faults.contains(field), "{field}: {faults}");
    }
    for field in ["id", "amount_total", "payment_status", "url"] {
        let mut session = fixture.clone();
        session.as_object_mut().unwrap().remove(field);
        let faults = faults_of(&stripe, &session);
        assert!(faults.contains(field), "{field}: {faults}");
    }
    assert!(stripe.session(b"<html>").is_err());
}

#[test]
fn the_session_of_stripes_fixtures_is_taken_with_its_further_fields() {
    let Some((stripe, fixture)) = schema_and_fixture() else {
        return;
    };
    assert_eq!(faults_of(&stripe, &fixture), "");
}
