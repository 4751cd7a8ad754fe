//! The week's hours, and what weeks begin with.

use api_types::{PlacedEvent, Weekday};
use leptos::prelude::*;
use portico::components::WeekGrid;
use portico::i18n::{self, Catalogue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::calendar_days::{day, event, event_href, known, placed};
use crate::stage::{Stage, settled, speak};

fn week(events: Vec<PlacedEvent>) -> Stage {
    let days = known("2026-11-16", 7, events);
    Stage::show(move || {
        view! {
            <h2 id="name">"16 - 22 Nov 2026"</h2>
            <WeekGrid
                labelled_by="name"
                first=Memo::new(|_| day("2026-11-16"))
                today=Signal::stored(day("2026-11-22"))
                days=Signal::stored(Some(days))
                href=event_href
            />
        }
        .into_any()
    })
}

fn property(stage: &Stage, selector: &str, name: &str) -> String {
    let style = stage.attribute(selector, "style").unwrap_or_default();
    let mut pairs = style.split(';').filter_map(|pair| pair.split_once(':'));
    let found = pairs.find(|(found, _)| found.trim() == name);
    found
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_night_stands_on_both_of_its_days_in_a_week() {
    let night = PlacedEvent {
        event: event(
            "E-9",
            "Sleep study",
            "2026-11-17T22:00:00Z",
            "2026-11-18T06:30:00Z",
        ),
        first_on: day("2026-11-17"),
        last_on: day("2026-11-18"),
        from_minute: 1320,
        to_minute: 390,
    };
    let stage = week(vec![night]);
    settled().await;
    assert_eq!(stage.count("[data-event='E-9']"), 2);
    let on = |number: u8| format!(".week_grid__day:nth-child({number})");
    assert_eq!(
        stage.text(&format!("{} a", on(2))),
        "from 22:00 Sleep study"
    );
    assert_eq!(
        stage.text(&format!("{} a", on(3))),
        "until 06:30 Sleep study"
    );
    assert_eq!(property(&stage, ".week_grid", "--week_grid-first"), "0");
    assert_eq!(property(&stage, ".week_grid", "--week_grid-hours"), "24");
    assert_eq!(
        property(
            &stage,
            &format!("{} .week_grid__item", on(3)),
            "--week_grid-length"
        ),
        "390"
    );
}

#[wasm_bindgen_test]
async fn what_is_at_once_stands_side_by_side_and_every_day_is_named() {
    let events = vec![
        placed("E-1", "2026-11-20", 600, 660),
        placed("E-2", "2026-11-20", 630, 690),
    ];
    let stage = week(events);
    settled().await;
    let of = |id: &str, name| {
        let item = format!(".week_grid__item:has([data-event='{id}'])");
        property(&stage, &item, name)
    };
    assert_eq!(
        (of("E-1", "--week_grid-lane"), of("E-2", "--week_grid-lane")),
        ("0".into(), "1".into())
    );
    assert_eq!(of("E-2", "--week_grid-lanes"), "2");
    assert_eq!(stage.count("h3"), 7);
    assert_eq!(
        stage.text("[aria-current='date'] .visually-hidden"),
        "Sunday 22 November 2026"
    );
    assert_eq!(
        stage.count(".week_grid__none"),
        6,
        "the other days say that they have none"
    );
}

#[wasm_bindgen_test]
fn the_week_names_itself_in_one_stretch() {
    speak();
    let words = i18n::days_of_week(&day("2026-11-16"), &day("2026-11-22"));
    let plain: String = words
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    assert!(
        plain.contains("16") && plain.ends_with("22 Nov 2026"),
        "{plain}"
    );
    assert_eq!(plain.matches("Nov").count(), 1);
}

#[wasm_bindgen_test]
fn weeks_begin_as_the_locale_says_with_and_without_the_browsers_help() {
    for (region, first) in [
        ("IE", Weekday::Monday),
        ("DE", Weekday::Monday),
        ("US", Weekday::Sunday),
        ("BR", Weekday::Sunday),
        ("IL", Weekday::Sunday),
        ("EG", Weekday::Saturday),
        ("MV", Weekday::Friday),
    ] {
        i18n::install(Catalogue::default(), &format!("en-{region}"), || 0);
        assert_eq!(i18n::first_weekday(), first, "{region} by the browser");
        assert_eq!(
            i18n::first_weekday_in(region),
            first,
            "{region} by the table"
        );
    }
    speak();
}
