//! `backend gateway-check`: every call of a gateway is tried and written, and no secret is.

use std::process::Output;

use test_support::{
    CARDS, PAYPAL, PAYPAL_CLIENT, PAYPAL_SECRET, STRIPE_KEY, STRIPE_WEBHOOK_SECRET,
};

use crate::site::ProcessSite;

fn written(output: &Output) -> String {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    for secret in [
        STRIPE_KEY,
        STRIPE_WEBHOOK_SECRET,
        PAYPAL_CLIENT,
        PAYPAL_SECRET,
        "Bearer ",
    ] {
        assert!(
            !text.contains(secret) && !told.contains(secret),
            "{secret}: {text}{told}"
        );
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_of_a_gateway_is_tried_and_written_without_secrets() {
    let site = ProcessSite::open(&[]).await;
    let stripe = site.command(&["gateway-check", CARDS]);
    assert!(stripe.status.success(), "{stripe:?}");
    let text = written(&stripe);
    for part in [
        "create\n",
        "> POST /v1/checkout/sessions",
        "> authorization: (left out)",
        "line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=100",
        "< 200 OK",
        "read\n",
        "refund: left out, since nothing was paid",
        "cancel it\n",
        "= payment cs_test_",
    ] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    let paypal = site.command(&["gateway-check", PAYPAL, "--currency", "JPY"]);
    assert!(paypal.status.success(), "{paypal:?}");
    let text = written(&paypal);
    for part in [
        "> POST /v1/oauth2/token",
        r#""access_token":"(left out)""#,
        r#""value":"1""#,
        "capture\n",
        "ORDER_NOT_APPROVED",
    ] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_told_and_fails_the_command() {
    let site = ProcessSite::open(&[]).await;
    // Nobody listens there.
    let base = ["gateway-check", CARDS, "--base", "http://127.0.0.1:9"];
    let away = site.command(&base);
    assert!(!away.status.success(), "{away:?}");
    assert!(written(&away).contains("= failed: the payment provider cannot be reached"));
    for (words, says) in [
        (
            &["gateway-check", "nothing"][..],
            "there is no gateway nothing; the settings have",
        ),
        (
            &["gateway-check", PAYPAL, "--currency", "KWD"][..],
            "does not take KWD",
        ),
        (
            &["gateway-check", CARDS, "--base", "elsewhere"][..],
            "--base",
        ),
    ] {
        let refused = site.command(words);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            !refused.status.success() && told.contains(says),
            "{words:?}: {told}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_account_is_tried_only_where_that_is_said_and_nowhere_else() {
    let site = ProcessSite::open(&[]).await;
    site.make_live(CARDS, STRIPE_KEY, "sk_live_clinic0123456789");
    for (words, says) in [
        (&["gateway-check", CARDS][..], "say --live"),
        (
            &[
                "gateway-check",
                CARDS,
                "--live",
                "--base",
                "http://127.0.0.1:9",
            ][..],
            "its credentials are sent to nobody but its provider",
        ),
    ] {
        let refused = site.command(words);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            !refused.status.success() && told.contains(says),
            "{words:?}: {told}"
        );
        assert!(refused.stdout.is_empty(), "{refused:?}");
    }
    assert!(
        site.stripe.controls().recorded().is_empty(),
        "nothing was sent"
    );
}
