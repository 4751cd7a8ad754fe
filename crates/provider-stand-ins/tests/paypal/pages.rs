//! The pages for customers, as a browser without scripts uses them.

use provider_stand_ins::WebhookMode;
use provider_stand_ins::paypal::{Funding, Options};
use reqwest::StatusCode;
use serde_json::json;

use crate::sink::Sink;
use crate::support::{Answer, Merchant, hosted_order, link, order, send};

const CHECKOUT: &str = "/checkoutnow";
const BUYER: &str = "ann@example.com";

async fn get(merchant: &Merchant, token: &str) -> Answer {
    let url = format!("{}{CHECKOUT}?token={token}", merchant.paypal.url());
    send(merchant.http.get(url)).await
}

async fn post(merchant: &Merchant, path: &str, fields: &[(&str, &str)]) -> Answer {
    let url = format!("{}{CHECKOUT}{path}", merchant.paypal.url());
    send(merchant.http.post(url).form(fields)).await
}

async fn hosted(merchant: &Merchant) -> String {
    let made = merchant
        .post_as("1", "/v2/checkout/orders", &hosted_order())
        .await;
    made.body["id"].as_str().unwrap().to_owned()
}

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.headers["location"].to_str().unwrap()
}

#[tokio::test]
async fn pages_refuse_what_the_merchant_or_the_form_does_not_allow() {
    let merchant = Merchant::new().await;
    let id = hosted(&merchant).await;
    for (path, fields, status, words) in [
        (
            "",
            vec![("token", "1"), ("email", BUYER)],
            404,
            "not open any more",
        ),
        (
            "",
            vec![("token", &id), ("email", "ann")],
            422,
            "ends with @example.com",
        ),
        (
            "",
            vec![("token", &id), ("email", "ann@example.org")],
            422,
            "ends with @example.com",
        ),
        ("", vec![("token", &id)], 422, "ends with @example.com"),
        ("/approve", vec![("token", "1")], 404, "not open any more"),
        (
            "/approve",
            vec![("token", &id), ("funding", "balance")],
            422,
            "@example.com",
        ),
        (
            "/approve",
            vec![("token", &id), ("email", BUYER)],
            422,
            "Choose how to pay",
        ),
        (
            "/approve",
            vec![("token", &id), ("email", BUYER), ("funding", "gold")],
            422,
            "Choose how to pay",
        ),
        (
            "/approve",
            vec![("token", &id), ("email", BUYER), ("funding", "echeck")],
            422,
            "Choose another way to pay",
        ),
        ("/cancel", vec![("token", "1")], 404, "not open any more"),
        ("/nothing", vec![], 404, "does not exist"),
    ] {
        let answer = post(&merchant, path, &fields).await;
        assert_eq!(answer.status, status, "{path} {fields:?}: {}", answer.text);
        assert!(
            answer.text.contains(words),
            "{path} {fields:?}: {}",
            answer.text
        );
    }
    assert!(merchant.paypal.approve(&id, Funding::ECheck).is_err());
    assert_eq!(
        merchant.paypal.order_json(&id).unwrap()["status"],
        "PAYER_ACTION_REQUIRED"
    );
}

#[tokio::test]
async fn a_customer_signs_in_approves_and_comes_back() {
    let merchant = Merchant::new().await;
    let id = hosted(&merchant).await;
    let first = get(&merchant, &id).await;
    assert_eq!(first.status, 200);
    for words in [
        "<html lang=\"en\">",
        "name=\"viewport\"",
        "Test mode: no money moves",
        "<h1>Sign in to pay Example Studio</h1>",
        "100.00 USD",
        "<label for=\"email\">",
        "id=\"next\"",
        "id=\"cancel\"",
    ] {
        assert!(first.text.contains(words), "{words}: {}", first.text);
    }
    let choose = post(&merchant, "", &[("token", &id), ("email", BUYER)]).await;
    assert_eq!(choose.status, 200);
    for words in [
        "Pay now",
        "id=\"approve\"",
        "id=\"funding-balance\"",
        "value=\"ann@example.com\"",
    ] {
        assert!(choose.text.contains(words), "{words}: {}", choose.text);
    }
    assert!(
        !choose.text.contains("echeck"),
        "the merchant wants the money at once"
    );

    let fields = [
        ("token", id.as_str()),
        ("email", BUYER),
        ("funding", "balance"),
    ];
    let back = post(&merchant, "/approve", &fields).await;
    let order = merchant.paypal.order_json(&id).unwrap();
    let payer = order["payer"]["payer_id"].as_str().unwrap();
    assert_eq!(
        location(&back),
        format!("https://merchant.example.com/return?state=1&token={id}&PayerID={payer}")
    );
    assert_eq!(order["status"], "APPROVED");
    assert_eq!(order["payer"]["email_address"], BUYER);

    let again = get(&merchant, &id).await;
    assert!(
        again.text.contains("You have approved this payment"),
        "{}",
        again.text
    );
    merchant.capture(&id).await.ok(StatusCode::CREATED);
    let over = get(&merchant, &id).await;
    assert!(
        over.text.contains("This payment is complete"),
        "{}",
        over.text
    );
    assert!(over.text.contains("id=\"return\""));
}

#[tokio::test]
async fn a_customer_who_cancels_may_come_again() {
    let merchant = Merchant::new().await;
    let id = hosted(&merchant).await;
    let back = post(&merchant, "/cancel", &[("token", &id)]).await;
    assert_eq!(
        location(&back),
        format!("https://merchant.example.com/cancel?token={id}")
    );
    assert_eq!(get(&merchant, &id).await.status, 200);
    assert_eq!(
        merchant.paypal.order_json(&id).unwrap()["status"],
        "PAYER_ACTION_REQUIRED"
    );
}

#[tokio::test]
async fn a_declined_customer_comes_back_to_the_same_page() {
    let merchant = Merchant::new().await;
    let id = hosted(&merchant).await;
    let pay = |funding: &'static str| {
        let fields = [
            ("token", id.clone()),
            ("email", BUYER.into()),
            ("funding", funding.into()),
        ];
        let url = format!("{}{CHECKOUT}/approve", merchant.paypal.url());
        send(merchant.http.post(url).form(&fields))
    };
    location(&pay("declined_card").await);
    let declined = merchant.capture(&id).await;
    let url = link(&declined.body, "redirect");
    let page = send(merchant.http.get(url)).await;
    assert!(
        page.text.contains("Your card was declined"),
        "{}",
        page.text
    );
    location(&pay("balance").await);
    merchant.capture(&id).await.ok(StatusCode::CREATED);
}

#[tokio::test]
async fn without_addresses_a_notice_says_what_happened() {
    let merchant = Merchant::new().await;
    let id = merchant.order().await;
    let choose = post(&merchant, "", &[("token", &id), ("email", BUYER)]).await;
    assert!(choose.text.contains("Agree and continue"));
    assert!(choose.text.contains("funding-echeck"));
    let cancelled = post(&merchant, "/cancel", &[("token", &id)]).await;
    assert!(cancelled.text.contains("You have cancelled"));
    let fields = [
        ("token", id.as_str()),
        ("email", BUYER),
        ("funding", "under_review"),
    ];
    let approved = post(&merchant, "/approve", &fields).await;
    assert_eq!(approved.status, 200);
    assert!(approved.text.contains("You have approved this payment"));
}

#[tokio::test]
async fn pages_say_what_browsers_may_do_with_them() {
    for (coop, expected) in [
        (Options::default().coop, Some("same-origin-allow-popups")),
        (Some("same-origin".to_owned()), Some("same-origin")),
        (None, None),
    ] {
        let merchant = Merchant::with(Options {
            coop,
            ..Options::default()
        })
        .await;
        let page = get(&merchant, "1").await;
        let header = |name: &str| page.headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header("cross-origin-opener-policy"), expected);
        assert_eq!(header("x-frame-options"), Some("DENY"));
        assert_eq!(
            header("content-security-policy"),
            Some(
                "default-src 'none'; style-src 'self'; form-action *; frame-ancestors 'none'; \
                 base-uri 'none'"
            )
        );
        assert!(!page.text.contains("style=") && !page.text.contains("<script"));
        let style = format!("{}/assets/checkout.css", merchant.paypal.url());
        let style = send(merchant.http.get(style)).await;
        assert_eq!(style.headers["content-type"], "text/css; charset=utf-8");
    }
}

#[tokio::test]
async fn what_merchants_say_is_text_on_the_page() {
    let merchant = Merchant::new().await;
    let mut wanted = order();
    wanted["application_context"] = json!({ "brand_name": "<b>Loud</b>" });
    let made = merchant.post("/v2/checkout/orders", &wanted).await;
    let page = get(&merchant, made.body["id"].as_str().unwrap()).await;
    assert!(page.text.contains("&#60;b&#62;Loud"), "{}", page.text);
}

#[tokio::test]
async fn addresses_begin_with_the_public_origin() {
    let merchant = Merchant::with(Options {
        public_url: Some("https://paypal.example.com/".to_owned()),
        ..Options::default()
    })
    .await;
    let made = merchant
        .post_as("1", "/v2/checkout/orders", &hosted_order())
        .await;
    let id = made.body["id"].as_str().unwrap();
    let expected = format!("https://paypal.example.com/checkoutnow?token={id}");
    assert_eq!(link(&made.body, "payer-action"), expected);
    assert_eq!(get(&merchant, id).await.status, 200);
}

#[tokio::test]
async fn the_page_goes_on_only_once_the_event_has_arrived_where_events_go_first() {
    let sink = Sink::start().await;
    let merchant = Merchant::new().await;
    merchant.paypal.set_webhook_url(Some(sink.url.clone()));
    merchant.paypal.controls().webhooks(WebhookMode::First);
    let id = hosted(&merchant).await;
    let fields = [
        ("token", id.as_str()),
        ("email", BUYER),
        ("funding", "balance"),
    ];
    post(&merchant, "/approve", &fields).await;
    // It need not be waited for any more.
    assert_eq!(sink.of_kind("CHECKOUT.ORDER.APPROVED").len(), 1);
}
