//! What the log says about a payment, and what it must not.

use serde_json::json;

use crate::logs::Log;
use test_support::{API_KEY, CheckoutSite, WEBHOOK_SECRET, euro, for_invoice, launch, status};

#[tokio::test]
async fn the_log_tells_each_step_by_its_ids_and_no_secret() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let log = Log::default();
    let _logging = log.start();
    let body = for_invoice("INV-1", euro("45.00"));
    let checkout = ada.create(&body).await;
    launch(&site, &body["launch_token"]).await;
    let reference = site.gateway.reference();
    site.gateway.process(&reference);
    site.notify("evt_1", &reference).await;
    // An answer that makes no sense is told without repeating it.
    site.gateway
        .say(&reference, json!({"attempts": "SECRET-ANSWER"}));
    site.notify("evt_2", &reference).await;
    site.gateway.say(&reference, json!({"attempts": 1}));
    site.gateway.pay(&reference, "45.00");
    site.return_from_provider().await;
    status(&site, checkout.id.as_str(), &checkout.nonce).await;

    let text = log.text();
    let step = |from: &str, to: &str| {
        let said = format!(r#""from":"{from}","to":"{to}""#);
        let mut lines = text.lines();
        lines.any(|line| {
            line.contains(&said) && line.contains(checkout.id.as_str()) && line.contains(&reference)
        })
    };
    for (from, to) in [
        ("created", "open"),
        ("open", "confirming"),
        ("confirming", "paid"),
    ] {
        assert!(step(from, to), "{from} to {to} is missing in {text}");
    }
    let back = site.gateway.newest()["return_url"].to_string();
    let (_, s) = back.trim_matches('"').split_once("?s=").unwrap();
    let page = format!("/pay/p_{reference}");
    let token = body["launch_token"].as_str().unwrap();
    for secret in [
        s,
        &checkout.nonce,
        token,
        &page,
        API_KEY,
        WEBHOOK_SECRET,
        "SECRET-ANSWER",
        "v1=",
    ] {
        assert!(!text.contains(secret), "{secret} stands in {text}");
    }
}
