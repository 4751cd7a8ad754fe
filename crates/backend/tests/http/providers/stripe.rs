//! Cards and bank debits at Stripe, from the button to the ledger.

use std::time::Duration;

use api_types::{CheckoutStatus, FailureCode, PaymentStatus};
use provider_stand_ins::WebhookMode;
use test_support::ProviderSite;

const GOOD: &str = "4242424242424242";
const DECLINED: &str = "4000000000000002";

#[tokio::test]
async fn a_card_pays_by_the_return_alone() {
    let site = ProviderSite::open().await;
    site.stripe.controls().webhooks(WebhookMode::Drop);
    let (checkout, page) = site.pay_invoice("card").await;
    assert!(page.starts_with(&site.stripe.url()), "{page}");
    site.stripe.pay(&site.session(), GOOD).unwrap();
    site.return_from_stripe(false).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(site.owed_credit_and_pending().await, (0, 0, 0));
}

#[tokio::test]
async fn a_card_pays_by_the_notification_alone() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("card").await;
    site.stripe.pay(&site.session(), GOOD).unwrap();
    // The window has died: nothing comes back.
    site.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(site.owed_credit_and_pending().await, (0, 0, 0));
}

#[tokio::test]
async fn a_card_pays_by_the_background_alone() {
    let site = ProviderSite::open().await;
    site.stripe.controls().webhooks(WebhookMode::Drop);
    let (checkout, _) = site.pay_invoice("card").await;
    site.stripe.pay(&site.session(), GOOD).unwrap();
    site.go_by(Duration::from_secs(30));
    site.look().await;
    site.until(&checkout, CheckoutStatus::Paid).await;
}

#[tokio::test]
async fn a_declined_card_can_be_followed_by_another() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("card").await;
    site.stripe.pay(&site.session(), DECLINED).unwrap();
    site.go_by(Duration::from_secs(30));
    site.look().await;
    site.until(&checkout, CheckoutStatus::Open).await;
    site.stripe.pay(&site.session(), GOOD).unwrap();
    site.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(site.payments().await.len(), 1);
}

#[tokio::test]
async fn whoever_turns_back_there_has_cancelled() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("card").await;
    site.return_from_stripe(true).await;
    site.until(&checkout, CheckoutStatus::Cancelled).await;
    let session = site.stripe.session_json(&site.session()).unwrap();
    assert_eq!(session["status"], "expired", "nobody can pay it any more");
    assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
}

#[tokio::test]
async fn a_session_that_nobody_pays_expires() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("card").await;
    site.go_by(Duration::from_secs(2 * 3600));
    site.look().await;
    let ended = site.until(&checkout, CheckoutStatus::Expired).await;
    assert_eq!(ended.failure, Some(FailureCode::TimedOut));
    assert!(site.payments().await.is_empty());
}

#[tokio::test]
async fn a_bank_debit_is_on_its_way_until_the_bank_says_what_became_of_it() {
    for (paid, status) in [
        (true, CheckoutStatus::Paid),
        (false, CheckoutStatus::Failed),
    ] {
        let site = ProviderSite::open().await;
        let (checkout, _) = site.pay_invoice("debit/sepa_debit").await;
        let session = site.session();
        site.stripe.start_bank_debit(&session).unwrap();
        site.return_from_stripe(false).await;
        site.until(&checkout, CheckoutStatus::Confirming).await;
        assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 4500));
        site.stripe.settle_bank_debit(&session, paid).unwrap();
        site.until(&checkout, status).await;
        let payments = site.payments().await;
        let expected = match paid {
            true => PaymentStatus::Completed,
            false => PaymentStatus::Cancelled,
        };
        assert_eq!((payments.len(), payments[0].status), (1, expected));
        let owed = if paid { 0 } else { 4500 };
        assert_eq!(site.owed_credit_and_pending().await, (owed, 0, 0));
    }
}

#[tokio::test]
async fn another_way_closes_the_page_first() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("card").await;
    let session = site.session();
    let answer = site.cancel(&checkout).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(site.stripe.pay(&session, GOOD).is_err(), "it is closed");
    assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
}

#[tokio::test]
async fn refunds_and_disputes_made_there_come_into_the_account_once() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("card").await;
    site.stripe.pay(&site.session(), GOOD).unwrap();
    site.until(&checkout, CheckoutStatus::Paid).await;
    let intent = site.intent();
    site.stripe.controls().webhooks(WebhookMode::Twice);
    site.stripe
        .refund_in_dashboard(&intent, Some(1000))
        .unwrap();
    site.until_owed(1000).await;
    let dispute = site.stripe.dispute(&intent, Some(3500)).unwrap();
    site.until_disputed().await;
    site.stripe.close_dispute(&dispute, false).unwrap();
    site.until_owed(4500).await;
    assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
}
