//! Checkouts: created once, seen by their own customer, refused where they must be.

use api_types::{
    ChangeMethod, CheckoutFor, CheckoutStatus, Code, CreateCheckout, EventPart, InvoiceId,
    LaunchToken, MethodId, Money,
};

use super::{Caller, Provider, refused};
use test_support::euros;
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE, OTHER_CUSTOMER};

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
        option: None,
        launch_token: Some(LaunchToken(
            char::from(b'a' + token).to_string().repeat(42) + "A",
        )),
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

fn body(pays_for: CheckoutFor, method: &str, total: Money) -> CreateCheckout {
    CreateCheckout {
        pays_for,
        method: MethodId::parse(method).unwrap(),
        option: None,
        displayed_total: total,
        launch_token: Some(LaunchToken("b".repeat(42) + "A")),
    }
}

#[tokio::test]
async fn a_part_several_invoices_an_event_and_the_account_can_be_paid() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let other = provider.signed_in(&OTHER_CUSTOMER).await;
    let guest = provider.guest();
    let next = customer.balance().await.unwrap().next_unpaid.unwrap();
    let invoices = ["HC-0388", "HC-0401"].map(|id| InvoiceId::parse(id).unwrap());
    for (number, (pays_for, total)) in (10..).zip([
        (
            CheckoutFor::Part {
                invoice: InvoiceId::parse(OPEN_INVOICE.id).unwrap(),
                amount: euros("50.00"),
            },
            euros("50.00"),
        ),
        (
            CheckoutFor::Invoices {
                invoices: invoices.to_vec(),
            },
            // 163.44 less the 60.00 that are on their way, and 189.20.
            euros("292.64"),
        ),
        (
            CheckoutFor::Event {
                event: next.event,
                part: EventPart::Balance,
            },
            next.pay.amount,
        ),
    ]) {
        let body = body(pays_for.clone(), "card", total);
        let hers = other.create_checkout(&key(number), &body).await;
        assert_eq!(refused(hers), Code::NotFound, "{pays_for:?}");
        let nobodys = guest.create_checkout(&key(number), &body).await;
        assert_eq!(refused(nobodys), Code::SignedOut, "{pays_for:?}");
        let mut body = body;
        let token = format!("{number}").repeat(21) + "A";
        body.launch_token = Some(LaunchToken(token));
        let made = customer.create_checkout(&key(number), &body).await.unwrap();
        assert_eq!((&made.pays_for, made.total), (&pays_for, total));
    }
    let amount = euros("20.00");
    let on_account = CheckoutFor::Account { amount };
    // 0.30 and 1.5 percent.
    let made = customer
        .create_checkout(&key(20), &body(on_account, "express", euros("20.60")))
        .await
        .unwrap();
    assert_eq!(made.surcharge, euros("0.60"));
    assert_eq!(customer.checkouts().await.unwrap().data.len(), 4);
}

#[tokio::test]
async fn a_transfer_comes_with_what_to_write_on_it_and_can_be_called_off() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let pays_for = CheckoutFor::Invoice {
        invoice: InvoiceId::parse(OPEN_INVOICE.id).unwrap(),
    };
    let mut transfer = body(pays_for, "transfer", euros(OPEN_INVOICE.remaining));
    transfer.launch_token = None;
    let made = customer.create_checkout(&key(1), &transfer).await.unwrap();
    assert_eq!(made.status, CheckoutStatus::Confirming);
    let instructions = made.instructions.unwrap();
    assert!(instructions.details.iter().any(|line| line.label == "IBAN"));
    let payment = customer.payment(&made.payment.unwrap()).await.unwrap();
    let on_payment = payment.instructions.unwrap();
    assert_eq!(on_payment.reference, instructions.reference);
    assert!(payment.can_cancel);
    let cancelled = customer.cancel_checkout(&made.id).await.unwrap();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
}

#[tokio::test]
async fn another_way_to_pay_is_another_attempt_for_its_own_customer() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let first = request(&customer, 0).await;
    let made = customer.create_checkout(&key(1), &first).await.unwrap();
    assert_eq!(made.attempt, 1);
    let methods = customer.portal().await.unwrap().methods;
    let express = methods.iter().find(|one| one.id.as_str() == "express");
    let total = express.unwrap().total_for(first.displayed_total).unwrap();
    let change = ChangeMethod {
        method: MethodId::parse("express").unwrap(),
        option: None,
        displayed_total: total,
        launch_token: Some(LaunchToken("c".repeat(42) + "A")),
        although_open: false,
    };
    let other = provider.signed_in(&OTHER_CUSTOMER).await;
    let hers = other.change_method(&made.id, &key(2), &change).await;
    assert_eq!(refused(hers), Code::NotFound);
    let nobodys = provider.guest();
    let nobodys = nobodys.change_method(&made.id, &key(2), &change).await;
    assert_eq!(refused(nobodys), Code::SignedOut);
    let wrong = ChangeMethod {
        displayed_total: first.displayed_total,
        ..change.clone()
    };
    let wrong = customer.change_method(&made.id, &key(2), &wrong).await;
    assert_eq!(refused(wrong), Code::TotalChanged);

    let changed = customer.change_method(&made.id, &key(3), &change).await;
    let changed = changed.unwrap();
    assert_eq!((&changed.id, changed.attempt), (&made.id, 2));
    assert_eq!((changed.total, &changed.method), (total, &change.method));
    let again = customer.change_method(&made.id, &key(3), &change).await;
    assert_eq!(again.unwrap().attempt, 2);

    let transfer = ChangeMethod {
        method: MethodId::parse("transfer").unwrap(),
        displayed_total: first.displayed_total,
        launch_token: None,
        ..change.clone()
    };
    let sending = customer.change_method(&made.id, &key(4), &transfer).await;
    let sending = sending.unwrap();
    assert_eq!(sending.status, CheckoutStatus::Confirming);
    assert!(sending.instructions.is_some() && sending.attempt == 3);
    let over = customer.change_method(&made.id, &key(5), &change).await;
    assert_eq!(refused(over), Code::CheckoutOver);
}

#[tokio::test]
async fn an_event_is_confirmed_by_its_own_customer() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let event = api_types::EventId::parse("E-1014").unwrap();
    let first = customer.confirm_event(&event).await.unwrap();
    let again = customer.confirm_event(&event).await.unwrap();
    assert_eq!(again, first);
    let other = provider.signed_in(&OTHER_CUSTOMER).await;
    assert_eq!(refused(other.confirm_event(&event).await), Code::NotFound);
    let guest = provider.guest();
    assert_eq!(refused(guest.confirm_event(&event).await), Code::SignedOut);
}
