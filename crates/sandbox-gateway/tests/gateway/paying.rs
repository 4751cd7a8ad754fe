//! What customers see and do.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::bench::{Bench, DECLINED, GOOD, PENDING, SLOW, TOO_LITTLE, header};

#[tokio::test]
async fn the_page_says_what_is_paid_to_whom_and_which_cards_there_are() {
    let bench = Bench::open().await;
    let id = bench
        .create_with(json!({"amount": "4500", "currency": "JPY"}))
        .await;
    let page = bench.page_text(&id).await;
    let words = [
        "Pay Harbour Clinic",
        "JPY 4500",
        "Invoice 7",
        "Sandbox payments: no real money",
    ];
    let fields = [
        "Card Number",
        "Expiry Date",
        "Security Code",
        "Pay Now",
        ">Back<",
    ];
    let hint = [
        "3 digits on the back of your card",
        "cc-number",
        "cc-exp",
        "cc-csc",
    ];
    for text in words
        .into_iter()
        .chain(fields)
        .chain(hint)
        .chain([GOOD, DECLINED, SLOW])
    {
        assert!(page.contains(text), "{text} is missing");
    }
}

#[tokio::test]
async fn pages_run_no_script_are_not_framed_and_keep_their_opener() {
    let bench = Bench::open().await;
    let open = bench.create().await;
    let paid = bench.create().await;
    bench.pay(&paid, GOOD).await;
    for id in [open.as_str(), paid.as_str(), "pay_0"] {
        let page = bench.page(id).await;
        let policy = header(&page, "content-security-policy").unwrap();
        for part in [
            "default-src 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{part} is missing in {policy}");
        }
        assert!(
            !policy.contains("script-src") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(header(&page, "cross-origin-opener-policy"), None);
        assert_eq!(header(&page, "cache-control"), Some("no-store"));
        assert_eq!(header(&page, "referrer-policy"), Some("no-referrer"));
        let text = page.text().await.unwrap();
        assert!(!text.contains("<script") && !text.contains(" style="));
    }
}

#[tokio::test]
async fn the_stylesheet_that_pages_name_is_there() {
    let bench = Bench::open().await;
    let page = bench.page_text(&bench.create().await).await;
    let address = page
        .split("href=\"")
        .find(|part| part.starts_with("/assets/style"))
        .unwrap();
    let address = address.split('"').next().unwrap();
    let style = bench.request(Method::GET, address).send().await.unwrap();
    assert_eq!(
        header(&style, "content-type"),
        Some("text/css; charset=utf-8")
    );
    assert!(
        header(&style, "cache-control")
            .unwrap()
            .contains("immutable")
    );
}

#[tokio::test]
async fn a_good_card_pays_and_its_page_leads_back_by_itself_and_by_a_link() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    let answer = bench.pay(&id, GOOD).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        header(&answer, "location"),
        Some(format!("/pay/{id}").as_str())
    );

    let page = bench.page(&id).await;
    let back = format!("{}/back?s=1", bench.merchant.url);
    assert_eq!(
        header(&page, "refresh"),
        Some(format!("1; url={back}").as_str())
    );
    let text = page.text().await.unwrap();
    assert!(text.contains("Payment confirmed") && text.contains("card ending in 4242"));
    assert!(text.contains("Return to Harbour Clinic") && text.contains(&format!("\"{back}\"")));

    let payment = bench.read(&id).await;
    assert_eq!(payment["status"], "paid");
    assert_eq!(payment["amount_received"], "45.00");
    assert_eq!(payment["attempts"], 1);
    assert!(payment["payment_id"].is_string());
    assert_eq!(bench.merchant.next_states(2).await, ["processing", "paid"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pressing_pay_many_times_at_once_charges_once() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    let mut pressing = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let fields = [("number", GOOD), ("expiry", "12/34"), ("code", "123")];
        pressing.spawn(
            bench
                .request(Method::POST, &format!("/pay/{id}"))
                .form(&fields)
                .send(),
        );
    }
    while let Some(answer) = pressing.join_next().await {
        assert_eq!(answer.unwrap().unwrap().status(), StatusCode::SEE_OTHER);
    }
    assert_eq!(bench.read(&id).await["attempts"], 1);
    assert_eq!(bench.merchant.next_states(2).await, ["processing", "paid"]);
}

#[tokio::test]
async fn a_declined_card_is_told_and_another_one_can_be_used() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    bench.pay(&id, TOO_LITTLE).await;
    let page = bench.page_text(&id).await;
    assert!(page.contains("There is not enough money on this card.") && page.contains("Pay Now"));
    assert!(
        !page.contains("9995\" "),
        "the number is not filled in again"
    );
    let payment = bench.read(&id).await;
    assert_eq!(payment["status"], "open");
    assert_eq!(
        (&payment["attempts"], &payment["failure"]),
        (&json!(1), &json!("insufficient_funds"))
    );

    bench.pay(&id, GOOD).await;
    let payment = bench.read(&id).await;
    assert_eq!(payment["status"], "paid");
    assert_eq!(
        (&payment["attempts"], &payment["failure"]),
        (&json!(2), &json!(null))
    );
    assert_eq!(
        bench.merchant.next_states(3).await,
        ["open", "processing", "paid"]
    );
}

#[tokio::test]
async fn back_after_a_decline_ends_as_failed_and_without_a_try_as_cancelled() {
    let bench = Bench::open().await;
    for (tries, end, failure) in [
        (1, "failed", json!("card_declined")),
        (0, "cancelled", json!(null)),
    ] {
        let id = bench.create().await;
        for _ in 0..tries {
            bench.pay(&id, DECLINED).await;
        }
        let answer = bench.back(&id).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(
            header(&answer, "location"),
            Some(format!("/pay/{id}").as_str()),
            "a form's answer may not lead to another origin"
        );
        let payment = bench.read(&id).await;
        assert_eq!(
            (&payment["status"], &payment["failure"]),
            (&json!(end), &failure)
        );
        let page = bench.page(&id).await;
        let back = format!("0; url={}/back?s=1", bench.merchant.url);
        assert_eq!(header(&page, "refresh"), Some(back.as_str()));
        assert!(page.text().await.unwrap().contains("No money was taken."));
    }
}

#[tokio::test]
async fn back_does_not_stop_money_on_its_way() {
    let bench = Bench::open().await;
    let id = bench.create().await;
    bench.pay(&id, PENDING).await;
    assert_eq!(bench.back(&id).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(bench.status(&id).await, "processing");
    assert!(bench.page_text(&id).await.contains("Payment on its way"));
}

#[tokio::test]
async fn the_slow_card_pays_by_itself() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    bench.pay(&id, SLOW).await;
    assert_eq!(bench.merchant.next_states(2).await, ["processing", "paid"]);
    assert_eq!(bench.status(&id).await, "paid");
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_is_no_try() {
    let bench = Bench::open().await;
    let id = bench.create().await;
    let answer = bench
        .fill_in(&id, "4242 4242 4242 4241", "01/20", "98765")
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.unwrap();
    let ties = [
        "number-error\"",
        "expiry-hint expiry-error\"",
        "code-hint code-error\"",
    ];
    for described in ties {
        assert!(
            page.contains(&format!("aria-describedby=\"{described}")),
            "{described}"
        );
    }
    assert_eq!(page.matches("aria-invalid=\"true\"").count(), 3);
    assert!(page.contains("value=\"01/20\""), "what was typed is kept");
    assert!(!page.contains("98765"), "but never the security code");
    assert_eq!(bench.read(&id).await["attempts"], 0);
}

#[tokio::test]
async fn a_form_that_cannot_be_read_asks_for_its_fields() {
    let bench = Bench::open().await;
    let id = bench.create().await;
    let request = bench
        .request(Method::POST, &format!("/pay/{id}"))
        .body("number=1&number=2");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Enter the card number.")
    );
}

#[tokio::test]
async fn words_of_a_merchant_are_never_markup() {
    let bench = Bench::open().await;
    let order = json!({"merchant": "<b>Clinic</b>", "description": "\"><script>1</script>"});
    let id = bench.create_with(order).await;
    let answer = bench.fill_in(&id, "\"><i>4242", "<u>", "1").await;
    let page = answer.text().await.unwrap();
    for markup in ["<b>Clinic", "<script", "<i>4242", "<u>"] {
        assert!(!page.contains(markup), "{markup}");
    }
}

#[tokio::test]
async fn time_that_is_up_is_told_without_anybody_asking() {
    let mut bench = Bench::open().await;
    let id = bench.create_with(json!({"expires_in": 1})).await;
    let told = bench.merchant.next().await;
    assert_eq!((told.payment(), told.status()), (id.as_str(), "expired"));
    assert_eq!(bench.status(&id).await, "expired");
    let page = bench.page(&id).await;
    assert_eq!(
        header(&page, "refresh"),
        None,
        "the customer reads it first"
    );
    let text = page.text().await.unwrap();
    assert!(text.contains("This payment page has expired"));
    assert!(text.contains("Return to Harbour Clinic"));
    bench.pay(&id, GOOD).await;
    assert_eq!(bench.status(&id).await, "expired");
}

#[tokio::test]
async fn a_wrong_address_is_a_page_that_says_so() {
    let bench = Bench::open().await;
    for (method, path) in [
        (Method::GET, "/pay/pay_0"),
        (Method::POST, "/pay/pay_0"),
        (Method::POST, "/pay/pay_0/back"),
        (Method::GET, "/nothing"),
    ] {
        let fields = [("number", GOOD), ("expiry", "12/34"), ("code", "123")];
        let answer = bench
            .request(method, path)
            .form(&fields)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(
            answer
                .text()
                .await
                .unwrap()
                .contains("There is no such payment"),
            "{path}"
        );
    }
}
