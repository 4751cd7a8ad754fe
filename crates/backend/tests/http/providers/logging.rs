//! No secret of a provider's account stands in the log, whatever happens.

use api_types::CheckoutStatus;
use backend::payments::refunds;
use provider_stand_ins::Fault;
use provider_stand_ins::paypal::Funding;
use test_support::{PAYPAL_CLIENT, PAYPAL_SECRET, ProviderSite, STRIPE_KEY, STRIPE_WEBHOOK_SECRET};

use crate::logs::Log;

#[tokio::test]
async fn a_whole_story_at_both_providers_leaves_no_secret_in_the_log() {
    let log = Log::default();
    let _logging = log.start();
    let site = ProviderSite::open().await;
    for fault in [
        Fault::Html,
        Fault::CutShort,
        Fault::Status(401),
        Fault::Status(500),
    ] {
        site.stripe
            .controls()
            .plan("GET", "/v1/checkout", fault.clone(), 1);
        site.paypal.controls().plan("GET", "/v2/checkout", fault, 1);
    }
    let (by_card, card_page) = site.pay_invoice("card").await;
    site.cancel(&by_card).await.unwrap();
    let (by_paypal, paypal_page) = site.pay_invoice("paypal").await;
    site.paypal
        .approve(&site.order(), Funding::Balance)
        .unwrap();
    for _ in 0..6 {
        site.go_by(std::time::Duration::from_secs(20));
        site.look().await;
    }
    site.until(&by_paypal, CheckoutStatus::Paid).await;
    let payment = site.only_payment().await;
    refunds::refund(site.app(), &payment, Some("10.00"))
        .await
        .unwrap();
    // Somebody else's notification.
    let stranger = reqwest_stranger(&site).await;
    assert_eq!(stranger, 403);

    let text = log.text();
    assert!(
        text.contains("clinic-cards") && text.contains("clinic-paypal"),
        "{text}"
    );
    assert!(text.contains("a refund is asked for"), "{text}");
    let back = site.newest_request("/v2/checkout/orders");
    let context = &back["payment_source"]["paypal"]["experience_context"];
    let back = context["return_url"].as_str().unwrap();
    let (_, proof) = back.split_once("?s=").unwrap();
    let tokens = site.access_tokens();
    assert!(!tokens.is_empty());
    let path = |page: &str| page.rsplit('/').next().unwrap().to_owned();
    let mut secrets = vec![
        STRIPE_KEY.to_owned(),
        STRIPE_WEBHOOK_SECRET.to_owned(),
        PAYPAL_CLIENT.to_owned(),
        PAYPAL_SECRET.to_owned(),
        proof.to_owned(),
        path(&card_page),
        path(&paypal_page),
        "ada@example.com".to_owned(),
    ];
    secrets.extend(tokens);
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret} stands in {text}");
    }
}

/// Posts a notification that nobody has signed.
async fn reqwest_stranger(site: &ProviderSite) -> u16 {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let call = http.post(site.webhook_url("clinic-cards")).body("{}");
    call.send().await.unwrap().status().as_u16()
}
