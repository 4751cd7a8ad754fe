//! Paying the same another way: the old page is closed at its payment provider, and another
//! attempt takes its place in the same checkout.

use api_types::{Checkout, CheckoutStatus, MoneyState, PaymentStatus, ReturnAnswer};
use serde_json::{Value, json};

use super::settling::posted;
use test_support::{Behaviour, CheckoutSite, euro, for_invoice, launch, problem, status, token};

/// Another way to pay the 45.00 of `INV-1`.
pub fn by(method: &str, total: &str) -> Value {
    json!({"method": method, "displayed_total": euro(total), "launch_token": token()})
}

/// The same, in a way that has no window.
pub fn by_transfer() -> Value {
    json!({"method": "transfer", "displayed_total": euro("45.00")})
}

/// A site with every way to pay, where Ada owes 45.00 EUR on `INV-1`.
pub async fn with_ways() -> CheckoutSite {
    let site = CheckoutSite::with_methods().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    site
}

#[tokio::test]
async fn another_way_is_another_attempt_of_the_same_checkout() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let first = ada.pay_invoice().await;
    assert_eq!(first.attempt, 1);
    let second = ada.changed(&first, &by("express", "45.98")).await;
    assert_eq!((&second.id, second.attempt), (&first.id, 2));
    assert_eq!(second.status, CheckoutStatus::Open);
    assert_eq!(second.method.as_str(), "express");
    assert_eq!((second.total.minor(), second.surcharge.minor()), (4598, 98));
    assert!(second.nonce != first.nonce && !second.launched && second.can_cancel);
    // The page that was open is closed, and the invoice was held the whole time.
    let references = site.references();
    assert_eq!(references.len(), 2);
    assert_ne!(references[0], references[1]);
    assert_eq!(site.gateway.status(&references[0]), "cancelled");
    assert_eq!(site.gateway.newest()["amount"], "45.98");
    assert_eq!(ada.invoice("INV-1").await.checkout, Some(first.id.clone()));

    site.gateway.pay(&references[1], "45.98");
    site.return_from_provider().await;
    let paid = ada.checkout(&first).await;
    assert_eq!((paid.status, paid.attempt), (CheckoutStatus::Paid, 2));
    let payment = ada.payments().await.remove(0);
    assert_eq!(
        (payment.total.minor(), payment.surcharge.minor()),
        (4598, 98)
    );
    assert_eq!(
        payment.method.unwrap().label.as_deref(),
        Some("Express card")
    );
    assert_eq!(posted(&site, &payment.id).await, Some(4500));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
}

#[tokio::test]
async fn another_total_than_the_one_on_screen_changes_nothing() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let first = ada.pay_invoice().await;
    let refused = ada.change(&first, &by("express", "45.00")).await;
    assert_eq!(refused.code(), problem(409, "total_changed"));
    assert_eq!((site.gateway.cancels(), site.references().len()), (0, 1));
    let known = ada.checkout(&first).await;
    assert_eq!((known.status, known.attempt), (CheckoutStatus::Open, 1));
    assert_eq!((known.version, &known.nonce), (first.version, &first.nonce));
    for (request, code) in [
        (by("nobody", "45.00"), problem(422, "invalid")),
        (by("transfer", "45.00"), problem(422, "invalid")),
        (by("wallet", "45.00"), problem(422, "invalid")),
    ] {
        assert_eq!(ada.change(&first, &request).await.code(), code, "{request}");
    }
    assert_eq!(site.gateway.cancels(), 0);
}

#[tokio::test]
async fn once_pay_was_pressed_there_is_no_other_way() {
    for is_there in [false, true] {
        let site = with_ways().await;
        let ada = site.ada().await;
        let checkout = ada.pay_invoice().await;
        let reference = site.gateway.reference();
        let becomes = if is_there {
            site.gateway.pay(&reference, "45.00");
            CheckoutStatus::Paid
        } else {
            site.gateway.process(&reference);
            CheckoutStatus::Confirming
        };
        let refused = ada.change(&checkout, &by("express", "45.98")).await;
        assert_eq!(refused.code(), problem(409, "checkout_over"));
        // What has become of it is known at once.
        let known = ada.checkout(&checkout).await;
        assert_eq!((known.status, known.attempt), (becomes, 1));
        let again = ada.change(&checkout, &by("express", "45.98")).await;
        assert_eq!(again.code(), problem(409, "checkout_over"));
        assert_eq!(site.references().len(), 1);
    }
}

#[tokio::test]
async fn a_provider_that_is_away_changes_nothing() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.mood(Behaviour::Away);
    let (key, request) = (token(), by("express", "45.98"));
    let refused = ada.change_with_key(&checkout, &key, &request).await;
    assert_eq!(refused.code(), problem(503, "gateway_away"));
    site.gateway.mood(Behaviour::Works);
    let known = ada.checkout(&checkout).await;
    assert_eq!((known.status, known.attempt), (CheckoutStatus::Open, 1));
    // The same request again is not answered by the fault.
    let answer = ada.change_with_key(&checkout, &key, &request).await;
    assert_eq!(answer.json::<Checkout>().attempt, 2);
}

#[tokio::test]
async fn a_page_that_cannot_be_closed_needs_an_explicit_yes() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.mood(Behaviour::CannotCancel);
    let refused = ada.change(&checkout, &by("express", "45.98")).await;
    assert_eq!(refused.code(), problem(409, "page_still_open"));
    assert_eq!(ada.checkout(&checkout).await.attempt, 1);
    let mut request = by("express", "45.98");
    request["although_open"] = json!(true);
    let changed = ada.changed(&checkout, &request).await;
    assert_eq!((changed.attempt, changed.status), (2, CheckoutStatus::Open));
    // The page that is still open is watched, and its end is not the checkout's.
    let old = &site.references()[0];
    assert_eq!(site.gateway.status(old), "open");
    let reads = site.gateway.reads();
    site.gateway.say(old, json!({"status": "expired"}));
    site.seconds(6);
    site.look().await;
    assert!(site.gateway.reads() > reads);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
}

#[tokio::test]
async fn a_change_that_is_asked_for_twice_is_made_once() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let (key, request) = (token(), by("express", "45.98"));
    let first = ada.change_with_key(&checkout, &key, &request).await;
    let again = ada.change_with_key(&checkout, &key, &request).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert_eq!(site.references().len(), 2);
    let other = ada
        .change_with_key(&checkout, &key, &by("card", "45.00"))
        .await;
    assert_eq!(other.code(), problem(422, "key_reused"));
    // The key belongs to this checkout's changes.
    let third = ada.changed(&checkout, &by("card", "45.00")).await;
    assert_eq!(third.attempt, 3);
}

#[tokio::test]
async fn of_changes_at_once_one_page_stays_open() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let requests = ["45.98", "45.00", "45.98", "45.00"].map(|total| {
        let method = if total == "45.00" { "card" } else { "express" };
        by(method, total)
    });
    let changes = requests
        .iter()
        .map(|request| ada.change(&checkout, request));
    let answers = futures_util::future::join_all(changes).await;
    // One that waited for another finds that it would replace what it has not seen.
    let (made, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|one| one.status == 200);
    for answer in refused {
        assert_eq!(answer.code(), problem(409, "checkout_over"));
    }
    let references = site.references();
    assert_eq!(references.len(), 1 + made.len());
    let known = ada.checkout(&checkout).await;
    assert_eq!(usize::try_from(known.attempt), Ok(references.len()));
    let open = references
        .iter()
        .filter(|one| site.gateway.status(one) == "open");
    assert_eq!(open.collect::<Vec<_>>(), [&site.gateway.reference()]);
    assert!(!made.is_empty() && known.status == CheckoutStatus::Open);
}

#[tokio::test]
async fn a_transfer_takes_the_place_of_a_page() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let first = ada.pay_invoice().await;
    let sending = ada.changed(&first, &by_transfer()).await;
    assert_eq!((&sending.id, sending.attempt), (&first.id, 2));
    assert_eq!(sending.status, CheckoutStatus::Confirming);
    assert!(sending.instructions.is_some() && sending.pay_host.is_empty());
    assert_eq!(site.gateway.status(&site.gateway.reference()), "cancelled");
    let payment = ada.payments().await.remove(0);
    assert_eq!(payment.status, PaymentStatus::Pending);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Pending);
    // What the page says now is not about the transfer.
    site.notify("evt_1", &site.gateway.reference()).await;
    site.seconds(6);
    site.look().await;
    let known = ada.checkout(&first).await;
    assert_eq!(known.status, CheckoutStatus::Confirming);
    let back = ada.change(&first, &by("card", "45.00")).await;
    assert_eq!(back.code(), problem(409, "checkout_over"));
    assert_eq!(ada.cancel(&first).await.status, 200);
}

#[tokio::test]
async fn a_launch_page_leads_to_the_newest_page_alone() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let old = for_invoice("INV-1", euro("45.00"));
    let first = ada.create(&old).await;
    let new = by("express", "45.98");
    assert!(!ada.changed(&first, &new).await.launched);
    let page = format!("{}/pay/p_{}", site.gateway.url(), site.gateway.reference());
    // Also where the window was opened for the page before.
    for token in [&old["launch_token"], &new["launch_token"]] {
        let answer: Value = launch(&site, token).await.json();
        assert_eq!(answer["url"], json!(page));
    }
    assert!(ada.checkout(&first).await.launched);
}

#[tokio::test]
async fn the_window_of_an_older_page_is_told_how_the_checkout_stands() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let first = ada.pay_invoice().await;
    let second = ada.changed(&first, &by("express", "45.98")).await;
    let told = async |of: &Checkout| {
        let answer = status(&site, first.id.as_str(), &of.nonce).await;
        answer.json::<ReturnAnswer>().status
    };
    assert_eq!(told(&first).await, CheckoutStatus::Open);
    let references = site.references();
    let back = site.return_from(&references[0]).await;
    assert_eq!(back.status, 303);
    assert!(back.header("location").contains(&first.nonce));
    site.gateway.pay(&references[1], "45.98");
    site.return_from(&references[1]).await;
    assert_eq!(told(&first).await, CheckoutStatus::Paid);
    assert_eq!(told(&second).await, CheckoutStatus::Paid);
    let wrong = status(&site, first.id.as_str(), "guessed").await;
    assert_eq!(wrong.code(), problem(404, "not_found"));
}

#[tokio::test]
async fn what_is_void_by_now_cannot_be_paid_another_way() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let void = api_types::DocumentState::Void;
    test_support::put_invoice(&site, "INV-1", (4500, "EUR"), void).await;
    let refused = ada.change(&checkout, &by("express", "45.98")).await;
    assert_eq!(refused.code(), problem(409, "not_payable"));
    assert_eq!(site.references().len(), 1);
}
