//! Asking for a time, moving, cancelling, writing: as guest, as customer, and as somebody else.

use api_types::{
    CancelEvent, Code, Event, EventId, EventStatus, OfferedTime, RequestEvent, RescheduleEvent,
    SendMessage, TimesQuery,
};

use super::{Caller, Provider, refused};
use test_support::sample_data::{CUSTOMER, OTHER_CUSTOMER};

const SERVICE: &str = "Physiotherapy";

fn key(number: u8) -> String {
    format!("key-{number:032}")
}

fn query(provider: &Provider, moving: Option<&EventId>) -> TimesQuery {
    let today = provider.app.today();
    TimesQuery {
        service: SERVICE.to_owned(),
        video: false,
        from: today,
        to: today.plus(42).unwrap(),
        zone: "Europe/Dublin".to_owned(),
        moving: moving.cloned(),
    }
}

/// The times that a customer is offered, those of the last days first: there is nothing to
/// pay for cancelling them.
async fn times(provider: &Provider, caller: &Caller, moving: Option<&EventId>) -> Vec<OfferedTime> {
    let offered = caller.offered_times(&query(provider, moving)).await;
    let days = offered.unwrap().days.into_iter().rev();
    days.flat_map(|day| day.times).collect()
}

async fn body(caller: &Caller, time: &OfferedTime) -> RequestEvent {
    let choices = caller.booking().await.unwrap().services;
    let offer = choices.into_iter().find(|offer| offer.service == SERVICE);
    RequestEvent {
        service: SERVICE.to_owned(),
        person: time.person.clone(),
        starts_at: time.starts_at,
        video: false,
        attendees: Vec::new(),
        note: Some("My left knee".to_owned()),
        displayed_fee: offer.unwrap().fee,
    }
}

async fn booked(provider: &Provider, caller: &Caller) -> Event {
    let first = times(provider, caller, None).await.remove(0);
    let body = body(caller, &first).await;
    caller.request_event(&key(1), &body).await.unwrap()
}

fn to(time: &OfferedTime) -> RescheduleEvent {
    RescheduleEvent {
        person: time.person.clone(),
        starts_at: time.starts_at,
    }
}

fn message() -> SendMessage {
    SendMessage {
        subject: "Towels".to_owned(),
        text: "Do I bring one?".to_owned(),
    }
}

const FREE: CancelEvent = CancelEvent {
    displayed_charge: None,
};

#[tokio::test]
async fn a_customer_asks_for_a_time_writes_moves_and_cancels() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let event = booked(&provider, &customer).await;
    let id = &event.event.id;
    assert_eq!(event.event.status, EventStatus::Booked);
    assert_eq!(event.customer_note.as_deref(), Some("My left knee"));
    assert_eq!(customer.event(id).await.unwrap().event, event.event);

    let written = customer
        .send_message(id, &key(2), &message())
        .await
        .unwrap();
    assert_eq!(written.discussion.unwrap().left, 2);

    let other = times(&provider, &customer, Some(id)).await;
    let other = other
        .iter()
        .find(|time| time.starts_at != event.event.starts_at);
    let other = other.unwrap();
    let moved = customer
        .reschedule_event(id, &key(3), &to(other))
        .await
        .unwrap();
    assert_eq!(moved.event.starts_at, other.starts_at);
    assert_eq!(&moved.event.id, id);

    let cancelled = customer.cancel_event(id, &key(4), &FREE).await.unwrap();
    assert_eq!(cancelled.event.status, EventStatus::Cancelled);
    let again = customer.cancel_event(id, &key(5), &FREE).await;
    assert_eq!(refused(again), Code::NotChangeable);
}

#[tokio::test]
async fn a_lost_answer_asked_for_again_books_no_second_time() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let first = times(&provider, &customer, None).await.remove(0);
    let body = body(&customer, &first).await;
    let one = customer.request_event(&key(1), &body).await.unwrap();
    let again = customer.request_event(&key(1), &body).await.unwrap();
    assert_eq!(one.event.id, again.event.id);
}

#[tokio::test]
async fn a_time_that_somebody_has_is_nobody_elses() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let other = provider.signed_in(&OTHER_CUSTOMER).await;
    let first = times(&provider, &customer, None).await.remove(0);
    let body = body(&customer, &first).await;
    customer.request_event(&key(1), &body).await.unwrap();
    let late = other.request_event(&key(1), &body).await;
    assert_eq!(refused(late), Code::TimeTaken);
    let left = times(&provider, &other, None).await;
    assert!(!left.contains(&first));
}

#[tokio::test]
async fn somebody_elses_event_can_neither_be_moved_cancelled_nor_written_about() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let event = booked(&provider, &customer).await;
    let (id, other) = (&event.event.id, provider.signed_in(&OTHER_CUSTOMER).await);
    let free = times(&provider, &other, None).await.remove(0);
    let moved = other.reschedule_event(id, &key(1), &to(&free)).await;
    assert_eq!(refused(moved), Code::NotFound);
    let cancelled = other.cancel_event(id, &key(2), &FREE).await;
    assert_eq!(refused(cancelled), Code::NotFound);
    let written = other.send_message(id, &key(3), &message()).await;
    assert_eq!(refused(written), Code::NotFound);
    let moving = other.offered_times(&query(&provider, Some(id))).await;
    assert_eq!(refused(moving), Code::NotFound);
    let after = customer.event(id).await.unwrap();
    assert_eq!((after.event, after.version), (event.event, event.version));
}

#[tokio::test]
async fn a_guest_is_offered_nothing_and_changes_nothing() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let first = times(&provider, &customer, None).await.remove(0);
    let body = body(&customer, &first).await;
    let (guest, id) = (provider.guest(), EventId::parse("E-1015").unwrap());
    let out = Code::SignedOut;
    assert_eq!(refused(guest.booking().await), out);
    assert_eq!(
        refused(guest.offered_times(&query(&provider, None)).await),
        out
    );
    assert_eq!(refused(guest.request_event(&key(1), &body).await), out);
    let moved = guest.reschedule_event(&id, &key(2), &to(&first)).await;
    assert_eq!(refused(moved), out);
    assert_eq!(refused(guest.cancel_event(&id, &key(3), &FREE).await), out);
    let written = guest.send_message(&id, &key(4), &message()).await;
    assert_eq!(refused(written), out);
}
