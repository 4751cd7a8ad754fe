//! The hosted pages, as a browser meets them.

use provider_stand_ins::stripe::Options;

use crate::bench::{Bench, GOOD, SESSIONS, and, id, options, usual, with};

#[tokio::test]
async fn what_is_typed_wrongly_is_said_at_its_field() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    let page = format!("/c/pay/{session}");
    let good = [
        ("number", GOOD),
        ("expiry", "12/34"),
        ("cvc", "123"),
        ("name", "Jordan Sample"),
        ("email", "jordan@example.com"),
    ];
    for (field, typed, said) in [
        ("number", "", "Your card number is invalid."),
        (
            "number",
            "4242 4242 4242 4241",
            "Your card number is invalid.",
        ),
        ("expiry", "", "expiration date is incomplete."),
        ("expiry", "13/34", "expiration date is incomplete."),
        ("expiry", "01/20", "expiration date is in the past."),
        ("cvc", "12", "security code is incomplete."),
        ("name", " ", "Your name is incomplete."),
        ("email", "jordan", "Your email is incomplete."),
    ] {
        let entry = good.map(|(name, value)| {
            if name == field {
                (name, typed)
            } else {
                (name, value)
            }
        });
        let answer = bench.press(&page, &entry).await;
        assert_eq!(answer.status, 422, "{field} {typed}");
        assert!(answer.text.contains(said), "{field} {typed}");
        assert!(answer.text.contains(&format!("id=\"{field}-wrong\"")));
    }
    assert!(bench.read_session(&session).await["payment_intent"].is_null());
}

#[tokio::test]
async fn the_page_says_what_is_paid_and_leads_back_to_the_shop() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    let page = bench.page(&format!("/c/pay/{session}")).await;
    assert_eq!(page.status, 200);
    for part in [
        "Test mode: no money moves",
        "$100.00 USD",
        "Invoice 7",
        "id=\"pay\"",
        "id=\"back\"",
        "<label for=\"number\">Card number</label>",
        "lang=\"en\"",
        "name=\"viewport\"",
    ] {
        assert!(page.text.contains(part), "{part}");
    }
    assert!(!page.text.contains("<script"));
    let policy = page.header("content-security-policy");
    let expected = "default-src 'none'; style-src 'self'; form-action *; frame-ancestors 'none'; \
                    base-uri 'none'";
    assert_eq!(policy, expected);
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        "same-origin-allow-popups"
    );
    let style = bench.page("/assets/stripe.css").await;
    assert!(style.header("content-type").starts_with("text/css"));
    let paid = bench.pay_on_page(&session, GOOD).await;
    assert_eq!(paid.status, 303);
    let back = format!("https://shop.example.com/back?sid={session}");
    assert_eq!(paid.header("location"), back);
    let read = bench.read_session(&session).await;
    assert_eq!(read["customer_details"]["email"], "jordan@example.com");
    assert_eq!(read["customer_details"]["name"], "Jordan Sample");
    let over = bench.page(&format!("/c/pay/{session}")).await;
    assert!(
        over.text.contains("You&#39;re all done here"),
        "{}",
        over.text
    );
    let again = bench.pay_on_page(&session, GOOD).await;
    assert_eq!(again.status, 200);
}

#[tokio::test]
async fn a_declined_card_stays_on_the_page_with_the_reason() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    let declined = bench.pay_on_page(&session, "4000 0000 0000 9995").await;
    assert_eq!(declined.status, 303);
    let page = format!("/c/pay/{session}");
    assert_eq!(declined.header("location"), page);
    let shown = bench.page(&page).await;
    assert!(shown.text.contains("Your card has insufficient funds."));
    assert_eq!(bench.pay_on_page(&session, GOOD).await.status, 303);
    assert_eq!(bench.read_session(&session).await["payment_status"], "paid");
}

#[tokio::test]
async fn the_banks_question_has_a_page_of_its_own() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    let page = format!("/c/pay/{session}");
    let question = format!("{page}/authenticate");
    assert_eq!(bench.page(&question).await.header("location"), page);
    let asked = bench.pay_on_page(&session, "4000 0025 0000 3155").await;
    assert_eq!(asked.header("location"), question);
    let shown = bench.page(&question).await;
    assert!(shown.text.contains("id=\"complete\"") && shown.text.contains("id=\"fail\""));
    let failed = bench.press(&question, &[("action", "fail")]).await;
    assert_eq!(failed.header("location"), page);
    assert!(
        bench
            .page(&page)
            .await
            .text
            .contains("unable to authenticate")
    );
    bench.pay_on_page(&session, "4000 0025 0000 3155").await;
    let proved = bench.press(&question, &[("action", "complete")]).await;
    assert!(
        proved
            .header("location")
            .starts_with("https://shop.example.com/back")
    );
    assert_eq!(bench.read_session(&session).await["payment_status"], "paid");
}

#[tokio::test]
async fn going_back_leaves_the_session_open() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    let back = bench.press(&format!("/c/pay/{session}/back"), &[]).await;
    assert_eq!(back.status, 303);
    assert_eq!(
        back.header("location"),
        "https://shop.example.com/cancelled"
    );
    assert_eq!(bench.read_session(&session).await["status"], "open");
    let without = bench.create(&with(&[("cancel_url", None)])).await.good();
    let page = format!("/c/pay/{}", id(&without));
    assert!(!bench.page(&page).await.text.contains("id=\"back\""));
    assert_eq!(bench.press(&format!("{page}/back"), &[]).await.status, 404);
}

#[tokio::test]
async fn an_expired_session_says_so() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    bench
        .post(&format!("{SESSIONS}/{session}/expire"), &[])
        .await
        .good();
    let page = bench.page(&format!("/c/pay/{session}")).await;
    assert!(page.text.contains("This checkout has expired"));
    let tried = bench.pay_on_page(&session, GOOD).await;
    assert!(tried.text.contains("This checkout has expired"));
    assert_eq!(bench.page("/c/pay/cs_test_no").await.status, 404);
    assert_eq!(bench.page("/colours").await.status, 404);
}

#[tokio::test]
async fn what_the_merchant_sent_is_text_on_the_page() {
    let bench = Bench::open().await;
    let name = "line_items[0][price_data][product_data][name]";
    let more = [
        (name, "<b>7</b>"),
        ("customer_email", "sam@example.com"),
        ("submit_type", "book"),
    ];
    let session = id(&bench.create(&and(&more)).await.good());
    let page = bench.page(&format!("/c/pay/{session}")).await;
    assert!(page.text.contains("&#60;b&#62;7") && !page.text.contains("<b>7"));
    // The address is known already.
    assert!(!page.text.contains("id=\"email\""));
    assert!(page.text.contains(">Book</button>"));
}

#[tokio::test]
async fn the_opener_policy_and_the_origin_are_what_they_are_set_to() {
    let public_url = Some("https://pay.example.com/".to_owned());
    let bench = Bench::open_with(Options {
        coop: None,
        public_url,
        ..options()
    })
    .await;
    let session = bench.create(&usual()).await.good();
    let url = session["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://pay.example.com/c/pay/cs_test_"),
        "{url}"
    );
    let page = bench.page(&format!("/c/pay/{}", id(&session))).await;
    assert_eq!(page.header("cross-origin-opener-policy"), "");
    let coop = Some("same-origin".to_owned());
    let bench = Bench::open_with(Options { coop, ..options() }).await;
    let session = bench.session().await;
    let page = bench.page(&format!("/c/pay/{session}")).await;
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
}
