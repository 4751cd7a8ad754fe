//! Signing in and out.

use api_types::{Code, CustomerId};

use super::{Provider, credentials, refused};
use test_support::sample_data::{CUSTOMER, OTHER_CUSTOMER, PASSWORD};

#[tokio::test]
async fn a_guest_reads_the_portal_and_nothing_else() {
    let provider = Provider::open().await;
    let guest = provider.guest();
    let portal = guest.portal().await.unwrap();
    assert_eq!(portal.name, "Harbour Clinic");
    assert!(portal.test_mode, "the sandbox moves no real money");
    assert_eq!(guest.session().await.unwrap(), None);
    assert_eq!(refused(guest.balance().await), Code::SignedOut);
    assert_eq!(
        refused(guest.invoices(&Default::default()).await),
        Code::SignedOut
    );
    assert_eq!(
        refused(guest.payments(&Default::default()).await),
        Code::SignedOut
    );
    assert_eq!(refused(guest.checkouts().await), Code::SignedOut);
    assert_eq!(
        guest
            .changes(None)
            .await
            .err()
            .and_then(|error| error.code()),
        Some(Code::SignedOut)
    );
}

#[tokio::test]
async fn a_session_lasts_from_signing_in_to_signing_out() {
    let provider = Provider::open().await;
    let guest = provider.guest();
    let wrong = credentials(CUSTOMER.email, "not the password");
    assert_eq!(
        refused(guest.create_session(&wrong).await),
        Code::WrongCredentials
    );
    let unknown = credentials("nobody@example.com", PASSWORD);
    assert_eq!(
        refused(guest.create_session(&unknown).await),
        Code::WrongCredentials
    );

    let shouted = credentials(&CUSTOMER.email.to_uppercase(), PASSWORD);
    let session = guest.create_session(&shouted).await.unwrap();
    assert_eq!(
        guest.session().await.unwrap().map(|known| known.customer),
        Some(session.customer.clone())
    );
    let customer = guest.about(session.customer);
    customer.balance().await.unwrap();
    customer.delete_session().await.unwrap();
    customer.delete_session().await.unwrap();
    assert_eq!(refused(customer.balance().await), Code::SignedOut);
}

#[tokio::test]
async fn a_page_of_another_person_is_told_so() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let stale = customer.about(CustomerId::parse(OTHER_CUSTOMER.id).unwrap());
    assert_eq!(refused(stale.balance().await), Code::PersonChanged);
    assert_eq!(
        refused(stale.invoices(&Default::default()).await),
        Code::PersonChanged
    );
}
