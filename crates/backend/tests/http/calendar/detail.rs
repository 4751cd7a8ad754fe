//! One event: what its page shows, and its file for other calendars.

use api_types::{
    Confirmation, Detail, Event, EventLink, EventStatus, MethodKind, NotPayable, Payable,
};
use backend::db::events::{self, EventDocumentKind, NewEvent};
use backend::settings::{Method, Settings};

use super::{event, put, with_events};
use test_support::{SignedIn, Site, euros, problem};

async fn find(ada: &SignedIn<'_>, id: &str) -> Event {
    let answer = ada.get(&format!("/api/v1/events/{id}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

fn transfers(settings: &mut Settings) {
    let euros = vec!["EUR".parse().unwrap()];
    let id = "transfer".parse().unwrap();
    let mut method = Method::new(id, MethodKind::BankTransfer, euros, None);
    method.instructions = vec![Detail {
        label: "IBAN".to_owned(),
        value: "XX00 0000".to_owned(),
    }];
    settings.methods = vec![method];
}

fn amount(pay: Option<Payable>) -> Option<(bool, Option<NotPayable>, i64)> {
    pay.map(|pay| (pay.allowed, pay.reason, pay.amount.minor()))
}

#[tokio::test]
async fn an_event_is_its_customers_alone() {
    let site = with_events().await;
    let (ada, ben) = (site.signed_in("ada").await, site.signed_in("ben").await);
    let found = find(&ada, "E-3").await;
    assert_eq!(found.event.title, "Physiotherapy, 60 minutes");
    for path in [
        "/api/v1/events/E-3",
        "/api/v1/events/E-3/ics",
        "/api/v1/events/E-99",
    ] {
        assert_eq!(
            ben.get(path).await.code(),
            problem(404, "not_found"),
            "{path}"
        );
        let guest = site.send(test_support::get(path)).await;
        assert_eq!(guest.code(), problem(401, "signed_out"), "{path}");
    }
}

#[tokio::test]
async fn a_map_shows_the_place_whatever_is_written_in_it() {
    let site = Site::with(|settings| {
        settings.calendar.map = Some("https://maps.example.com/?q={place}&z=15".to_owned());
    })
    .await;
    let new = NewEvent {
        location: Some("Café & Co, 1 Quay #2".to_owned()),
        ..event("E-1", "2026-12-01T10:00:00Z")
    };
    put(&site, &new).await;
    let nowhere = NewEvent {
        location: None,
        ..event("E-2", "2026-12-01T10:00:00Z")
    };
    put(&site, &nowhere).await;
    let ada = site.signed_in("ada").await;
    let map = "https://maps.example.com/?q=Caf%C3%A9%20%26%20Co%2C%201%20Quay%20%232&z=15";
    assert_eq!(find(&ada, "E-1").await.map_url.as_deref(), Some(map));
    assert_eq!(find(&ada, "E-2").await.map_url, None);
    let plain = with_events().await;
    assert_eq!(
        find(&plain.signed_in("ada").await, "E-3").await.map_url,
        None
    );
}

#[tokio::test]
async fn papers_stand_apart_and_writing_is_there_where_it_is_on() {
    let site = Site::with(|settings| settings.calendar.discussion = true).await;
    put(&site, &event("E-1", "2026-12-01T10:00:00Z")).await;
    let link = |title: &str, to_complete| EventLink {
        title: title.to_owned(),
        url: "https://forms.example.com/1".to_owned(),
        to_complete,
    };
    let (form, letter) = (link("Questions", Some(true)), link("Letter", None));
    let id = "E-1".parse().unwrap();
    site.app
        .db()
        .write(async |tx| {
            events::add_document(tx, &id, EventDocumentKind::Document, &form).await?;
            events::add_document(tx, &id, EventDocumentKind::Referral, &letter).await
        })
        .await
        .unwrap();
    let ada = site.signed_in("ada").await;
    let found = find(&ada, "E-1").await;
    assert_eq!(
        (found.documents, found.referrals),
        (vec![form], vec![letter])
    );
    let discussion = found.discussion.unwrap();
    assert_eq!((discussion.messages.len(), discussion.left), (0, 3));
    let off = with_events().await;
    assert_eq!(
        find(&off.signed_in("ada").await, "E-3").await.discussion,
        None
    );
}

#[tokio::test]
async fn what_can_be_paid_is_said_with_why_not() {
    let site = Site::with(transfers).await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let new = |id: &str| event(id, "2026-12-01T10:00:00Z");
    let with = |id: &str, status| NewEvent { status, ..new(id) };
    for new in [
        NewEvent {
            deposit: Some(euros("20.00")),
            ..new("E-1")
        },
        NewEvent {
            fee: None,
            ..new("E-2")
        },
        with("E-3", EventStatus::Requested),
        with("E-4", EventStatus::Cancelled),
        with("E-5", EventStatus::Attended),
        NewEvent {
            invoice: Some("INV-1".parse().unwrap()),
            ..with("E-6", EventStatus::Attended)
        },
    ] {
        put(&site, &new).await;
    }
    let ada = site.signed_in("ada").await;
    for (id, pay, deposit) in [
        ("E-1", Some((true, None, 6500)), Some((true, None, 2000))),
        ("E-2", None, None),
        ("E-3", None, None),
        ("E-4", None, None),
        ("E-5", Some((true, None, 6500)), None),
        ("E-6", Some((true, None, 4500)), None),
    ] {
        let found = find(&ada, id).await;
        assert_eq!(amount(found.pay), pay, "{id}");
        assert_eq!(amount(found.pay_deposit), deposit, "{id}");
    }
    let nothing = with_events().await;
    let found = find(&nothing.signed_in("ada").await, "E-3").await;
    let no_method = Some((false, Some(NotPayable::NoMethod), 6500));
    assert_eq!(amount(found.pay), no_method);
}

#[tokio::test]
async fn what_is_over_can_be_confirmed_and_what_does_not_take_place_cannot() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    for (id, status, can) in [
        ("E-1", EventStatus::Booked, true),
        ("E-2", EventStatus::Attended, true),
        ("E-3", EventStatus::NoShow, true),
        ("E-4", EventStatus::Requested, false),
        ("E-5", EventStatus::Declined, false),
        ("E-6", EventStatus::Cancelled, false),
        ("E-7", EventStatus::Expired, false),
    ] {
        let new = NewEvent {
            status,
            ..event(id, "2026-11-02T10:00:00Z")
        };
        put(&site, &new).await;
        assert_eq!(find(&ada, id).await.can_confirm, can, "{id}");
        let path = format!("/api/v1/events/{id}/confirmation");
        let answer = site.send(ada.request_to_write(&path, "key", "{}")).await;
        if can {
            let said: Confirmation = answer.json();
            assert_eq!(said.confirmed_at, site.app.now());
            assert!(!find(&ada, id).await.can_confirm, "it is said already");
        } else {
            assert_eq!(answer.code(), problem(422, "invalid"), "{id}");
        }
    }
}

#[tokio::test]
async fn one_event_is_a_file_for_other_calendars() {
    let site = with_events().await;
    let ada = site.signed_in("ada").await;
    let answer = ada.get("/api/v1/events/E-3/ics").await;
    assert_eq!(
        answer.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    let name = "attachment; filename=\"E-3.ics\"; filename*=UTF-8''E-3.ics";
    assert_eq!(answer.header("content-disposition"), name);
    assert_eq!(answer.header("cache-control"), "no-store");
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    for line in [
        "BEGIN:VCALENDAR\r\n",
        "UID:E-3@localhost:8080\r\n",
        "SEQUENCE:0\r\n",
        "DTSTART;TZID=Europe/Dublin:20261201T100000\r\n",
        "URL:http://localhost:8080/calendar/events/E-3\r\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[tokio::test]
async fn only_what_other_calendars_must_hear_of_counts() {
    let site = Site::open().await;
    let first = event("E-1", "2026-12-01T10:00:00Z");
    put(&site, &first).await;
    let ada = site.signed_in("ada").await;
    let sequence = async || {
        let answer = ada.get("/api/v1/events/E-1/ics").await;
        let text = String::from_utf8(answer.body.to_vec()).unwrap();
        let line = |name: &str| {
            let mut lines = text.lines();
            let found = lines.find_map(|line| line.strip_prefix(name));
            found.unwrap().to_owned()
        };
        (line("SEQUENCE:"), line("LAST-MODIFIED:"))
    };
    let told = |sequence: &str, at: &str| (sequence.to_owned(), at.to_owned());
    let mut now = first.clone();
    site.advance(10);
    now.fee = Some(euros("70.00"));
    now.note = Some("Bring shoes".to_owned());
    put(&site, &now).await;
    assert_eq!(sequence().await, told("0", "20261121T120000Z"));
    now.starts_at = "2026-12-01T09:00:00Z".parse().unwrap();
    put(&site, &now).await;
    assert_eq!(sequence().await, told("1", "20261121T121000Z"));
    site.advance(10);
    now.location = Some("Room 3".to_owned());
    put(&site, &now).await;
    put(&site, &now).await;
    assert_eq!(sequence().await, told("2", "20261121T122000Z"));
    now.status = EventStatus::Cancelled;
    put(&site, &now).await;
    assert_eq!(sequence().await.0, "3");
    now.status = EventStatus::Booked;
    put(&site, &now).await;
    // Whether somebody came is none of other calendars' business.
    now.status = EventStatus::Attended;
    put(&site, &now).await;
    assert_eq!(sequence().await.0, "4");
}
