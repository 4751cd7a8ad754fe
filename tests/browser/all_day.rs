//! An event without hours is told by its days, wherever it stands.

use api_types::{AllDay, Day, EventSummary, ServiceOverview};
use leptos::prelude::*;
use portico::components::{EventCard, ServiceLink, ServiceRows};
use portico::i18n;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::events::{event, in_dublin, overview, plain};
use crate::stage::{Stage, settled, speak};

/// An event of three days, as it is read where the day before has not ended yet.
fn camp() -> EventSummary {
    let mut camp = event(
        "2026-12-12T00:00:00Z",
        "2026-12-15T00:00:00Z",
        "Europe/Dublin",
    );
    camp.all_day = Some(AllDay {
        first: Day::parse("2026-12-12").unwrap(),
        last: Day::parse("2026-12-14").unwrap(),
    });
    camp
}

fn has_no_clock(text: &str) {
    let clock = text.split_whitespace().find(|word| word.contains(":0"));
    assert_eq!(clock, None, "{text}");
    for part in ["12", "14 Dec 2026"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[wasm_bindgen_test]
fn an_event_without_hours_says_its_days_wherever_it_is_told() {
    speak();
    i18n::show_times_in("America/New_York");
    let camp = camp();
    has_no_clock(&plain(&i18n::event_begins(
        &camp.starts_at,
        camp.all_day.as_ref(),
    )));
    has_no_clock(&plain(&i18n::event_when(&camp)));
    assert_eq!(i18n::event_datetime(&camp), "2026-12-12");
    assert_eq!(
        i18n::event_begins_on(&camp.starts_at, camp.all_day.as_ref()),
        Day::parse("2026-12-12").ok(),
        "no zone moves it"
    );
    let hours = i18n::event_begins(&in_dublin().starts_at, None);
    assert!(hours.contains("09:00"), "{hours}");
}

#[wasm_bindgen_test]
async fn a_service_and_the_next_event_say_the_days_of_an_event_without_hours() {
    let camp = camp();
    let service = ServiceOverview {
        since: Some(camp.starts_at),
        since_all_day: camp.all_day,
        next_at: Some(camp.starts_at),
        next_all_day: camp.all_day,
        ..overview()
    };
    let stage = Stage::show(move || {
        i18n::show_times_in("America/New_York");
        let links = |_: &str| Vec::<ServiceLink>::new();
        view! {
            <ServiceRows services=vec![service] links=links />
            <EventCard
                event=Some(camp)
                href=|id| id.to_string()
                attended=0
                upcoming=1
            />
        }
        .into_any()
    });
    settled().await;
    let notes = ".service_row__note";
    assert!(stage.text(notes).contains("since 12 Dec 2026"));
    has_no_clock(&stage.text(&format!("{notes} + {notes}")));
    has_no_clock(&stage.text(".event_card__note"));
    assert_eq!(
        stage
            .attribute(".event_card__note time", "datetime")
            .as_deref(),
        Some("2026-12-12")
    );
}
