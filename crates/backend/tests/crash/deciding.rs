//! What fits no rule is decided on the command line, while the server runs: by the real
//! binary, and what it writes.

use std::process::Output;

use api_types::{CheckoutStatus, PaymentStatus};

use test_support::GOOD_CARD;

use crate::site::{ProcessSite, token};

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A tenth of the money is missing. Returns the checkout, and the review's id.
async fn short(site: &ProcessSite) -> (api_types::Checkout, String) {
    let checkout = site.open_checkout().await;
    let page = site.gateway_page(&token(1)).await;
    let back = site.pay(&page, GOOD_CARD).await;
    site.return_to(&back).await.unwrap();
    site.until(&checkout, CheckoutStatus::NeedsReview).await;
    let listed = text(&site.command(&["list-reviews"]));
    let lines: Vec<_> = listed.lines().collect();
    let [line] = lines[..] else {
        panic!("one review, and not {listed}");
    };
    for part in [
        "  mismatch  ",
        "came 40.50 EUR",
        "asked 45.00 EUR",
        "from ada",
    ] {
        assert!(line.contains(part), "{line}");
    }
    let id = line.split_whitespace().next().unwrap();
    (checkout, id.to_owned())
}

#[tokio::test]
async fn money_that_fell_short_can_be_taken_as_it_came() {
    let site = ProcessSite::open(&["webhook-lost", "amount-short"]).await;
    let (checkout, review) = short(&site).await;
    let take = [
        "resolve-review",
        &review,
        "--take",
        "--note",
        "agreed by phone",
    ];
    let said = text(&site.command(&take));
    assert_eq!(said, format!("Review {review} is taken: 40.50 EUR.\n"));
    site.until(&checkout, CheckoutStatus::Failed).await;
    assert_eq!(site.owed_credit_and_pending().await, (450, 0, 0));
    assert_eq!(site.payments().await[0].status, PaymentStatus::Completed);

    // It is decided once, and not asked again.
    let said = text(&site.command(&["resolve-review", &review, "--refuse"]));
    assert!(said.contains("was taken before"), "{said}");
    assert_eq!(text(&site.command(&["list-reviews"])), "");
    let all = text(&site.command(&["list-reviews", "--all"]));
    assert!(
        all.contains("taken") && all.contains("\"agreed by phone\""),
        "{all}"
    );
    assert_eq!(site.owed_credit_and_pending().await, (450, 0, 0));
}

#[tokio::test]
async fn money_that_was_sent_back_pays_nothing_however_often_it_is_told() {
    let site = ProcessSite::open(&["webhook-lost", "amount-short"]).await;
    let checkout = site.open_checkout().await;
    let page = site.gateway_page(&token(1)).await;
    let back = site.pay(&page, GOOD_CARD).await;
    site.return_to(&back).await.unwrap();
    site.until(&checkout, CheckoutStatus::NeedsReview).await;
    let listed = text(&site.command(&["list-reviews"]));
    let review = listed.split_whitespace().next().unwrap();
    let said = text(&site.command(&["resolve-review", review, "--refuse"]));
    assert_eq!(said, format!("Review {review} is refused: 40.50 EUR.\n"));
    // The provider still says that so much was paid.
    site.return_to(&back).await.unwrap();
    site.until(&checkout, CheckoutStatus::Failed).await;
    assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
    assert_eq!(site.payments().await[0].status, PaymentStatus::Cancelled);
    assert_eq!(text(&site.command(&["list-reviews"])), "");
}

#[tokio::test]
async fn support_is_told_everything_in_order_and_no_secret() {
    let site = ProcessSite::open(&["amount-short"]).await;
    let (checkout, review) = short(&site).await;
    site.command(&["resolve-review", &review, "--take"]);
    let payment = site.payments().await[0].id.to_string();
    let told = text(&site.command(&["explain", checkout.id.as_str()]));
    for part in [
        "failed",
        "step started",
        "step opened",
        "notification evt_",
        "step returned",
        "step in_review 40.50 EUR",
        "mismatch, 40.50 EUR came, 45.00 EUR was asked for",
        "step reviewed",
        "entry payment 40.50 EUR",
        "40.50 EUR of payment",
    ] {
        assert!(told.contains(part), "no {part:?} in {told}");
    }
    let (_, story) = told.split_once("\n\n").unwrap();
    let times: Vec<_> = story.lines().map(|line| line.split(' ').next()).collect();
    assert!(times.is_sorted(), "{told}");
    // The same from every side.
    for id in [payment.as_str(), "INV-1"] {
        let other = text(&site.command(&["explain", id]));
        assert!(other.contains("step in_review 40.50 EUR"), "{other}");
    }
    for secret in ["http", &token(1)] {
        assert!(!told.contains(secret), "{told}");
    }
    let unknown = site.command(&["explain", "nothing"]);
    assert!(!unknown.status.success());
}
