//! The account in detail, as guest, as customer, and as somebody else, who sees their own.

use api_client::Chunks;
use api_types::{
    Code, CreditNoteId, Currency, Figure, FigureQuery, HistoryEntry, HistoryOrder, HistoryQuery,
    InvoiceId, PaymentId, PaymentQuery, PaymentSort, StatementQuery,
};
use futures_util::StreamExt;

use super::{Caller, Provider, refused};
use test_support::sample_data::{CUSTOMER, EMPTY_CUSTOMER, OPEN_INVOICE, OTHER_CUSTOMER};

fn always() -> StatementQuery {
    StatementQuery {
        from: api_types::Day::parse("2020-01-01").unwrap(),
        to: api_types::Day::parse("2100-01-01").unwrap(),
        currency: None,
    }
}

fn figure(figure: Figure, currency: Currency) -> FigureQuery {
    FigureQuery {
        figure,
        currency,
        cursor: None,
        limit: Some(2),
    }
}

async fn whole_history(caller: &Caller, query: &HistoryQuery) -> Vec<HistoryEntry> {
    let mut query = HistoryQuery {
        limit: Some(3),
        ..query.clone()
    };
    let mut entries = Vec::new();
    loop {
        let page = caller.history(&query).await.unwrap();
        entries.extend(page.data);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return entries;
        }
    }
}

async fn text(mut chunks: Chunks) -> String {
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        bytes.extend(chunk.unwrap());
    }
    String::from_utf8(bytes).unwrap()
}

async fn file(answer: Result<Chunks, api_client::ApiError>) -> String {
    match answer {
        Ok(chunks) => text(chunks).await,
        Err(error) => panic!("{error}"),
    }
}

/// What a call for a file was refused with.
fn no_file(answer: Result<Chunks, api_client::ApiError>) -> Code {
    match answer {
        Err(error) => error.code().unwrap_or_else(|| panic!("{error}")),
        Ok(_) => panic!("it was let through"),
    }
}

#[tokio::test]
async fn a_guest_reads_nothing_of_an_account() {
    let provider = Provider::open().await;
    let guest = provider.guest();
    let out = Code::SignedOut;
    let eur = Currency::parse("EUR").unwrap();
    let (payment, note) = (
        PaymentId::parse("P-10021").unwrap(),
        CreditNoteId::parse("HCC-021").unwrap(),
    );
    assert_eq!(refused(guest.home().await), out);
    assert_eq!(refused(guest.history(&HistoryQuery::default()).await), out);
    assert_eq!(refused(guest.statement(&always()).await), out);
    assert_eq!(
        refused(guest.figure_entries(&figure(Figure::Owed, eur)).await),
        out
    );
    assert_eq!(refused(guest.payments(&PaymentQuery::default()).await), out);
    assert_eq!(refused(guest.payment(&payment).await), out);
    assert_eq!(refused(guest.credit_note(&note).await), out);
    assert_eq!(
        no_file(guest.payments_csv(&PaymentQuery::default()).await),
        out
    );
    assert_eq!(no_file(guest.statement_csv(&always()).await), out);
    let invoice = InvoiceId::parse(OPEN_INVOICE.id).unwrap();
    assert_eq!(no_file(guest.invoice_csv(&invoice).await), out);
}

#[tokio::test]
async fn history_statement_and_balance_say_the_same() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let balance = customer.balance().await.unwrap();
    let statement = customer.statement(&always()).await.unwrap();
    assert_eq!(statement.currencies.len(), balance.currencies.len());
    for of in &balance.currencies {
        let sums = statement.currencies.iter();
        let sums = sums.clone().find(|sums| sums.currency == of.currency);
        assert_eq!(sums.map(|sums| sums.closing), Some(of.net), "{of:?}");
        let entries = whole_history(
            &customer,
            &HistoryQuery {
                currency: Some(of.currency),
                order: Some(HistoryOrder::Oldest),
                ..HistoryQuery::default()
            },
        )
        .await;
        assert_eq!(entries.last().map(|entry| entry.balance), Some(of.net));
        let sum: i64 = entries.iter().map(|entry| entry.amount.minor()).sum();
        assert_eq!(sum, of.net.minor());
    }
    let empty = provider.signed_in(&EMPTY_CUSTOMER).await;
    assert_eq!(whole_history(&empty, &HistoryQuery::default()).await, []);
    assert_eq!(empty.statement(&always()).await.unwrap().currencies, []);
}

#[tokio::test]
async fn every_figure_opens_into_entries_that_add_up_to_it() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    for of in customer.balance().await.unwrap().currencies {
        for (name, is) in [
            (Figure::Owed, of.owed),
            (Figure::Overdue, of.overdue),
            (Figure::Credit, of.credit),
            (Figure::Held, of.held),
            (Figure::OnItsWay, of.on_its_way),
        ] {
            let mut query = figure(name, of.currency);
            let mut sum = 0;
            loop {
                let page = customer.figure_entries(&query).await.unwrap();
                sum += page
                    .data
                    .iter()
                    .map(|entry| entry.amount.minor())
                    .sum::<i64>();
                query.cursor = page.next_cursor;
                if query.cursor.is_none() {
                    break;
                }
            }
            assert_eq!(sum, is.minor(), "{name:?} in {}", of.currency);
        }
    }
}

#[tokio::test]
async fn a_payment_and_a_credit_note_are_their_customers_alone() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let other = provider.signed_in(&OTHER_CUSTOMER).await;
    let payments = customer.payments(&PaymentQuery::default()).await.unwrap();
    for payment in &payments.data {
        let detail = customer.payment(&payment.id).await.unwrap();
        assert_eq!(detail.payment, *payment);
        assert_eq!(detail.story[0].at, payment.created_at);
        assert!(detail.story.is_sorted_by_key(|step| step.at));
        assert_eq!(refused(other.payment(&payment.id).await), Code::NotFound);
    }
    let query = HistoryQuery::default();
    for entry in whole_history(&customer, &query).await {
        if let Some(api_types::Record::CreditNote { credit_note }) = entry.record {
            let note = customer.credit_note(&credit_note).await.unwrap();
            assert_eq!(entry.number.as_deref(), Some(note.number.as_str()));
            let invoice = customer.invoice(&note.invoice).await.unwrap();
            assert!(
                invoice
                    .credit_notes
                    .iter()
                    .any(|of| of.credit_note == credit_note)
            );
            assert_eq!(
                refused(other.credit_note(&credit_note).await),
                Code::NotFound
            );
        }
    }
    // One that exists, and is neither of theirs.
    let alsabahs = CreditNoteId::parse("HCC-021").unwrap();
    assert_eq!(
        refused(customer.credit_note(&alsabahs).await),
        Code::NotFound
    );
}

#[tokio::test]
async fn home_says_what_there_is_to_do_in_the_order_of_urgency() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let home = customer.home().await.unwrap();
    let overdue = InvoiceId::parse(OPEN_INVOICE.id).unwrap();
    let urgency: Vec<_> = home
        .to_do
        .iter()
        .map(|to_do| match to_do {
            api_types::ToDo::PayInvoice { overdue: true, .. } => 1,
            api_types::ToDo::FinishCheckout { .. } => 2,
            api_types::ToDo::SendTransfer { .. } => 3,
            api_types::ToDo::ConfirmEvent { .. } => 4,
            api_types::ToDo::PayInvoice { .. } => 5,
        })
        .collect();
    assert!(urgency.is_sorted(), "{urgency:?}");
    assert!(home.to_do.iter().any(
        |to_do| matches!(to_do, api_types::ToDo::PayInvoice { invoice, .. } if *invoice == overdue)
    ));
    assert_eq!(usize::try_from(home.to_do_count).unwrap(), home.to_do.len());
    assert!(
        home.services
            .is_sorted_by_key(|service| service.service.clone())
    );
    let attended: u32 = home.services.iter().map(|service| service.attended).sum();
    assert_eq!(home.attended, attended);
    let empty = provider.signed_in(&EMPTY_CUSTOMER).await;
    assert_eq!(empty.home().await.unwrap().to_do, []);
}

#[tokio::test]
async fn files_hold_what_the_lists_show() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let query = PaymentQuery {
        sort: Some(PaymentSort::Oldest),
        limit: Some(200),
        ..PaymentQuery::default()
    };
    let listed = customer.payments(&query).await.unwrap().data;
    let csv = file(customer.payments_csv(&query).await).await;
    let lines: Vec<_> = csv.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 1 + listed.len());
    for (line, payment) in lines.iter().skip(1).zip(&listed) {
        let refunded = payment.refunded.amount_text();
        let end = format!("{},{refunded}", payment.id.as_str());
        assert!(line.ends_with(&end), "{line}");
        assert!(line.contains(&payment.total.amount_text()), "{line}");
        assert!(!line.contains('#'), "{line}");
    }
    let entries = whole_history(&customer, &HistoryQuery::default()).await;
    let csv = file(customer.statement_csv(&always()).await).await;
    let currencies = customer
        .statement(&always())
        .await
        .unwrap()
        .currencies
        .len();
    let lines = csv.trim_end().split("\r\n").count();
    assert_eq!(lines, 1 + entries.len() + 2 * currencies);

    let other = provider.signed_in(&OTHER_CUSTOMER).await;
    let invoice = InvoiceId::parse(OPEN_INVOICE.id).unwrap();
    let lines = file(customer.invoice_csv(&invoice).await).await;
    let shown = customer.invoice(&invoice).await.unwrap().lines;
    assert_eq!(
        lines.trim_end().split("\r\n").count(),
        shown.len() + 1,
        "and a head"
    );
    assert!(
        lines.contains(&shown[0].unit_price.amount_text()),
        "{lines}"
    );
    assert_eq!(no_file(other.invoice_csv(&invoice).await), Code::NotFound);

    let theirs = file(other.payments_csv(&query).await).await;
    assert!(
        listed
            .iter()
            .all(|payment| !theirs.contains(payment.id.as_str()))
    );
}
