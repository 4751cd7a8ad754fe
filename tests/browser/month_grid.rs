//! The month's grid by keyboard and by ear.

use api_types::{CalendarDays, ClockChange, Day, Month, Weekday};
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use leptos::web_sys::Event;
use portico::components::{DayEvents, MonthGrid};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::calendar_days::{day, event_href, known, placed, unpaid};
use crate::stage::{Stage, settled};

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn november() -> CalendarDays {
    let mut dear = placed("E-2", "2026-11-24", 660, 720);
    dear.event.money = Some(unpaid());
    let many = (3..8).map(|number| placed(&format!("E-{number}"), "2026-11-26", 600, 660));
    let mut events = vec![placed("E-1", "2026-11-24", 540, 600), dear];
    events.extend(many);
    known("2026-10-26", 42, events)
}

/// A page around the grid, as small as can be.
#[derive(Clone, Copy)]
struct Page {
    month: RwSignal<Month>,
    chosen: RwSignal<Option<Day>>,
    days: RwSignal<Option<CalendarDays>>,
}

impl Page {
    fn of(named: &str) -> Self {
        Self {
            month: RwSignal::new(month(named)),
            chosen: RwSignal::new(None),
            days: RwSignal::new(Some(november())),
        }
    }

    fn show(self) -> Stage {
        Stage::show(move || {
            view! {
                <h2 id="name">"November 2026"</h2>
                <MonthGrid
                    labelled_by="name"
                    month=Memo::new(move |_| self.month.get())
                    first=Weekday::Monday
                    today=Signal::stored(day("2026-11-22"))
                    chosen=self.chosen
                    days=self.days
                    day_href=Callback::new(|day: Day| format!("?day={day}"))
                    event_href=event_href
                    on_choose=Callback::new(move |day| self.chosen.set(Some(day)))
                    on_turn=Callback::new(move |day| self.month.set(Month::of(day)))
                />
                <DayEvents
                    day=Memo::new(move |_| self.chosen.get())
                    chosen=self.chosen
                    days=self.days
                    loading=Signal::stored(true)
                    href=event_href
                    on_hold_end=Callback::new(|()| ())
                />
            }
            .into_any()
        })
    }
}

/// Presses a key where the keyboard is; whether the browser may still act on it.
fn press_with(key: &str, held: &[&str]) -> bool {
    let options = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&options, &name.into(), &value).unwrap();
    set("key", key.into());
    set("bubbles", true.into());
    set("cancelable", true.into());
    for name in held {
        set(name, true.into());
    }
    let class: Function = Reflect::get(&js_sys::global(), &"KeyboardEvent".into())
        .unwrap()
        .unchecked_into();
    let event = Reflect::construct(&class, &Array::of2(&"keydown".into(), &options)).unwrap();
    let event: Event = event.unchecked_into();
    document()
        .active_element()
        .unwrap()
        .dispatch_event(&event)
        .unwrap()
}

fn press(key: &str) -> bool {
    press_with(key, &[])
}

/// The day that has the keyboard.
fn on(stage: &Stage) -> String {
    let id = stage.focused();
    id.strip_prefix("month-day-").unwrap_or(&id).to_owned()
}

/// The days that Tab reaches.
fn stops(stage: &Stage) -> (u32, Option<String>) {
    let stop = ".month_grid a[tabindex='0']";
    (stage.count(stop), stage.attribute(stop, "id"))
}

#[wasm_bindgen_test]
async fn one_day_of_a_month_is_a_stop_for_the_keyboard_and_today_is_the_first_to_be_it() {
    let page = Page::of("2026-11");
    let stage = page.show();
    settled().await;
    assert_eq!(stops(&stage), (1, Some("month-day-2026-11-22".to_owned())));
    assert_eq!(stage.count(".month_grid a"), 42 + 2 + 3 + 1);
    assert_eq!(stage.count("[aria-current='date']"), 1);
    assert_eq!(
        stage.attribute("[aria-current='date']", "id").as_deref(),
        Some("month-day-2026-11-22")
    );
    // In another month it is the first day, unless one is chosen there.
    page.month.set(month("2027-01"));
    settled().await;
    assert_eq!(stops(&stage), (1, Some("month-day-2027-01-01".to_owned())));
    page.chosen.set(Some(day("2027-01-09")));
    settled().await;
    assert_eq!(stops(&stage), (1, Some("month-day-2027-01-09".to_owned())));
}

#[wasm_bindgen_test]
async fn arrows_home_and_end_go_from_day_to_day() {
    let stage = Page::of("2026-11").show();
    settled().await;
    stage.focus("#month-day-2026-11-18");
    for (key, there) in [
        ("ArrowRight", "2026-11-19"),
        ("ArrowDown", "2026-11-26"),
        ("ArrowLeft", "2026-11-25"),
        ("ArrowUp", "2026-11-18"),
        ("End", "2026-11-22"),
        ("Home", "2026-11-16"),
    ] {
        assert!(!press(key), "{key} is the grid's");
        assert_eq!(on(&stage), there, "{key}");
        settled().await;
        assert_eq!(stops(&stage), (1, Some(format!("month-day-{there}"))));
    }
    press_with("End", &["ctrlKey"]);
    assert_eq!(on(&stage), "2026-11-30");
    assert!(
        press("Tab") && press_with("ArrowLeft", &["altKey"]),
        "these are the browser's"
    );
    assert_eq!(on(&stage), "2026-11-30");
}

#[wasm_bindgen_test]
async fn a_key_that_leads_out_of_the_month_brings_the_other_one_and_stays_on_its_day() {
    let page = Page::of("2026-11");
    let stage = page.show();
    settled().await;
    stage.focus("#month-day-2026-11-30");
    for (key, held, there) in [
        ("ArrowRight", &[][..], "2026-12-01"),
        ("ArrowUp", &[], "2026-11-24"),
        ("PageDown", &[], "2026-12-24"),
        ("PageUp", &["shiftKey"], "2025-12-24"),
    ] {
        press_with(key, held);
        settled().await;
        assert_eq!(on(&stage), there, "{key}");
        assert_eq!(page.month.get_untracked(), Month::of(day(there)));
        assert_eq!(stops(&stage), (1, Some(format!("month-day-{there}"))));
    }
    // Held down, it would ask for month after month.
    press_with("PageDown", &["repeat"]);
    settled().await;
    assert_eq!(on(&stage), "2025-12-24");
}

#[wasm_bindgen_test]
async fn arrows_follow_the_eye_where_lines_run_from_right_to_left() {
    let stage = Page::of("2026-11").show();
    let root = document().document_element().unwrap();
    root.set_attribute("dir", "rtl").unwrap();
    settled().await;
    stage.focus("#month-day-2026-11-18");
    press("ArrowLeft");
    let left = on(&stage);
    press("ArrowRight");
    press("ArrowRight");
    root.remove_attribute("dir").unwrap();
    assert_eq!(
        (left.as_str(), on(&stage).as_str()),
        ("2026-11-19", "2026-11-17")
    );
}

#[wasm_bindgen_test]
async fn the_space_bar_chooses_a_day_and_its_events_are_told() {
    let page = Page::of("2026-11");
    let stage = page.show();
    settled().await;
    let told = "[data-live-region]";
    assert_eq!(
        stage.text(told),
        "",
        "what is there from the start is not told"
    );
    stage.focus("#month-day-2026-11-24");
    assert!(!press(" "));
    settled().await;
    assert_eq!(page.chosen.get_untracked(), Some(day("2026-11-24")));
    assert_eq!(on(&stage), "2026-11-24", "the keyboard stays");
    assert_eq!(
        stage
            .attribute("[aria-selected='true']", "data-day")
            .as_deref(),
        Some("2026-11-24")
    );
    assert_eq!(stage.text(told), "Tuesday 24 November 2026: 2 events");
    assert_eq!(stage.count(".day_events li.event_row"), 2);
    press("ArrowRight");
    press(" ");
    settled().await;
    assert_eq!(stage.text(told), "Wednesday 25 November 2026: No events");
    assert!(
        stage
            .text(".day_events")
            .ends_with("No events on this day.")
    );
}

#[wasm_bindgen_test]
async fn a_day_says_what_is_on_it_and_what_is_to_pay() {
    let page = Page::of("2026-11");
    let mut days = november();
    days.days[30].clock_change = Some(ClockChange {
        at_minute: 60,
        minutes: -30,
    });
    page.days.set(Some(days));
    let stage = page.show();
    settled().await;
    let name = |on: &str| stage.text(&format!("#month-day-{on} .visually-hidden"));
    assert_eq!(
        name("2026-11-24"),
        "Tuesday 24 November 2026, 2 events, 1 to pay"
    );
    assert_eq!(
        name("2026-11-25"),
        "Wednesday 25 November 2026, No events, Clocks go back 30 minutes at 01:00."
    );
    page.days.set(None);
    settled().await;
    assert_eq!(
        name("2026-11-24"),
        "Tuesday 24 November 2026",
        "nothing is known yet"
    );
    assert_eq!(
        stage.attribute("table", "aria-busy").as_deref(),
        Some("true")
    );
}

#[wasm_bindgen_test]
async fn a_cell_shows_three_events_and_how_many_more_there_are() {
    let stage = Page::of("2026-11").show();
    settled().await;
    let cell = |rest: &str| format!("[data-day='2026-11-26'] {rest}");
    assert_eq!(stage.count(&cell(".month_grid__event")), 3);
    assert_eq!(
        stage.text(&cell(".month_grid__more")),
        "2 more on Thursday 26 November 2026"
    );
    assert_eq!(
        stage
            .attribute(&cell(".month_grid__event"), "href")
            .as_deref(),
        Some("?event=E-3")
    );
    let dear = "[data-day='2026-11-24'] [data-tone='open']";
    assert_eq!(
        stage.text(&format!("{dear}.month_grid__event")),
        "11:00 Physiotherapy Unpaid"
    );
}

#[wasm_bindgen_test]
async fn the_keyboard_stays_where_it_is_when_the_events_of_a_month_change() {
    let page = Page::of("2026-11");
    let stage = page.show();
    settled().await;
    stage.focus("#month-day-2026-11-24");
    page.days.set(Some(known("2026-10-26", 42, vec![])));
    settled().await;
    assert_eq!(on(&stage), "2026-11-24");
    page.days.set(Some(november()));
    settled().await;
    assert_eq!(on(&stage), "2026-11-24");
    assert_eq!(stage.count("[data-day='2026-11-24'] .month_grid__event"), 2);
}
