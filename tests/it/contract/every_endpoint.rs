//! One walk along every endpoint that openapi.json describes: each is answered with what was
//! asked for, and the transport holds each answer to the description.

use std::collections::BTreeSet;

use api_client::{Chunks, Method};
use api_types::{
    ApplyCredit, CancelEvent, ChangeMethod, CheckoutFor, CreateCheckout, CreateFeed, CreateLaunch,
    CreditNoteId, Day, EventFilters, EventId, EventList, EventQuery, Figure, FigureQuery,
    HistoryQuery, InvoiceId, InvoiceQuery, LaunchToken, MethodId, PaymentQuery, RequestEvent,
    RescheduleEvent, SendMessage, StatementQuery, TimesQuery,
};
use backend::db::customers;
use backend::db::invoices::{self, NewInvoice};
use backend::db::payments::{self};
use futures_util::StreamExt;
use serde_json::{Value, json};

use super::description::COMMITTED;
use super::{Caller, Provider};
use test_support::euros;
use test_support::sample_data::{CUSTOMER, EMPTY_CUSTOMER, OPEN_INVOICE};

/// What nobody asks here, and where it is asked.
const ASKED_ELSEWHERE: [(&str, &str); 3] = [
    (
        "return_returned",
        "the payment provider sends the window there: crates/backend/tests/http/checkouts/returning.rs",
    ),
    (
        "return_returned_by_form",
        "the payment provider sends the window there: crates/backend/tests/http/checkouts/returning.rs",
    ),
    (
        "webhooks_receive",
        "the payment provider tells it, signed: crates/backend/tests/http/checkouts/notifications.rs",
    ),
];

#[tokio::test]
async fn every_endpoint_is_answered_as_it_is_described() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    read_the_account(&customer).await;
    read_the_files(&customer).await;
    use_the_calendar(&provider, &customer).await;
    ask_for_an_event(&provider, &customer).await;
    pay(&provider, &customer).await;
    use_credit(&provider).await;
    customer.session().await.unwrap().unwrap();
    let mut changes = customer.changes(None).await.unwrap();
    changes.next().await.unwrap();
    customer.delete_session().await.unwrap();

    let answered = provider.answered.lock().unwrap().clone();
    let described: BTreeSet<_> = COMMITTED.operations().into_iter().collect();
    assert!(
        described.len() > 45,
        "only {} are described",
        described.len()
    );
    let elsewhere = ASKED_ELSEWHERE.map(|(name, _)| name);
    let left: Vec<_> = described
        .iter()
        .filter(|name| !answered.contains(**name) && !elsewhere.contains(name))
        .collect();
    assert!(left.is_empty(), "nobody has asked {left:?}");
    for name in elsewhere {
        assert!(described.contains(name), "{name} is not described");
        assert!(!answered.contains(name), "{name} is asked here after all");
    }
}

fn key(number: u8) -> String {
    format!("walk-{number:032}")
}

fn token(letter: &str) -> LaunchToken {
    LaunchToken(letter.repeat(42) + "A")
}

fn open_invoice() -> InvoiceId {
    InvoiceId::parse(OPEN_INVOICE.id).unwrap()
}

fn days() -> StatementQuery {
    StatementQuery {
        from: Day::parse("2020-01-01").unwrap(),
        to: Day::parse("2100-01-01").unwrap(),
        currency: None,
    }
}

async fn whole(answer: Result<Chunks, api_client::ApiError>) {
    let mut chunks = answer.unwrap_or_else(|error| panic!("{error}"));
    let first = chunks.next().await.unwrap().unwrap();
    assert!(!first.is_empty());
}

async fn read_the_account(customer: &Caller) {
    customer.portal().await.unwrap();
    customer.home().await.unwrap();
    let balance = customer.balance().await.unwrap();
    let figure = FigureQuery {
        figure: Figure::Owed,
        currency: balance.currencies[0].currency,
        cursor: None,
        limit: Some(1),
    };
    customer.figure_entries(&figure).await.unwrap();
    customer.history(&HistoryQuery::default()).await.unwrap();
    customer.statement(&days()).await.unwrap();
    customer.invoices(&InvoiceQuery::default()).await.unwrap();
    customer.invoice(&open_invoice()).await.unwrap();
    let payments = customer.payments(&PaymentQuery::default()).await.unwrap();
    customer.payment(&payments.data[0].id).await.unwrap();
    customer
        .credit_note(&credit_note(customer).await)
        .await
        .unwrap();
}

async fn credit_note(customer: &Caller) -> CreditNoteId {
    let query = HistoryQuery {
        limit: Some(200),
        ..HistoryQuery::default()
    };
    let entries = customer.history(&query).await.unwrap().data;
    let mut notes = entries.into_iter().filter_map(|entry| match entry.record {
        Some(api_types::Record::CreditNote { credit_note }) => Some(credit_note),
        _ => None,
    });
    notes.next().unwrap()
}

async fn read_the_files(customer: &Caller) {
    whole(customer.payments_csv(&PaymentQuery::default()).await).await;
    whole(customer.statement_csv(&days()).await).await;
    whole(customer.statement_pdf(&days()).await).await;
    whole(customer.invoice_pdf(&open_invoice()).await).await;
    whole(customer.invoice_csv(&open_invoice()).await).await;
    whole(customer.credit_note_pdf(&credit_note(customer).await).await).await;
    let payments = customer.payments(&PaymentQuery::default()).await.unwrap();
    for payment in payments.data {
        if customer.payment(&payment.id).await.unwrap().receipt {
            return whole(customer.receipt_pdf(&payment.id).await).await;
        }
    }
    panic!("no payment has a receipt");
}

async fn use_the_calendar(provider: &Provider, customer: &Caller) {
    let no_filters = EventFilters::default();
    let upcoming = EventQuery::of(EventList::Upcoming, &no_filters, None);
    let first = customer.events(&upcoming).await.unwrap().data.remove(0);
    customer.event(&first.id).await.unwrap();
    whole(customer.event_ics(&first.id).await).await;
    let today = provider.app.today();
    let days = api_types::CalendarQuery::of(today, today, "Europe/Dublin", &no_filters);
    customer.calendar(&days).await.unwrap();
    let to_confirm = EventId::parse("E-1014").unwrap();
    customer.confirm_event(&to_confirm).await.unwrap();

    let request = CreateFeed { due_days: true };
    let feed = customer.create_feed(&request).await.unwrap();
    customer.feed().await.unwrap();
    let (_, path) = feed.url.0.split_once(api_types::API_BASE).unwrap();
    let read = provider.ask(Method::Get, path, None).await;
    assert_eq!(read.status, 200);
    customer.end_feed().await.unwrap();
}

async fn ask_for_an_event(provider: &Provider, customer: &Caller) {
    let choices = customer.booking().await.unwrap();
    let offer = &choices.services[0];
    let today = provider.app.today();
    let query = TimesQuery {
        service: offer.service.clone(),
        video: !offer.in_person,
        from: today,
        to: today.plus(42).unwrap(),
        zone: "Europe/Dublin".to_owned(),
        moving: None,
    };
    let offered = customer.offered_times(&query).await.unwrap().days;
    let mut times = offered.into_iter().rev().flat_map(|day| day.times);
    let (one, other) = (times.next().unwrap(), times.next().unwrap());
    let request = RequestEvent {
        service: offer.service.clone(),
        person: one.person,
        starts_at: one.starts_at,
        video: query.video,
        attendees: choices.attendees.clone(),
        note: Some("By the window".to_owned()),
        displayed_fee: offer.fee,
    };
    let event = customer.request_event(&key(1), &request).await.unwrap();
    let id = &event.event.id;
    let message = SendMessage {
        subject: "Towels".to_owned(),
        text: "Do I bring one?".to_owned(),
    };
    customer.send_message(id, &key(2), &message).await.unwrap();
    let to = RescheduleEvent {
        person: other.person,
        starts_at: other.starts_at,
    };
    customer.reschedule_event(id, &key(3), &to).await.unwrap();
    let free = CancelEvent {
        displayed_charge: None,
    };
    customer.cancel_event(id, &key(4), &free).await.unwrap();
}

async fn pay(provider: &Provider, customer: &Caller) {
    let total = euros(OPEN_INVOICE.remaining);
    let request = CreateCheckout {
        pays_for: CheckoutFor::Invoice {
            invoice: open_invoice(),
        },
        method: MethodId::parse("card").unwrap(),
        option: None,
        displayed_total: total,
        launch_token: Some(token("a")),
    };
    let made = customer.create_checkout(&key(10), &request).await.unwrap();
    customer.checkouts().await.unwrap();
    customer.checkout(&made.id).await.unwrap();
    let again = CreateLaunch {
        launch_token: token("b"),
    };
    customer.create_launch(&made.id, &again).await.unwrap();
    let same = ChangeMethod {
        method: request.method.clone(),
        option: None,
        displayed_total: total,
        launch_token: Some(token("c")),
        although_open: false,
    };
    let changed = customer.change_method(&made.id, &key(11), &same).await;
    let nonce = changed.unwrap().nonce;

    let asked = json!({ "token": token("c") });
    let where_to = provider.ask(Method::Post, "/pay/launch", Some(asked)).await;
    let answer: Value = serde_json::from_str(&where_to.body).unwrap();
    assert_eq!(answer["status"], "go", "{answer}");
    let asked = json!({ "c": made.id, "n": nonce });
    let status = provider.ask(Method::Post, "/pay/status", Some(asked)).await;
    assert_eq!(status.body, r#"{"status":"open"}"#);
    customer.cancel_checkout(&made.id).await.unwrap();
}

/// Pays for what is owed with credit.
async fn use_credit(provider: &Provider) {
    let customer = provider.signed_in(&EMPTY_CUSTOMER).await;
    give_credit_and_an_invoice(provider).await;
    let balance = customer.balance().await.unwrap();
    let [of] = balance.currencies.as_slice() else {
        panic!("{balance:?} is of one currency");
    };
    assert!(of.credit_covers, "{of:?}");
    let displayed_credit = of.credit;
    let request = ApplyCredit { displayed_credit };
    let after = customer.apply_credit(&key(20), &request).await.unwrap();
    assert_eq!(after.currencies[0].owed, euros("0.00"));
}

/// Money on the account of who has nothing, and then something to pay with it.
async fn give_credit_and_an_invoice(provider: &Provider) {
    let (now, today) = (provider.app.now(), provider.app.today());
    let payment = test_support::payment(EMPTY_CUSTOMER.id, "P-1", euros("50.00"), now);
    let invoice = NewInvoice {
        issued_on: today,
        issued_at: now,
        due_on: today,
        ..test_support::invoice(EMPTY_CUSTOMER.id, "I-1", euros("45.00"))
    };
    let db = provider.app.db();
    db.write(async |tx| {
        payments::insert(tx, &payment).await?;
        invoices::put(tx, &invoice, now).await?;
        customers::touch(tx, &invoice.customer).await
    })
    .await
    .unwrap();
}
