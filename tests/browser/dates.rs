//! Days and stretches of days.

use api_types::Day;
use leptos::prelude::*;
use portico::components::{DateRangeField, DayField, DayRange};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn range(from: &str, to: &str) -> DayRange {
    DayRange {
        from: Some(day(from)),
        to: Some(day(to)),
    }
}

#[wasm_bindgen_test]
async fn a_day_is_given_once_its_year_is_typed_out() {
    let value = RwSignal::new(None);
    let stage = Stage::show(move || {
        view! {
            <DayField
                label="From"
                name="from"
                value=value
                on_change=Callback::new(move |day| value.set(day))
            />
        }
        .into_any()
    });
    settled().await;
    stage.type_into("#from", "0002-11-21");
    assert_eq!(value.get_untracked(), None, "the year is still being typed");
    assert_eq!(stage.value("#from"), "0002-11-21", "and stays as typed");
    stage.type_into("#from", "2026-11-21");
    assert_eq!(value.get_untracked(), Some(day("2026-11-21")));
    value.set(None);
    settled().await;
    assert_eq!(stage.value("#from"), "");
}

fn range_field(value: RwSignal<DayRange>) -> Stage {
    Stage::show(move || {
        view! {
            <DateRangeField
                label="Date Range"
                name="when"
                value=value
                today=Signal::stored(day("2026-11-21"))
                on_change=Callback::new(move |range| value.set(range))
            />
        }
        .into_any()
    })
}

#[wasm_bindgen_test]
async fn a_preset_gives_its_days_seen_from_today() {
    let value = RwSignal::new(DayRange::default());
    let stage = range_field(value);
    settled().await;
    assert_eq!(stage.value("#when"), "all");
    assert!(stage.find("#when-from").is_none());
    stage.choose("#when", "last-month");
    settled().await;
    assert_eq!(value.get_untracked(), range("2026-10-01", "2026-10-31"));
    assert_eq!(stage.value("#when"), "last-month");
    value.set(range("2026-01-01", "2026-12-31"));
    settled().await;
    assert_eq!(
        stage.value("#when"),
        "this-year",
        "days from the address are named"
    );
}

#[wasm_bindgen_test]
async fn own_days_that_run_backwards_are_told_and_go_no_further() {
    let value = RwSignal::new(range("2026-11-01", "2026-11-30"));
    let stage = range_field(value);
    settled().await;
    stage.choose("#when", "own");
    settled().await;
    assert_eq!(stage.value("#when-from"), "2026-11-01");
    assert_eq!(stage.value("#when-to"), "2026-11-30");
    stage.type_into("#when-to", "2026-10-01");
    settled().await;
    assert_eq!(value.get_untracked(), range("2026-11-01", "2026-11-30"));
    assert_eq!(
        stage.attribute("#when-to", "aria-invalid").as_deref(),
        Some("true")
    );
    assert_eq!(
        stage.attribute("#when-to", "aria-describedby").as_deref(),
        Some("when-to-error")
    );
    assert!(
        stage
            .text("#when-to-error")
            .contains("before the first one")
    );
    assert_eq!(
        stage.value("#when-to"),
        "2026-10-01",
        "what was typed stays"
    );
    stage.type_into("#when-from", "2026-09-15");
    settled().await;
    assert_eq!(value.get_untracked(), range("2026-09-15", "2026-10-01"));
    assert!(stage.find("#when-to-error").is_none());
}

#[wasm_bindgen_test]
async fn one_own_day_leaves_the_other_end_open() {
    let value = RwSignal::new(DayRange::default());
    let stage = range_field(value);
    settled().await;
    stage.choose("#when", "own");
    settled().await;
    stage.type_into("#when-from", "2026-09-15");
    settled().await;
    let from_then_on = DayRange {
        from: Some(day("2026-09-15")),
        to: None,
    };
    assert_eq!(value.get_untracked(), from_then_on);
    assert_eq!(stage.value("#when"), "own");
}
