//! What a customer reads, and what somebody else does not.

use std::collections::HashSet;

use api_types::{
    Code, InvoiceFilter, InvoiceId, InvoiceQuery, MoneyState, PaymentQuery, PaymentStatus,
};
use futures_util::StreamExt;

use super::{Provider, refused};
use test_support::sample_data::{
    CUSTOMER, EMPTY_CUSTOMER, OPEN_INVOICE, OTHER_CUSTOMER, PAID_INVOICE,
};

#[tokio::test]
async fn the_balance_says_what_is_owed_in_each_currency() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let balance = customer.balance().await.unwrap();
    let figures: Vec<_> = balance
        .currencies
        .iter()
        .map(|of| {
            (
                of.currency.code(),
                of.owed.amount_text(),
                of.on_its_way.amount_text(),
            )
        })
        .collect();
    assert_eq!(
        figures,
        [
            ("EUR", "670.74".to_owned(), "60.00".to_owned()),
            ("KWD", "38.250".to_owned(), "0.000".to_owned()),
            ("JPY", "19800".to_owned(), "0".to_owned()),
            ("PHP", "1344.00".to_owned(), "0.00".to_owned()),
        ]
    );
    let again = customer.balance().await.unwrap();
    assert_eq!(
        (again.version, &again.currencies),
        (balance.version, &balance.currencies)
    );
    assert!(
        again.as_of >= balance.as_of,
        "an unchanged answer is no older than the first"
    );
    let empty = provider.signed_in(&EMPTY_CUSTOMER).await;
    assert_eq!(empty.balance().await.unwrap().currencies, vec![]);
}

#[tokio::test]
async fn an_invoice_is_its_customers_alone() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let id = InvoiceId::parse(OPEN_INVOICE.id).unwrap();
    let invoice = customer.invoice(&id).await.unwrap();
    assert_eq!(
        invoice.money.remaining.amount_text(),
        OPEN_INVOICE.remaining
    );
    assert!(invoice.overdue && invoice.pay.allowed);
    assert_eq!(
        (invoice.state, invoice.lines.len()),
        (MoneyState::Unpaid, 2)
    );
    let paid = customer
        .invoice(&InvoiceId::parse(PAID_INVOICE.id).unwrap())
        .await
        .unwrap();
    assert!(paid.state == MoneyState::Paid && !paid.pay.allowed);

    let other = provider.signed_in(&OTHER_CUSTOMER).await;
    assert_eq!(refused(other.invoice(&id).await), Code::NotFound);
    let nowhere = InvoiceId::parse("HC-9999").unwrap();
    assert_eq!(refused(other.invoice(&nowhere).await), Code::NotFound);
}

#[tokio::test]
async fn lists_are_walked_page_by_page() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let mut query = InvoiceQuery {
        limit: Some(2),
        ..InvoiceQuery::default()
    };
    let mut seen = HashSet::new();
    loop {
        let page = customer.invoices(&query).await.unwrap();
        assert!(page.data.len() <= 2);
        for invoice in page.data {
            assert!(seen.insert(invoice.id), "a row came twice");
        }
        match page.next_cursor {
            Some(next) => query.cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 12);
    let open = InvoiceQuery {
        state: Some(InvoiceFilter::Outstanding),
        ..InvoiceQuery::default()
    };
    let open = customer.invoices(&open).await.unwrap();
    assert!(
        open.data
            .iter()
            .all(|invoice| invoice.remaining.is_positive())
    );
    assert!(
        open.data.is_sorted_by_key(|invoice| invoice.due_on),
        "the first due is first"
    );
}

#[tokio::test]
async fn only_completed_payments_have_a_time_of_completion() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let payments = customer
        .payments(&PaymentQuery::default())
        .await
        .unwrap()
        .data;
    assert_eq!(payments.len(), 11);
    for payment in &payments {
        let completed = payment.status == PaymentStatus::Completed;
        assert_eq!(payment.completed_at.is_some(), completed, "{}", payment.id);
        assert!(
            !payment.description.contains('#'),
            "{}",
            payment.description
        );
    }
    assert!(
        payments.iter().any(|payment| payment.total.is_negative()),
        "there is a purchase"
    );
}

#[tokio::test]
async fn the_stream_tells_the_version_and_never_an_amount() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let version = customer.balance().await.unwrap().version;
    let mut changes = customer.changes(None).await.unwrap();
    let first = changes.next().await.unwrap();
    assert_eq!(first.version, version);
    // The browser asks from what it knows; an older version is told at once.
    let mut later = customer.changes(Some(0)).await.unwrap();
    assert_eq!(later.next().await.unwrap().version, version);
}
