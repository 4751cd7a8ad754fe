//! Choosing an offered time: what the keyboard and a screen reader meet.

use api_types::{Day, OfferedDay, OfferedTime, Timestamp};
use leptos::prelude::*;
use portico::components::{DayChoice, TimeChoice, TimeKey};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn time(begins: &str, person: &str) -> OfferedTime {
    OfferedTime {
        starts_at: at(begins),
        ends_at: Timestamp::from_millis(at(begins).as_millis() + 45 * 60_000).unwrap(),
        person: person.to_owned(),
        location: Some("Room 2".to_owned()),
        zone: "Europe/Dublin".to_owned(),
    }
}

fn offered(text: &str, begins: &[&str]) -> OfferedDay {
    let times = begins
        .iter()
        .map(|hour| time(&format!("{text}T{hour}:00Z"), "Ada"));
    OfferedDay {
        day: day(text),
        times: times.collect(),
    }
}

fn days_stage(days: RwSignal<Vec<OfferedDay>>, chosen: RwSignal<Option<Day>>) -> Stage {
    Stage::show(move || {
        view! {
            <DayChoice
                name="day"
                days=days
                chosen=chosen
                on_choose=Callback::new(move |day| chosen.set(Some(day)))
            />
        }
        .into_any()
    })
}

#[wasm_bindgen_test]
async fn days_with_times_are_one_group_of_radio_buttons_by_month() {
    let days = RwSignal::new(vec![
        offered("2026-11-30", &["09:00"]),
        offered("2026-12-01", &["09:00", "14:00"]),
    ]);
    let chosen = RwSignal::new(Some(day("2026-11-30")));
    let stage = days_stage(days, chosen);
    settled().await;
    assert_eq!(stage.count(".day_choice__month"), 2);
    assert_eq!(stage.count("input[type=radio][name=day]"), 2);
    let second = stage.text(".day_choice__month:last-of-type .day_choice__day");
    assert_eq!(second, "Tue 01 December 2026, 2 times");
    assert!(stage.is_checked("input[value='2026-11-30']"));
    stage.click("input[value='2026-12-01']");
    settled().await;
    assert_eq!(chosen.get_untracked(), Some(day("2026-12-01")));
    assert!(!stage.is_checked("input[value='2026-11-30']"));
}

#[wasm_bindgen_test]
async fn a_day_keeps_the_keyboard_when_its_times_are_read_again() {
    let days = RwSignal::new(vec![offered("2026-12-01", &["09:00", "14:00"])]);
    let stage = days_stage(days, RwSignal::new(None));
    settled().await;
    stage.focus("input[value='2026-12-01']");
    let before = document().active_element();
    days.set(vec![
        offered("2026-11-30", &["10:00"]),
        offered("2026-12-01", &["09:00"]),
    ]);
    settled().await;
    assert_eq!(document().active_element(), before);
    assert!(before.is_some_and(|on| on.tag_name() == "INPUT"));
    let told = stage.text(".day_choice__month:last-of-type .day_choice__count");
    assert_eq!(told, "1 time");
}

fn times_stage(times: RwSignal<Vec<OfferedTime>>, chosen: RwSignal<Option<TimeKey>>) -> Stage {
    Stage::show(move || {
        let choose = move |time: OfferedTime| chosen.set(Some(TimeKey::of(&time)));
        view! {
            <TimeChoice
                name="time"
                title="Times on Tuesday"
                times=times
                chosen=chosen
                on_choose=Callback::new(choose)
            />
        }
        .into_any()
    })
}

#[wasm_bindgen_test]
async fn times_stand_in_named_groups_and_what_they_share_is_said_once() {
    let times = RwSignal::new(vec![
        time("2026-12-01T09:00:00Z", "Ada"),
        time("2026-12-01T09:45:00Z", "Ada"),
        time("2026-12-01T18:00:00Z", "Ada"),
    ]);
    let chosen = RwSignal::new(None);
    let stage = times_stage(times, chosen);
    settled().await;
    assert_eq!(stage.count("[role=group]"), 2);
    let group = stage.attribute("[role=group]", "aria-labelledby").unwrap();
    assert_eq!(stage.text(&format!("#{group}")), "Morning");
    assert_eq!(stage.text(".time_choice__shared"), "With Ada, Room 2");
    assert_eq!(stage.count(".time_choice__note"), 0);
    assert_eq!(stage.count("input[type=radio][name=time]"), 3);
    stage.click("[data-time='2026-12-01T18:00:00Z']");
    settled().await;
    assert_eq!(
        chosen.get_untracked(),
        Some(TimeKey::of(&time("2026-12-01T18:00:00Z", "Ada")))
    );
    assert!(stage.is_checked("[data-time='2026-12-01T18:00:00Z'] input"));
}

#[wasm_bindgen_test]
async fn the_same_hour_of_two_people_is_told_apart() {
    let both = ["Ada", "Grace"].map(|person| time("2026-12-01T09:00:00Z", person));
    let chosen = RwSignal::new(Some(TimeKey::of(&both[1])));
    let stage = times_stage(RwSignal::new(both.to_vec()), chosen);
    settled().await;
    assert_eq!(stage.text("[data-person=Ada]"), "09:00Ada");
    assert!(stage.is_checked("[data-person=Grace] input"));
    assert!(!stage.is_checked("[data-person=Ada] input"));
    assert_eq!(stage.text(".time_choice__shared"), "Room 2");
}

#[wasm_bindgen_test]
async fn a_time_elsewhere_is_told_by_the_clocks_there_too() {
    let mut there = time("2026-12-01T14:00:00Z", "Ada");
    there.zone = "America/New_York".to_owned();
    let stage = times_stage(RwSignal::new(vec![there]), RwSignal::new(None));
    settled().await;
    assert_eq!(stage.text(".time_choice__begins"), "14:00");
    let note = stage.text(".time_choice__note");
    assert!(
        note.contains("09:00") && note.contains("New York"),
        "{note}"
    );
}

#[wasm_bindgen_test]
async fn a_time_that_is_gone_leaves_the_others_as_they_are() {
    let all =
        ["09:00", "09:45", "11:00"].map(|hour| time(&format!("2026-12-01T{hour}:00Z"), "Ada"));
    let times = RwSignal::new(all.to_vec());
    let stage = times_stage(times, RwSignal::new(Some(TimeKey::of(&all[2]))));
    settled().await;
    let last = "[data-time='2026-12-01T11:00:00Z'] input";
    stage.focus(last);
    let before = document().active_element();
    times.set(vec![all[0].clone(), all[2].clone()]);
    settled().await;
    assert!(stage.find("[data-time='2026-12-01T09:45:00Z']").is_none());
    assert!(stage.is_checked(last));
    assert_eq!(document().active_element(), before, "the keyboard stays");
}
