//! Money that is sent back from here, through the provider that it came by.

use std::time::Duration;

use api_types::{CheckoutStatus, PaymentId, PaymentKind};
use backend::payments::explain;
use backend::payments::refunds::{self, RefundError};
use backend::payments::reviews;
use provider_stand_ins::paypal::Funding;
use provider_stand_ins::{Controls, Fault, WebhookMode};
use test_support::ProviderSite;

/// A card whose refund is pending at first.
const PENDING_REFUND: &str = "4000000000007726";
/// A card whose refund succeeds, and fails later.
const FAILING_REFUND: &str = "4000000000005126";

async fn paid_by_card(card: &str) -> (ProviderSite, PaymentId) {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("card").await;
    site.stripe.pay(&site.session(), card).unwrap();
    site.until(&checkout, CheckoutStatus::Paid).await;
    let payment = site.only_payment().await;
    (site, payment)
}

async fn paid_by_paypal() -> (ProviderSite, PaymentId) {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("paypal").await;
    site.paypal
        .approve(&site.order(), Funding::Balance)
        .unwrap();
    site.until(&checkout, CheckoutStatus::Paid).await;
    let payment = site.only_payment().await;
    (site, payment)
}

async fn paid(by_card: bool) -> (ProviderSite, PaymentId) {
    match by_card {
        true => paid_by_card("4242424242424242").await,
        false => paid_by_paypal().await,
    }
}

/// The provider's controls, and the path of its refunds.
fn of(site: &ProviderSite, by_card: bool) -> (&Controls, String) {
    match by_card {
        true => (site.stripe.controls(), "/v1/refunds".to_owned()),
        false => {
            let path = format!("/v2/payments/captures/{}/refund", site.capture());
            (site.paypal.controls(), path)
        }
    }
}

/// The keys of the refunds that were sent to a provider, in their order.
fn keys(site: &ProviderSite, by_card: bool) -> Vec<String> {
    let (controls, path) = of(site, by_card);
    let header = if by_card {
        "idempotency-key"
    } else {
        "paypal-request-id"
    };
    let calls = controls.recorded().into_iter();
    let calls = calls.filter(|call| call.method == "POST" && call.path == path);
    calls
        .map(|call| call.header(header).expect("it has a key").to_owned())
        .collect()
}

#[tokio::test]
async fn a_part_and_then_the_rest_go_back_and_no_more() {
    for by_card in [true, false] {
        let (site, payment) = paid(by_card).await;
        for beyond in ["45.01", "100.00"] {
            let refused = refunds::refund(site.app(), &payment, Some(beyond)).await;
            assert!(
                matches!(refused, Err(RefundError::TooMuch { .. })),
                "{refused:?}"
            );
        }
        for no_amount in ["0.00", "-1.00", "1.005", "ten", ""] {
            let refused = refunds::refund(site.app(), &payment, Some(no_amount)).await;
            assert!(
                matches!(refused, Err(RefundError::BadAmount(_))),
                "{refused:?}"
            );
        }
        assert!(keys(&site, by_card).is_empty(), "nothing was sent");
        let part = refunds::refund(site.app(), &payment, Some("10.00"))
            .await
            .unwrap();
        assert!(part.status.is_some());
        assert_eq!(site.owed_credit_and_pending().await, (1000, 0, 0));
        let rest = refunds::refund(site.app(), &payment, None).await.unwrap();
        assert_eq!(rest.amount.minor(), 3500);
        site.until_owed(4500).await;
        let refused = refunds::refund(site.app(), &payment, None).await;
        assert!(
            matches!(refused, Err(RefundError::TooMuch { .. })),
            "{refused:?}"
        );
        let payments = site.payments().await;
        let back = payments
            .iter()
            .filter(|one| one.kind == PaymentKind::Refund);
        let mut back: Vec<i64> = back.map(|one| one.total.minor()).collect();
        back.sort_unstable();
        assert_eq!(back, [-3500, -1000]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_that_press_at_once_never_send_more_than_came() {
    let (site, payment) = paid(true).await;
    let asked = (0..8).map(|_| refunds::refund(site.app(), &payment, Some("20.00")));
    let results = futures_util::future::join_all(asked).await;
    let sent = results.iter().filter(|result| result.is_ok()).count();
    assert_eq!(sent, 2, "{results:?}");
    assert_eq!(keys(&site, true).len(), 2);
    site.until_owed(4000).await;
}

#[tokio::test]
async fn a_lost_answer_is_read_and_never_sent_by_another_key() {
    for by_card in [true, false] {
        for fault in [
            Fault::LostAnswer,
            Fault::CutShort,
            Fault::Status(503),
            Fault::Html,
        ] {
            let (site, payment) = paid(by_card).await;
            let (controls, path) = of(&site, by_card);
            controls.webhooks(WebhookMode::Drop);
            controls.plan("POST", &path, fault.clone(), 1);
            let refund = refunds::refund(site.app(), &payment, Some("10.00")).await;
            let refund = refund.unwrap();
            assert!(refund.status.is_none(), "{fault:?}");
            // What is not known is not there to be sent once more.
            let rest = refunds::refund(site.app(), &payment, Some("35.01")).await;
            assert!(matches!(rest, Err(RefundError::TooMuch { .. })), "{rest:?}");
            site.go_by(Duration::from_secs(20));
            site.look().await;
            site.until_owed(1000).await;
            site.go_by(Duration::from_secs(60));
            site.look().await;
            let mut keys = keys(&site, by_card);
            keys.dedup();
            assert_eq!(keys, [refund.key], "{fault:?}");
            assert_eq!(site.owed_credit_and_pending().await, (1000, 0, 0));
        }
    }
}

#[tokio::test]
async fn a_refund_whose_key_is_forgotten_is_for_a_person_to_look_at() {
    let (site, payment) = paid(true).await;
    let (controls, path) = of(&site, true);
    controls.plan("POST", &path, Fault::Status(500), usize::MAX);
    let refund = refunds::refund(site.app(), &payment, None).await.unwrap();
    assert!(refund.status.is_none());
    for _ in 0..30 {
        site.go_by(Duration::from_secs(3600));
        site.look().await;
    }
    let sent = keys(&site, true).len();
    controls.clear();
    site.go_by(Duration::from_secs(3600));
    site.look().await;
    assert_eq!(keys(&site, true).len(), sent, "it is not sent any more");
    let open = reviews::list(site.app().db(), false).await.unwrap();
    assert_eq!(open.len(), 1, "{open:?}");
    assert_eq!(open[0].found.provider_ref, refund.key);
    // What was not sent can be asked for again, by another key.
    assert!(
        refunds::refund(site.app(), &payment, None)
            .await
            .unwrap()
            .status
            .is_some()
    );
    site.until_owed(4500).await;
}

#[tokio::test]
async fn a_refund_that_waits_is_booked_when_it_is_done() {
    let (site, payment) = paid_by_card(PENDING_REFUND).await;
    refunds::refund(site.app(), &payment, Some("10.00"))
        .await
        .unwrap();
    assert_eq!(site.owed_credit_and_pending().await, (0, 0, 0));
    let beyond = refunds::refund(site.app(), &payment, Some("35.01")).await;
    assert!(
        matches!(beyond, Err(RefundError::TooMuch { .. })),
        "{beyond:?}"
    );
    let told = site.stripe.events();
    let refund = told
        .iter()
        .rev()
        .find(|event| event["type"] == "refund.created");
    let refund = refund.unwrap()["data"]["object"]["id"].as_str().unwrap();
    site.stripe.settle_refund(refund, true).unwrap();
    site.until_owed(1000).await;
}

#[tokio::test]
async fn a_refund_that_fails_later_comes_back_and_is_for_a_person_to_look_at() {
    let (site, payment) = paid_by_card(FAILING_REFUND).await;
    refunds::refund(site.app(), &payment, Some("10.00"))
        .await
        .unwrap();
    site.until_owed(1000).await;
    let told = site.stripe.events();
    let refund = told
        .iter()
        .rev()
        .find(|event| event["type"] == "refund.created");
    let refund = refund.unwrap()["data"]["object"]["id"].as_str().unwrap();
    site.stripe.settle_refund(refund, false).unwrap();
    site.until_owed(0).await;
    let open = reviews::list(site.app().db(), false).await.unwrap();
    assert_eq!(open.len(), 1, "{open:?}");
    // The money is there again, so it can be sent again.
    assert!(
        refunds::refund(site.app(), &payment, None)
            .await
            .unwrap()
            .status
            .is_some()
    );
}

#[tokio::test]
async fn what_the_provider_refuses_is_told_and_reserves_nothing() {
    let (site, payment) = paid(true).await;
    // The money went back there, and nothing here has heard of it yet.
    site.stripe.controls().webhooks(WebhookMode::Drop);
    site.stripe
        .refund_in_dashboard(&site.intent(), None)
        .unwrap();
    let refused = refunds::refund(site.app(), &payment, None).await;
    assert!(matches!(refused, Err(RefundError::Refused)), "{refused:?}");
    // Why it is refused has been read with the payment.
    assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
    let lines = explain::explain(site.app().db(), payment.as_str())
        .await
        .unwrap();
    let lines: Vec<_> = lines.happened.into_iter().map(|step| step.what).collect();
    assert!(
        lines
            .iter()
            .any(|line| line.ends_with("was not sent by clinic-cards")),
        "{lines:#?}"
    );
}

#[tokio::test]
async fn what_the_provider_keeps_is_recorded() {
    for by_card in [true, false] {
        let (site, payment) = paid(by_card).await;
        let explained = explain::explain(site.app().db(), payment.as_str())
            .await
            .unwrap();
        let stands = explained.stands.join("\n");
        assert!(stands.contains("the provider keeps "), "{stands}");
    }
}
