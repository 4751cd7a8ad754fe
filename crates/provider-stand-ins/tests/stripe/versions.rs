//! What depends on the version of the API.

use provider_stand_ins::stripe::Options;

use crate::bench::{Answer, Bench, KEY, SESSIONS, and, id, options, send};

async fn create_in(bench: &Bench, version: &str, more: &[(&str, &str)]) -> Answer {
    let request = bench.posting(SESSIONS, &and(more));
    send(request.header("Stripe-Version", version)).await
}

#[tokio::test]
async fn parameters_have_the_names_of_their_version() {
    let bench = Bench::open().await;
    let old = "2026-02-25.clover";
    let named = ("payment_method_types[0]", "card");
    let allowed = ("allowed_payment_method_types[0]", "card");
    for (version, more, code, param) in [
        ("2026-03-25.dahlia", ("ui_mode", "hosted"), "", "ui_mode"),
        ("2026-10-28.endive", ("ui_mode", "hosted"), "", "ui_mode"),
        (old, ("ui_mode", "hosted_page"), "", "ui_mode"),
        (old, ("ui_mode", "embedded"), "", "ui_mode"),
        (
            "2026-09-30.endive",
            named,
            "payment_method_types_no_longer_supported",
            "payment_method_types",
        ),
        (
            old,
            allowed,
            "parameter_unknown",
            "allowed_payment_method_types",
        ),
        (
            old,
            ("payment_method_types[0]", "cash"),
            "",
            "payment_method_types[0]",
        ),
        (
            old,
            ("payment_method_types[0]", "klarna"),
            "",
            "payment_method_types",
        ),
        (
            old,
            ("payment_method_types[0]", "sepa_debit"),
            "",
            "payment_method_types",
        ),
        (
            old,
            ("payment_method_types", "card"),
            "",
            "payment_method_types",
        ),
        (
            "2026-10-28.endive",
            ("allowed_payment_method_types[]", "sepa_debit"),
            "",
            "",
        ),
        (
            "2026-10-28.endive",
            ("excluded_payment_method_types[]", "card"),
            "",
            "",
        ),
    ] {
        let answer = create_in(&bench, version, &[more]).await;
        let expected = (400, code.to_owned(), param.to_owned());
        let (status, _, code, param) = answer.refusal();
        assert_eq!((status, code, param), expected, "{version} {more:?}");
    }
    for version in [
        "newest",
        "2026-02-30",
        "2026-2-3",
        "2026-02-25.",
        "2026-02-25.CLOVER",
    ] {
        let answer = create_in(&bench, version, &[]).await;
        assert_eq!(answer.status, 400, "{version}");
        assert_eq!(
            answer.message(),
            format!("Invalid Stripe API version: {version}")
        );
    }
    for (version, more, mode) in [
        (old, ("ui_mode", "hosted"), "hosted"),
        ("2024-06-20", named, "hosted"),
        (
            "2026-03-25.dahlia",
            ("ui_mode", "hosted_page"),
            "hosted_page",
        ),
        ("2026-08-26.dahlia", named, "hosted_page"),
        ("2026-10-28.endive", allowed, "hosted_page"),
    ] {
        let answer = create_in(&bench, version, &[more]).await;
        let session = answer.good();
        assert_eq!(session["ui_mode"], mode, "{version}");
        assert_eq!(session["payment_method_types"], serde_json::json!(["card"]));
        assert_eq!(answer.header("stripe-version"), version);
    }
}

#[tokio::test]
async fn the_accounts_version_is_that_of_requests_without_one() {
    let api_version = "2026-02-25.clover".to_owned();
    let bench = Bench::open_with(Options {
        api_version,
        ..options()
    })
    .await;
    let session = bench
        .create(&and(&[("payment_method_types[0]", "card")]))
        .await;
    assert_eq!(session.good()["ui_mode"], "hosted");
    assert_eq!(session.header("stripe-version"), "2026-02-25.clover");
    let path = format!("{SESSIONS}/{}", id(&session.json()));
    let newer = bench.request(reqwest::Method::GET, &path).bearer_auth(KEY);
    let newer = send(newer.header("Stripe-Version", "2026-10-28.endive")).await;
    assert_eq!(newer.good()["ui_mode"], "hosted_page");
}
