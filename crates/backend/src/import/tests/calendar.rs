//! Events of every shape, their documents, offers, closures and attendees come in from files.

use api_types::{Day, Timestamp};

use super::{GOOD, Options, good_but, import_files, options};
use crate::db::customers;
use crate::db::tests::portal::{Portal, at, id};

/// What goes with the good files, of the calendar.
pub const CALENDAR: [(&str, &str); 3] = [
    (
        "event_links.csv",
        "event,kind,title,url,to_complete\n\
         ev-1,document,Health form,https://www.example.com/form,yes\n\
         ev-1,referral,Referral by Dr Hale,https://www.example.com/referral,\n",
    ),
    (
        "offers.csv",
        "id,service,person,weekday,from,to,zone,minutes,every_minutes,location,video,fee,deposit,currency,first_on,last_on,known_only\n\
         of-1,Physiotherapy,Sinéad Walsh,tue,09:00,12:30,Europe/Dublin,45,60,Room 2,yes,65.00,20.00,EUR,2026-11-01,2026-12-31,yes\n\
         of-2,Advice,Sinéad Walsh,sun,22:00,24:00,Asia/Tokyo,30,,,yes,,,,,,\n",
    ),
    (
        "closures.csv",
        "id,person,starts_at,ends_at,zone\n\
         cl-1,Sinéad Walsh,2026-12-24T00:00,2026-12-27T00:00,Asia/Tokyo\n\
         cl-2,,2026-12-25T12:00,2026-12-25T18:00,Europe/Dublin\n",
    ),
];

/// The good files with those of the calendar.
pub fn whole() -> Vec<(&'static str, &'static str)> {
    GOOD.into_iter().chain(CALENDAR).collect()
}

fn updating() -> Options {
    Options {
        update: true,
        ..options()
    }
}

async fn with_events(rows: &str) -> Portal {
    let events = format!(
        "id,customer,service,title,starts_at,ends_at,zone,status,first_on,last_on,video,video_url,\
         people,host,note,location\n{rows}"
    );
    let files = good_but(&[("events.csv", Some(&events))]);
    let portal = Portal::empty().await;
    import_files(&portal.db, &files, &options()).await.unwrap();
    portal
}

fn between(starts_at: i64, ends_at: i64) -> (Timestamp, Timestamp) {
    let instant = |millis| Timestamp::from_millis(millis).unwrap();
    (instant(starts_at), instant(ends_at))
}

#[tokio::test]
async fn an_event_without_hours_lies_between_two_midnights_of_its_zone() {
    let portal = with_events(
        "days,ann,Camp,Camp,,,America/New_York,booked,2026-10-31,2026-11-02,,,,,,\n\
         one,ann,Camp,Camp,,,Asia/Tokyo,booked,2026-12-04,2026-12-04,,,,,,\n",
    )
    .await;
    let days = portal.event_row("days").await;
    // Summer time ends on the second of the three days.
    assert_eq!(
        between(days.starts_at, days.ends_at),
        (at("2026-10-31T04:00:00Z"), at("2026-11-03T05:00:00Z"))
    );
    assert_eq!(days.first_on.as_deref(), Some("2026-10-31"));
    assert_eq!(days.last_on.as_deref(), Some("2026-11-02"));
    let one = portal.event_row("one").await;
    assert_eq!(
        between(one.starts_at, one.ends_at),
        (at("2026-12-03T15:00:00Z"), at("2026-12-04T15:00:00Z"))
    );
}

#[tokio::test]
async fn an_event_with_hours_has_no_days() {
    let portal = with_events(
        "night,ann,Sleep,Sleep,2026-12-10T22:00,2026-12-11T06:30,Europe/Dublin,booked,,,,,,,,\n",
    )
    .await;
    let night = portal.event_row("night").await;
    assert_eq!((night.first_on, night.last_on), (None, None));
    assert_eq!(
        between(night.starts_at, night.ends_at),
        (at("2026-12-10T22:00:00Z"), at("2026-12-11T06:30:00Z"))
    );
}

#[tokio::test]
async fn an_address_makes_a_video_session_and_one_may_come_later() {
    let row = |id: &str, video: &str| {
        format!("{id},ann,Call,Call,2026-12-10T10:00,2026-12-10T11:00,UTC,booked,,,{video},,,,\n")
    };
    let url = "https://video.example.com/x";
    let rows = [
        row("by-address", &format!(",{url}")),
        row("with-address", &format!("yes,{url}")),
        row("awaited", "yes,"),
        row("at-a-place", "no,"),
        row("nothing-said", ","),
    ];
    let portal = with_events(&rows.concat()).await;
    for (event, video, address) in [
        ("by-address", true, Some(url)),
        ("with-address", true, Some(url)),
        ("awaited", true, None),
        ("at-a-place", false, None),
        ("nothing-said", false, None),
    ] {
        let row = portal.event_row(event).await;
        assert_eq!(
            (row.video, row.video_url.as_deref()),
            (video, address),
            "{event}"
        );
    }
}

#[tokio::test]
async fn whose_time_it_takes_is_the_host_or_else_the_first_of_the_people() {
    let row = |id: &str, people: &str| {
        format!("{id},ann,Call,Call,2026-12-10T10:00,2026-12-10T11:00,UTC,booked,,,,,{people},\n")
    };
    let rows = [
        row("said", "Cy Day; Di Fox,Di Fox,Bring a towel"),
        row("first", "Cy Day; Di Fox,,"),
        row("nobody", ",,"),
    ];
    let portal = with_events(&rows.concat()).await;
    for (event, host, people, note) in [
        (
            "said",
            Some("Di Fox"),
            "Cy Day\nDi Fox",
            Some("Bring a towel"),
        ),
        ("first", Some("Cy Day"), "Cy Day\nDi Fox", None),
        ("nobody", None, "", None),
    ] {
        let row = portal.event_row(event).await;
        let is = (
            row.host.as_deref(),
            row.people.as_str(),
            row.note.as_deref(),
        );
        assert_eq!(is, (host, people, note), "{event}");
    }
}

#[tokio::test]
async fn offers_and_closures_come_in_as_they_are_written() {
    let portal = Portal::empty().await;
    let summary = import_files(&portal.db, &whole(), &options())
        .await
        .unwrap();
    for (what, added) in [("offers", 2), ("closures", 2), ("event links", 2)] {
        assert_eq!(summary.counts[what].added, added, "{what}");
    }
    let offer = portal.offer_row("of-1").await;
    assert_eq!(
        (offer.service.as_str(), offer.person.as_str(), offer.weekday),
        ("Physiotherapy", "Sinéad Walsh", 2)
    );
    assert_eq!((offer.from_minute, offer.to_minute), (540, 750));
    assert_eq!((offer.minutes, offer.every_minutes), (45, 60));
    assert_eq!(
        (offer.location.as_deref(), offer.video),
        (Some("Room 2"), true)
    );
    assert_eq!(
        (
            offer.fee_minor,
            offer.deposit_minor,
            offer.currency.as_deref()
        ),
        (Some(6500), Some(2000), Some("EUR"))
    );
    assert_eq!(offer.first_on.as_deref(), Some("2026-11-01"));
    assert_eq!(offer.last_on.as_deref(), Some("2026-12-31"));
    assert!(offer.known_only);
    let late = portal.offer_row("of-2").await;
    assert_eq!(
        (late.weekday, late.to_minute, late.zone.as_str()),
        (7, 1440, "Asia/Tokyo")
    );
    assert_eq!(
        (late.every_minutes, late.location),
        (30, None),
        "one follows the other"
    );
    let away = portal.closure_row("cl-1").await;
    assert_eq!(away.person.as_deref(), Some("Sinéad Walsh"));
    assert_eq!(
        between(away.starts_at, away.ends_at),
        (at("2026-12-23T15:00:00Z"), at("2026-12-26T15:00:00Z"))
    );
    assert_eq!(portal.closure_row("cl-2").await.person, None);
}

#[tokio::test]
async fn an_update_changes_offers_and_closures_and_replaces_documents_of_the_events_it_names() {
    let portal = Portal::empty().await;
    let (_, events) = GOOD[5];
    let links = format!(
        "{}ev-2,document,How to find us,https://www.example.com/way,\n",
        CALENDAR[0].1
    );
    let mut files = whole();
    files.retain(|(name, _)| *name != "event_links.csv");
    files.push(("event_links.csv", &links));
    import_files(&portal.db, &files, &options()).await.unwrap();
    let (offers, _) = CALENDAR[1].1.split_once("of-2").unwrap();
    let offers = offers.replace(",tue,", ",fri,").replace("20.00", "25.00");
    let (closures, _) = CALENDAR[2].1.split_once("cl-2").unwrap();
    let closures = closures.replace("12-27", "12-28");
    let changes = [
        ("events.csv", events),
        ("offers.csv", offers.as_str()),
        ("closures.csv", closures.as_str()),
        (
            "event_links.csv",
            "event,kind,title,url,to_complete\n\
             ev-1,document,Health form,https://www.example.com/form,no\n",
        ),
    ];
    let summary = import_files(&portal.db, &changes, &updating())
        .await
        .unwrap();
    assert_eq!(
        (
            summary.counts["offers"].changed,
            summary.counts["closures"].changed
        ),
        (1, 1)
    );
    let offer = portal.offer_row("of-1").await;
    assert_eq!((offer.weekday, offer.deposit_minor), (5, Some(2500)));
    assert_eq!(
        portal.offer_row("of-2").await.weekday,
        7,
        "what is not named stays"
    );
    assert_eq!(
        portal.closure_row("cl-1").await.ends_at,
        at("2026-12-27T15:00:00Z").as_millis()
    );
    let documents = portal.document_rows("ev-1").await;
    assert_eq!(documents.len(), 1);
    assert_eq!(
        (documents[0].title.as_str(), documents[0].to_complete),
        ("Health form", Some(false))
    );
    assert_eq!(portal.document_rows("ev-2").await.len(), 1);
}

#[tokio::test]
async fn documents_keep_the_order_of_the_file_and_raise_their_customers_version() {
    let portal = Portal::empty().await;
    import_files(&portal.db, &GOOD, &options()).await.unwrap();
    let version = async |name: &str| {
        let customer = id(name);
        let version = portal
            .db
            .read(async |tx| customers::version(tx, &customer).await);
        version.await.unwrap()
    };
    let (before, bobs) = (version("ann").await, version("bob").await);
    import_files(&portal.db, &CALENDAR[..1], &options())
        .await
        .unwrap();
    assert_eq!(
        (version("ann").await, version("bob").await),
        (before + 1, bobs)
    );
    let documents = portal.document_rows("ev-1").await;
    let kinds: Vec<_> = documents
        .iter()
        .map(|row| (row.position, row.kind.as_str()))
        .collect();
    assert_eq!(kinds, [(0, "document"), (1, "referral")]);
    assert_eq!(
        (documents[0].to_complete, documents[1].to_complete),
        (Some(true), None)
    );
}

#[tokio::test]
async fn a_customer_may_bring_those_whom_the_provider_names() {
    let portal = Portal::empty().await;
    let customers = "id,name,attendees\nann,Ann Hale,Cy Hale; Di Hale\n";
    for (rows, options, names) in [
        (customers, options(), vec!["Cy Hale", "Di Hale"]),
        (
            "id,name,attendees\nann,Ann Hale,Di Hale;\n",
            updating(),
            vec!["Di Hale"],
        ),
        ("id,name\nann,Ann Hale\n", updating(), vec![]),
    ] {
        import_files(&portal.db, &[("customers.csv", rows)], &options)
            .await
            .unwrap();
        let ann = portal
            .db
            .read(async |tx| customers::find(tx, &id("ann")).await);
        assert_eq!(ann.await.unwrap().unwrap().attendees, names);
    }
}

#[tokio::test]
async fn an_anchor_moves_the_days_of_the_calendar_and_no_weekday() {
    let portal = Portal::empty().await;
    let moved = Options {
        anchor: Some(Day::parse("2026-11-19").unwrap()),
        ..options()
    };
    let events = "id,customer,service,title,starts_at,ends_at,zone,status,first_on,last_on\n\
         ev-1,ann,Camp,Camp,,,Europe/Dublin,booked,2026-12-04,2026-12-06\n";
    let mut files = whole();
    files.retain(|(name, _)| *name != "events.csv");
    files.push(("events.csv", events));
    import_files(&portal.db, &files, &moved).await.unwrap();
    let camp = portal.event_row("ev-1").await;
    assert_eq!(camp.first_on.as_deref(), Some("2026-12-06"));
    assert_eq!(camp.last_on.as_deref(), Some("2026-12-08"));
    assert_eq!(camp.ends_at, at("2026-12-09T00:00:00Z").as_millis());
    let offer = portal.offer_row("of-1").await;
    assert_eq!(offer.first_on.as_deref(), Some("2026-11-03"));
    assert_eq!(offer.last_on.as_deref(), Some("2027-01-02"));
    assert_eq!(offer.weekday, 2);
    assert_eq!(
        portal.closure_row("cl-2").await.starts_at,
        at("2026-12-27T12:00:00Z").as_millis()
    );
}
