//! What is wrong with the files of the calendar is named by file, line and column.

use api_types::RequestEvent;

use super::calendar::{CALENDAR, whole};
use super::{GOOD, Options, import_files, options};
use crate::db::booking;
use crate::db::tests::portal::{Portal, at, id, terms};
use crate::settings::Requests;

/// What is said of the files of the calendar where a piece of one is another one.
async fn said(file: &str, from: &str, to: &str) -> String {
    let mut files = whole();
    let (_, text) = files.iter().find(|(name, _)| *name == file).unwrap();
    assert!(text.contains(from), "{from} stands in {file}");
    let changed = text.replacen(from, to, 1);
    files.retain(|(name, _)| *name != file);
    files.push((file, &changed));
    let portal = Portal::empty().await;
    let refused = import_files(&portal.db, &files, &options()).await;
    refused.unwrap_err().to_string()
}

#[tokio::test]
async fn what_is_wrong_with_an_offer_is_named() {
    for (from, to, says) in [
        (
            "of-2,",
            "of-1,",
            "line 3, column id: offer of-1 stands in line 2 already",
        ),
        ("of-1", "of 1", "line 2, column id: an id is"),
        (
            "tue",
            "Tuesday",
            "line 2, column weekday: it has to be one of: mon, tue, wed",
        ),
        (
            "09:00",
            "9.00",
            "line 2, column from: a time of day is written HH:MM",
        ),
        (
            "12:30",
            "09:00",
            "line 2, column to: it has to be later than from",
        ),
        (
            "12:30",
            "25:00",
            "line 2, column to: a time of day is written HH:MM",
        ),
        (
            ",45,",
            ",240,",
            "line 2, column minutes: nothing that long fits",
        ),
        (
            ",45,",
            ",an hour,",
            "line 2, column minutes: minutes are a whole number",
        ),
        (
            ",60,",
            ",0,",
            "line 2, column every_minutes: minutes are a whole number",
        ),
        (
            "30,,,yes",
            "30,,,no",
            "line 3, column location: it is empty, and has to be filled in, unless",
        ),
        (
            "yes,65.00",
            "maybe,65.00",
            "line 2, column video: it has to be one of: yes, no",
        ),
        (
            "Europe/Dublin",
            "Dublin",
            "line 2, column zone: a zone is an IANA name",
        ),
        (
            "Europe/Dublin",
            "Factory",
            "line 2, column zone: a zone is an IANA name",
        ),
        (
            "Europe/Dublin",
            "localtime",
            "line 2, column zone: a zone is an IANA name",
        ),
        (
            "20.00",
            "65.01",
            "line 2, column deposit: a deposit is a part of the fee",
        ),
        (
            "65.00,",
            ",",
            "line 2, column deposit: a deposit is a part of the fee",
        ),
        ("65.00", "-1.00", "line 2, column fee: it is less than zero"),
        ("EUR", "", "line 2, column currency: fee is filled in"),
        (
            "2026-12-31",
            "2026-10-31",
            "line 2, column last_on: it lies before first_on",
        ),
        (
            "2026-11-01",
            "1 November",
            "line 2, column first_on: a day is written YYYY-MM-DD",
        ),
        ("weekday,", "", "line 1 does not name the column weekday"),
    ] {
        let said = said("offers.csv", from, to).await;
        assert!(said.starts_with("offers.csv"), "{said}");
        assert!(said.contains(says), "{said}\nwas to say: {says}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_closure_is_named() {
    for (from, to, says) in [
        (
            "cl-2",
            "cl-1",
            "line 3, column id: closure cl-1 stands in line 2 already",
        ),
        (
            "2026-12-27",
            "2026-12-24",
            "line 2, column ends_at: it has to end after it starts",
        ),
        (
            "2026-12-24T00:00",
            "2026-12-24",
            "line 2, column starts_at: a time is written",
        ),
        ("Asia/Tokyo", "", "line 2, column zone: it is empty"),
        (
            "Sinéad Walsh",
            "Sinead Walsh",
            "line 2, column person: nothing is offered by Sinead Walsh",
        ),
    ] {
        let said = said("closures.csv", from, to).await;
        assert!(said.starts_with("closures.csv, "), "{said}");
        assert!(said.contains(says), "{said}\nwas to say: {says}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_paper_is_named() {
    for (from, to, says) in [
        (
            "ev-1,referral",
            "ev-9,referral",
            "line 3, column event: there is no event ev-9",
        ),
        (
            "referral",
            "letter",
            "line 3, column kind: it has to be one of: document, referral",
        ),
        (
            "https://www.example.com/form",
            "http://www.example.com/form",
            "line 2, column url: a link begins with https://",
        ),
        (
            "/referral,",
            "/referral,yes",
            "line 3, column to_complete: a referral is not filled in",
        ),
        (
            "/form,yes",
            "/form,done",
            "line 2, column to_complete: it has to be one of: yes, no",
        ),
        ("Health form", "", "line 2, column title: it is empty"),
    ] {
        let said = said("event_links.csv", from, to).await;
        assert!(said.starts_with("event_links.csv, "), "{said}");
        assert!(said.contains(says), "{said}\nwas to say: {says}");
    }
}

#[tokio::test]
async fn an_event_has_hours_or_days_and_not_both() {
    let head =
        "id,customer,service,title,zone,status,starts_at,ends_at,first_on,last_on,video,video_url";
    let (from, to) = ("2026-12-04T09:00", "2026-12-04T10:00");
    let (first, last) = ("2026-12-04", "2026-12-06");
    for (when, says) in [
        (
            ",,,,,".to_owned(),
            "column starts_at: it is empty; fill in starts_at and ends_at, or first_on and last_on",
        ),
        (
            format!(",{to},,,,"),
            "column starts_at: it is empty, and has to be filled in",
        ),
        (
            format!("{from},,,,,"),
            "column ends_at: it is empty, and has to be filled in",
        ),
        (
            format!(",,{first},,,"),
            "column last_on: it is empty, and has to be filled in",
        ),
        (
            format!(",,,{last},,"),
            "column first_on: it is empty, and has to be filled in",
        ),
        (
            format!("{from},{to},{first},{last},,"),
            "column first_on: an event has hours or days; leave",
        ),
        (
            format!("{from},{to},,{last},,"),
            "column last_on: an event has hours or days; leave",
        ),
        (
            format!("{from},,{first},{last},,"),
            "column first_on: an event has hours or days; leave",
        ),
        (
            format!(",,{last},{first},,"),
            "column last_on: it lies before first_on",
        ),
        (
            format!("{to},{from},,,,"),
            "column ends_at: it ends before it starts",
        ),
        (
            format!("{from},{to},,,no,https://v.example.com"),
            "column video: video_url is filled in, so this is yes",
        ),
    ] {
        let events = format!("{head}\nev-1,ann,Camp,Camp,Europe/Dublin,booked,{when}\n");
        let files = [GOOD[0], ("events.csv", events.as_str())];
        let portal = Portal::empty().await;
        let refused = import_files(&portal.db, &files, &options()).await;
        let said = refused.unwrap_err().to_string();
        assert!(
            said.starts_with(&format!("events.csv, line 2, {says}")),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_service_has_one_length_and_one_price() {
    let (head, rows) = CALENDAR[1].1.split_once('\n').unwrap();
    let (first, _) = rows.split_once('\n').unwrap();
    let other = first.replace("of-1", "of-9");
    for (from, to, at_odds) in [
        ("tue", "wed", false),
        ("Sinéad Walsh", "Tadhg Roche", false),
        (",45,", ",30,", true),
        ("65.00", "60.00", true),
        ("20.00", "", true),
        ("EUR", "USD", true),
    ] {
        let offers = format!("{head}\n{first}\n{}\n", other.replace(from, to));
        let portal = Portal::empty().await;
        let files = [("offers.csv", offers.as_str())];
        let imported = import_files(&portal.db, &files, &options()).await;
        assert_eq!(imported.is_err(), at_odds, "{from} {to}");
        if let Err(refused) = imported {
            let said = refused.to_string();
            assert!(
                said.contains("offers.csv, line 3, column service: offer of-1 of Physiotherapy"),
                "{said}"
            );
        }
    }
    // An offer that has ended says nothing any more: it is 2026-11-21.
    for (last_on, at_odds) in [("2026-11-20", false), ("2026-11-21", true)] {
        let ended = other
            .replace("2026-12-31", last_on)
            .replace("65.00", "60.00");
        let offers = format!("{head}\n{first}\n{ended}\n");
        let portal = Portal::empty().await;
        let files = [("offers.csv", offers.as_str())];
        let imported = import_files(&portal.db, &files, &options()).await;
        assert_eq!(imported.is_err(), at_odds, "{last_on}");
    }
    // What comes later is held against what is known.
    let portal = Portal::empty().await;
    let known = format!("{head}\n{first}\n");
    import_files(&portal.db, &[("offers.csv", known.as_str())], &options())
        .await
        .unwrap();
    let cheaper = format!("{head}\n{}\n", other.replace("65.00", "30.00"));
    let refused = import_files(&portal.db, &[("offers.csv", &cheaper)], &options()).await;
    let said = refused.unwrap_err().to_string();
    assert!(
        said.starts_with("offers.csv, line 2, column service: offer of-1"),
        "{said}"
    );
}

#[tokio::test]
async fn what_is_known_changes_only_by_an_update() {
    let portal = Portal::empty().await;
    import_files(&portal.db, &whole(), &options())
        .await
        .unwrap();
    for (file, says) in [
        (
            CALENDAR[0],
            "event_links.csv, line 2, column event: event ev-1 has documents or referrals already",
        ),
        (
            CALENDAR[1],
            "offers.csv, line 2, column id: offer of-1 is known already",
        ),
        (
            CALENDAR[2],
            "closures.csv, line 2, column id: closure cl-1 is known already",
        ),
    ] {
        let refused = import_files(&portal.db, &[file], &options()).await;
        let said = refused.unwrap_err().to_string();
        assert!(said.starts_with(says), "{said}");
        assert!(said.contains("import with --update"), "{said}");
    }
    let updating = Options {
        update: true,
        ..options()
    };
    import_files(&portal.db, &whole(), &updating).await.unwrap();
    assert_eq!(
        portal.document_rows("ev-1").await.len(),
        2,
        "the same files again change nothing"
    );
}

#[tokio::test]
async fn an_update_cannot_give_one_time_of_one_person_twice() {
    let portal = Portal::empty().await;
    let offers = "id,service,person,weekday,from,to,zone,minutes,location\n\
         of-1,Massage,Tadhg Roche,mon,09:00,11:00,Europe/Dublin,60,Room 2\n";
    let files = [GOOD[0], ("offers.csv", offers)];
    import_files(&portal.db, &files, &options()).await.unwrap();
    let mut terms = terms("2026-11-21");
    terms.calendar.requests = Requests::Book;
    for (event, customer, starts_at) in [
        ("first", "ann", "2026-11-23T09:00:00Z"),
        ("second", "bob", "2026-11-23T10:00:00Z"),
    ] {
        let (event, customer) = (id(event), id(customer));
        let body = RequestEvent {
            service: "Massage".to_owned(),
            person: "Tadhg Roche".to_owned(),
            starts_at: at(starts_at),
            video: false,
            attendees: Vec::new(),
            note: None,
            displayed_fee: None,
        };
        let asked = portal
            .db
            .write(async |tx| booking::ask(tx, &customer, &event, &body, &terms).await);
        asked.await.unwrap();
    }
    let events = "id,customer,service,title,starts_at,ends_at,zone,status,people\n\
         second,bob,Massage,Massage,2026-11-23T09:00,2026-11-23T10:00,Europe/Dublin,booked,Tadhg Roche\n";
    let updating = Options {
        update: true,
        ..options()
    };
    let refused = import_files(&portal.db, &[("events.csv", events)], &updating).await;
    let said = refused.unwrap_err().to_string();
    assert!(
        said.starts_with(
            "events.csv, line 2, column starts_at: Tadhg Roche has another event then"
        ),
        "{said}"
    );
    let second = portal.event_row("second").await;
    assert_eq!(second.starts_at, at("2026-11-23T10:00:00Z").as_millis());
}
