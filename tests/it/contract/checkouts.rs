//! Checkouts: created once, seen by their own customer, refused where they must be.

use api_types::{
    CheckoutFor, CheckoutStatus, Code, CreateCheckout, InvoiceId, LaunchToken, MethodId, Money,
};

use super::{Caller, Provider, refused};
use crate::sample_data::{CUSTOMER, OPEN_INVOICE, OTHER_CUSTOMER};

async fn request(customer: &Caller, token: u8) -> CreateCheckout {
    let invoice = InvoiceId::parse(OPEN_INVOICE.id).unwrap();
    let asked = customer
        .invoice(&invoice)
        .await
        .map(|known| known.pay.amount);
    let euros = api_types::Currency::parse(OPEN_INVOICE.currency).unwrap();
    CreateCheckout {
        pays_for: CheckoutFor::Invoice { invoice },
        method: MethodId::parse("card").unwrap(),
        displayed_total: asked.unwrap_or(Money::from_minor(21_960, euros)),
        // 43 characters of base64url, as the browser makes them.
        launch_token: LaunchToken(char::from(b'a' + token).to_string().repeat(42) + "A"),
    }
}

fn key(number: u8) -> String {
    format!("key-{number:032}")
}

#[tokio::test]
async fn a_lost_answer_asked_for_again_starts_no_second_checkout() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let request = request(&customer, 0).await;
    let first = customer.create_checkout(&key(1), &request).await.unwrap();
    let again = customer.create_checkout(&key(1), &request).await.unwrap();
    assert_eq!(first.id, again.id);
    assert_eq!(first.total, request.displayed_total);
    let open = customer.checkouts().await.unwrap().data;
    assert_eq!(
        open.iter().map(|checkout| &checkout.id).collect::<Vec<_>>(),
        [&first.id]
    );
}

#[tokio::test]
async fn one_invoice_has_one_open_checkout() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let first = customer
        .create_checkout(&key(1), &request(&customer, 0).await)
        .await
        .unwrap();
    let mut second = request(&customer, 1).await;
    second.displayed_total = first.total;
    assert_eq!(
        refused(customer.create_checkout(&key(2), &second).await),
        Code::CheckoutOpen
    );

    let cancelled = customer.cancel_checkout(&first.id).await.unwrap();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    let fresh = customer
        .create_checkout(&key(3), &request(&customer, 2).await)
        .await
        .unwrap();
    assert_ne!(fresh.id, first.id);
}

#[tokio::test]
async fn a_total_that_is_not_the_total_is_refused() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let mut request = request(&customer, 0).await;
    request.displayed_total = Money::from_minor(1, request.displayed_total.currency());
    assert_eq!(
        refused(customer.create_checkout(&key(1), &request).await),
        Code::TotalChanged
    );
}

#[tokio::test]
async fn somebody_elses_checkout_does_not_exist() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let checkout = customer
        .create_checkout(&key(1), &request(&customer, 0).await)
        .await
        .unwrap();
    let other = provider.signed_in(&OTHER_CUSTOMER).await;
    assert_eq!(refused(other.checkout(&checkout.id).await), Code::NotFound);
    assert_eq!(
        refused(other.cancel_checkout(&checkout.id).await),
        Code::NotFound
    );
    assert_eq!(other.checkouts().await.unwrap().data, vec![]);
    let theirs = request(&other, 1).await;
    assert_eq!(
        refused(other.create_checkout(&key(1), &theirs).await),
        Code::NotFound
    );
    let guest = provider.guest();
    assert_eq!(
        refused(guest.create_checkout(&key(1), &theirs).await),
        Code::SignedOut
    );
}
