//! What is written, read by another calendar library with zone rules of its own; and the zone
//! rules that are written, applied as a reader does who knows no zone.

use api_types::{
    AllDay, Day, DocumentState, EventStatus, EventSummary, InvoiceSummary, Money, MoneyState,
    NotPayable, Payable,
};
use calcard::common::timezone::Tz;
use calcard::icalendar::dates::TimeOrDelta;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Kind, ICalendarProperty as Name,
};
use jiff::civil::{DateTime, datetime};
use proptest::prelude::*;

use super::*;

fn entry(id: &str, from: &str, to: &str, zone: &str) -> Entry {
    let event = EventSummary {
        id: id.parse().unwrap(),
        service: "Physio".to_owned(),
        title: "A visit".to_owned(),
        starts_at: from.parse().unwrap(),
        ends_at: to.parse().unwrap(),
        zone: zone.to_owned(),
        all_day: None,
        status: EventStatus::Booked,
        hold_until: None,
        location: Some("Room 1".to_owned()),
        video: false,
        video_url: None,
        people: Vec::new(),
        needs_confirmation: false,
        confirmed_at: None,
        money: None,
    };
    Entry {
        event,
        note: None,
        sequence: 3,
        changed_at: "2026-11-20T08:00:00Z".parse().unwrap(),
    }
}

fn due() -> InvoiceSummary {
    let zero = Money::zero("EUR".parse().unwrap());
    let remaining = Money::from_minor(4500, zero.currency());
    InvoiceSummary {
        id: "INV-1".parse().unwrap(),
        number: "HC-1".to_owned(),
        name: "Treatment".to_owned(),
        issued_on: "2026-11-01".parse().unwrap(),
        due_on: "2026-12-31".parse().unwrap(),
        currency: zero.currency(),
        document: DocumentState::Open,
        state: MoneyState::Unpaid,
        overdue: false,
        service: None,
        total: remaining,
        paid: zero,
        remaining,
        on_its_way: zero,
        refunded: zero,
        pay: Payable {
            allowed: false,
            reason: Some(NotPayable::NoMethod),
            amount: remaining,
            least: None,
        },
    }
}

fn written(entries: &[Entry], due: &[InvoiceSummary]) -> String {
    let url = PublicUrl::parse("https://clinic.example.com/portal").unwrap();
    let words = words::of_language("en");
    let writer = Writer {
        url: &url,
        provider: "Harbour, Clinic; & Co",
        words: &words,
    };
    writer.feed(entries, due).unwrap()
}

fn read(text: &str) -> ICalendar {
    ICalendar::parse(text).unwrap_or_else(|why| panic!("{why:?} in {text}"))
}

fn events(calendar: &ICalendar) -> Vec<&ICalendarComponent> {
    let all = calendar.components.iter();
    all.filter(|of| of.component_type == Kind::VEvent).collect()
}

fn text<'a>(of: &'a ICalendarComponent, name: &Name) -> &'a str {
    let property = of.property(name).unwrap_or_else(|| panic!("{name:?}"));
    property.values[0].as_text().unwrap()
}

/// The clock of a property, and how far it is from UTC where it says so.
fn clock(of: &ICalendarComponent, name: &Name) -> (DateTime, Option<i64>) {
    let value = &of.property(name).unwrap().values[0];
    let at = value.as_partial_date_time().unwrap();
    let part = |part: Option<u8>| i8::try_from(part.unwrap_or_default()).unwrap();
    let shown = datetime(
        i16::try_from(at.year.unwrap()).unwrap(),
        part(at.month),
        part(at.day),
        part(at.hour),
        part(at.minute),
        part(at.second),
        0,
    );
    let offset = at.tz_hour.map(|hours| {
        let minutes = i64::from(hours) * 60 + i64::from(at.tz_minute.unwrap_or_default());
        if at.tz_minus { -minutes } else { minutes }
    });
    (shown, offset)
}

fn offset(of: &ICalendarComponent, name: &Name) -> i64 {
    let value = &of.property(name).unwrap().values[0];
    let at = value.as_partial_date_time().unwrap();
    let minutes = i64::from(at.tz_hour.unwrap()) * 60 + i64::from(at.tz_minute.unwrap_or_default());
    if at.tz_minus { -minutes } else { minutes }
}

/// The instant that a property means, by the zone rules in the calendar alone: the last change
/// that has begun by the clock holds.
fn by_the_rules(calendar: &ICalendar, of: &ICalendarComponent, name: &Name) -> i64 {
    let (shown, utc) = clock(of, name);
    let minutes = match (utc, of.property(name).unwrap().tz_id()) {
        (Some(offset), _) => offset,
        (None, None) => panic!("{name:?} floats"),
        (None, Some(zone)) => {
            let rules = calendar
                .components
                .iter()
                .find(|c| c.component_type == Kind::VTimezone && text(c, &Name::Tzid) == zone)
                .unwrap_or_else(|| panic!("no rules of {zone}"));
            let changes = rules.component_ids.iter();
            let changes = changes.map(|id| calendar.component_by_id(*id).unwrap());
            let begun = changes.filter(|change| {
                // By the clock before it: from there on the other one is shown.
                clock(change, &Name::Dtstart).0 <= shown
            });
            let last = begun.max_by_key(|change| clock(change, &Name::Dtstart).0);
            offset(last.expect("rules that have begun"), &Name::Tzoffsetto)
        }
    };
    let seconds = shown
        .duration_since(datetime(1970, 1, 1, 0, 0, 0, 0))
        .as_secs();
    seconds - minutes * 60
}

/// The instants of every event as the other library has them.
fn instants(calendar: &ICalendar) -> Vec<(i64, i64)> {
    let found = calendar.expand_dates(Tz::Floating, 1_000);
    assert_eq!(found.errors, []);
    let mut instants: Vec<_> = found
        .events
        .into_iter()
        .map(|event| {
            let end = match event.end {
                TimeOrDelta::Time(end) => end.timestamp(),
                TimeOrDelta::Delta(lasts) => (event.start + lasts).timestamp(),
            };
            (event.start.timestamp(), end)
        })
        .collect();
    instants.sort_unstable();
    instants
}

/// Every line has at most 75 bytes and ends as it should.
fn folded_well(text: &str) {
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
}

#[test]
fn an_event_without_length_has_no_end() {
    let at = "2026-12-12T10:00:00Z";
    let text = written(&[entry("E-1", at, at, "Europe/Dublin")], &[]);
    let calendar = read(&text);
    let event = events(&calendar)[0];
    assert!(event.property(&Name::Dtstart).is_some(), "{text}");
    assert!(event.property(&Name::Dtend).is_none(), "{text}");
}

#[test]
fn every_hour_around_a_change_of_the_clocks_is_read_as_it_is() {
    for (zone, change) in [
        ("Europe/Dublin", "2026-03-29T01:00:00Z"),
        ("Europe/Dublin", "2026-10-25T01:00:00Z"),
        ("America/New_York", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-11-01T06:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ] {
        let change: Timestamp = change.parse().unwrap();
        let mut entries = Vec::new();
        let mut expected = Vec::new();
        for quarter in -16..16_i64 {
            let millis = change.as_millis() + quarter * 900_000;
            let (from, to) = (millis, millis + 45 * 60_000);
            expected.push((from / 1000, to / 1000));
            let mut one = entry(
                &format!("E{}", quarter + 16),
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
                zone,
            );
            one.event.starts_at = Timestamp::from_millis(from).unwrap();
            one.event.ends_at = Timestamp::from_millis(to).unwrap();
            entries.push(one);
        }
        let text = written(&entries, &[]);
        let calendar = read(&text);
        assert_eq!(instants(&calendar), expected, "{zone} {change}");
        let ours: Vec<_> = events(&calendar)
            .into_iter()
            .map(|of| {
                let begins = by_the_rules(&calendar, of, &Name::Dtstart);
                (begins, by_the_rules(&calendar, of, &Name::Dtend))
            })
            .collect();
        assert_eq!(ours, expected, "{zone} {change}\n{text}");
        folded_well(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn any_event_is_read_as_it_is_by_the_rules_that_come_with_it(
        minutes in prop::collection::vec((28_000_000_i64..32_000_000, prop_oneof![9 => 1_i64..2_000, 1 => Just(0)]), 1..6),
        zone in 0..7_usize,
    ) {
        let zone = ["Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "UTC",
            "America/Santiago", "Asia/Kathmandu", "Etc/GMT+5"][zone];
        let (mut expected, mut entries) = (Vec::new(), Vec::new());
        for (number, (from, lasts)) in minutes.iter().enumerate() {
            let (from, to) = (from * 60, (from + lasts) * 60);
            let mut one = entry(&format!("E{number}"), "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z", zone);
            one.event.starts_at = Timestamp::from_millis(from * 1000).unwrap();
            one.event.ends_at = Timestamp::from_millis(to * 1000).unwrap();
            expected.push((from, to));
            entries.push(one);
        }
        let calendar = read(&written(&entries, &[]));
        let span = |of: &&ICalendarComponent| -> (i64, i64) {
            // Without an end it ends as it begins (RFC 5545, 3.6.1).
            let end = of.property(&Name::Dtend).map_or(Name::Dtstart, |_| Name::Dtend);
            [Name::Dtstart, end].map(|it| by_the_rules(&calendar, of, &it)).into()
        };
        let found: Vec<_> = events(&calendar).iter().map(span).collect();
        prop_assert_eq!(&found, &expected);
        let told = instants(&calendar);
        prop_assert_eq!(told.len(), expected.len());
        for (from, to) in expected {
            // The library has an event without an end last until midnight, against that section.
            let is_it = |span: &(i64, i64)| span.0 == from && (span.1 == to || from == to);
            prop_assert!(told.iter().any(is_it), "{from} to {to} is not in {told:?}");
        }
    }

    #[test]
    fn any_text_is_read_as_it_was_written(title in "[^\\p{Cc}]{1,300}", place in "[a-z,;:\\\\\"\n ]{1,200}") {
        let mut one = entry("E-1", "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z", "UTC");
        one.event.title = format!("x{title}x");
        one.event.location = Some(format!("x{place}x"));
        let text_written = written(&[one.clone()], &[]);
        folded_well(&text_written);
        let calendar = read(&text_written);
        let found = events(&calendar);
        prop_assert_eq!(text(found[0], &Name::Summary), one.event.title.as_str());
        prop_assert_eq!(Some(text(found[0], &Name::Location)), one.event.location.as_deref());
    }
}

#[test]
fn an_event_is_followed_by_its_id_and_by_how_often_it_changed() {
    let mut moved = entry(
        "E-1",
        "2026-11-24T09:00:00Z",
        "2026-11-24T10:00:00Z",
        "Europe/Dublin",
    );
    let before = read(&written(&[moved.clone()], &[]));
    moved.sequence += 1;
    moved.event.starts_at = "2026-11-25T09:00:00Z".parse().unwrap();
    moved.event.ends_at = "2026-11-25T10:00:00Z".parse().unwrap();
    let after = read(&written(&[moved.clone()], &[]));
    moved.sequence += 1;
    moved.event.status = EventStatus::Cancelled;
    let called_off = read(&written(&[moved], &[]));
    let told = |calendar: &ICalendar| {
        let of = events(calendar)[0];
        let sequence = of.property(&Name::Sequence).unwrap().values[0].as_integer();
        let status = text(of, &Name::Status).to_owned();
        (of.uid().unwrap().to_owned(), sequence.unwrap(), status)
    };
    let id = || "E-1@clinic.example.com".to_owned();
    assert_eq!(told(&before), (id(), 3, "CONFIRMED".to_owned()));
    assert_eq!(told(&after), (id(), 4, "CONFIRMED".to_owned()));
    assert_eq!(told(&called_off), (id(), 5, "CANCELLED".to_owned()));
    assert_ne!(instants(&before), instants(&after));
    for (status, word) in [
        (EventStatus::Requested, "TENTATIVE"),
        (EventStatus::Held, "TENTATIVE"),
        (EventStatus::Attended, "CONFIRMED"),
        (EventStatus::NoShow, "CONFIRMED"),
        (EventStatus::Declined, "CANCELLED"),
        (EventStatus::Expired, "CANCELLED"),
    ] {
        let mut one = entry("E-1", "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z", "UTC");
        one.event.status = status;
        assert_eq!(told(&read(&written(&[one], &[]))).2, word, "{status:?}");
    }
}

#[test]
fn days_without_hours_are_dates_and_due_days_take_no_time() {
    let mut camp = entry(
        "E-2",
        "2026-12-24T00:00:00Z",
        "2026-12-27T00:00:00Z",
        "Europe/Dublin",
    );
    let day = |text: &str| Day::parse(text).unwrap();
    camp.event.all_day = Some(AllDay {
        first: day("2026-12-24"),
        last: day("2026-12-26"),
    });
    let text_written = written(&[camp], &[due()]);
    for line in [
        "DTSTART;VALUE=DATE:20261224\r\n",
        // The day after the last one.
        "DTEND;VALUE=DATE:20261227\r\n",
        "DTSTART;VALUE=DATE:20261231\r\n",
        "DTEND;VALUE=DATE:20270101\r\n",
        "TRANSP:TRANSPARENT\r\n",
    ] {
        assert!(text_written.contains(line), "{line} in {text_written}");
    }
    assert!(!text_written.contains("VTIMEZONE"), "nothing has hours");
    let calendar = read(&text_written);
    let found = events(&calendar);
    assert_eq!(found[1].uid(), Some("due-INV-1@clinic.example.com"));
    let says = text(found[1], &Name::Summary);
    assert_eq!(says, "Invoice HC-1 is due: EUR 45.00");
}

#[test]
fn an_entry_says_where_with_whom_and_where_more_stands() {
    let mut one = entry("E-1", "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z", "UTC");
    one.event.title = "Physio, \"back\"; part 1\\2 — Áine’s very long title that no single line of any file could hold".to_owned();
    one.event.people = vec!["Dr Okafor".to_owned(), "Bea, the trainee".to_owned()];
    one.note = Some("Bring shoes;\r\nring the bell\u{7}".to_owned());
    let calendar = read(&written(&[one.clone()], &[]));
    let of = events(&calendar)[0];
    assert_eq!(text(of, &Name::Summary), one.event.title);
    assert_eq!(text(of, &Name::Location), "Room 1");
    let page = "https://clinic.example.com/portal/calendar/events/E-1";
    let description =
        format!("With Dr Okafor, Bea, the trainee\nBring shoes;\nring the bell\n{page}");
    assert_eq!(text(of, &Name::Description), description);
    assert_eq!(
        text(&calendar.components[0], &Name::Name),
        "Harbour, Clinic; & Co"
    );

    one.event.video = true;
    one.event.location = None;
    let awaited = written(&[one.clone()], &[]);
    assert!(awaited.contains("Awaiting video session link"), "{awaited}");
    one.event.video_url = Some("https://video.example.com/r/1".to_owned());
    let calendar = read(&written(&[one], &[]));
    let of = events(&calendar)[0];
    assert_eq!(text(of, &Name::Location), "https://video.example.com/r/1");
}

#[test]
fn the_same_account_gives_the_same_bytes() {
    let one = entry(
        "E-1",
        "2026-11-24T09:00:00Z",
        "2026-11-24T10:00:00Z",
        "Europe/Dublin",
    );
    let first = written(std::slice::from_ref(&one), &[due()]);
    assert_eq!(first, written(&[one], &[due()]));
    // No stamp of now and no random id has come from anywhere.
    assert_eq!(first.matches("DTSTAMP").count(), 2);
    assert_eq!(first.matches("UID:").count(), 2);
}
