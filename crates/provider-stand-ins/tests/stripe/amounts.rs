//! The amounts that are taken, by currency.

use crate::bench::{Bench, with};

const CURRENCY: &str = "line_items[0][price_data][currency]";
const AMOUNT: &str = "line_items[0][price_data][unit_amount]";

async fn create(bench: &Bench, currency: &str, amount: &str) -> (u16, String) {
    let pairs = with(&[(CURRENCY, Some(currency)), (AMOUNT, Some(amount))]);
    let answer = bench.create(&pairs).await;
    if answer.status == 200 {
        return (200, answer.json()["amount_total"].to_string());
    }
    (answer.status, answer.refusal().2)
}

#[tokio::test]
async fn amounts_outside_a_currencys_limits_are_refused() {
    let bench = Bench::open().await;
    for (currency, amount, code) in [
        ("usd", "49", "amount_too_small"),
        ("eur", "49", "amount_too_small"),
        ("gbp", "29", "amount_too_small"),
        ("jpy", "49", "amount_too_small"),
        ("mxn", "999", "amount_too_small"),
        ("huf", "17499", "amount_too_small"),
        ("usd", "100000000", "amount_too_large"),
        ("idr", "1000000000000", "amount_too_large"),
        ("usd", "9223372036854775807", "amount_too_large"),
        // Thousandths end in 0, and there are no parts of krónur and shillings.
        ("kwd", "5124", ""),
        ("isk", "550", ""),
        ("ugx", "501", ""),
    ] {
        let refused = create(&bench, currency, amount).await;
        assert_eq!(refused, (400, code.to_owned()), "{amount} {currency}");
    }
    for (currency, amount) in [
        ("usd", "50"),
        ("gbp", "30"),
        ("jpy", "50"),
        ("usd", "99999999"),
        ("idr", "999999999999"),
        ("kwd", "5120"),
        ("isk", "500"),
        ("ugx", "500"),
        ("huf", "17501"),
        ("twd", "80045"),
        ("xof", "1"),
    ] {
        let taken = create(&bench, currency, amount).await;
        assert_eq!(taken, (200, amount.to_owned()), "{amount} {currency}");
    }
}

#[tokio::test]
async fn the_refusal_of_a_small_amount_names_the_least() {
    let bench = Bench::open().await;
    let answer = bench.create(&with(&[(AMOUNT, Some("49"))])).await;
    let message = "The Checkout Session's total amount due must add up to at least $0.50 usd";
    assert_eq!(answer.message(), message);
}

#[tokio::test]
async fn a_total_is_the_sum_of_all_items() {
    let bench = Bench::open().await;
    let second = "line_items[1][price_data]";
    let pairs = with(&[
        ("line_items[0][quantity]", Some("3")),
        ("line_items[1][quantity]", Some("2")),
        (&format!("{second}[currency]"), Some("USD")),
        (&format!("{second}[unit_amount_decimal]"), Some("250.00")),
        (&format!("{second}[product_data][name]"), Some("Postage")),
        ("expand[]", Some("line_items")),
    ]);
    let session = bench.create(&pairs).await.good();
    assert_eq!(session["amount_total"], 30_500);
    assert_eq!(session["currency"], "usd");
    assert_eq!(session["line_items"]["data"][1]["amount_total"], 500);
    let mixed = with(&[
        ("line_items[1][quantity]", Some("1")),
        (&format!("{second}[currency]"), Some("eur")),
        (&format!("{second}[unit_amount]"), Some("100")),
        (&format!("{second}[product_data][name]"), Some("Postage")),
    ]);
    let refusal = bench.create(&mixed).await.refusal();
    assert_eq!(refusal.3, format!("{second}[currency]"));
}

#[tokio::test]
async fn an_order_that_costs_nothing_needs_no_payment() {
    let bench = Bench::open().await;
    let session = bench.create(&with(&[(AMOUNT, Some("0"))])).await.good();
    assert_eq!(session["payment_status"], "no_payment_required");
    let id = session["id"].as_str().unwrap();
    let entry = [("name", "Jordan Sample"), ("email", "jordan@example.com")];
    let answer = bench.press(&format!("/c/pay/{id}/accept"), &entry).await;
    assert_eq!(answer.status, 303);
    let session = bench.read_session(id).await;
    assert_eq!(session["status"], "complete");
    assert!(session["payment_intent"].is_null());
}
