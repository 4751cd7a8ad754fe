//! The month's grid by keyboard and by ear, the week's hours, and what weeks begin with.

use api_types::{
    CalendarDay, CalendarDays, ClockChange, Currency, Day, EventId, EventMoney, EventMoneyState,
    EventStatus, EventSummary, Money, Month, PlacedEvent, Timestamp, Weekday,
};
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use leptos::web_sys::Event;
use portico::components::{DayEvents, MonthGrid, WeekGrid};
use portico::i18n::{self, Catalogue};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled, speak};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn event(id: &str, title: &str, from: &str, to: &str) -> EventSummary {
    EventSummary {
        id: EventId::parse(id).unwrap(),
        service: "Physiotherapy".to_owned(),
        title: title.to_owned(),
        starts_at: Timestamp::parse(from).unwrap(),
        ends_at: Timestamp::parse(to).unwrap(),
        zone: "Europe/Dublin".to_owned(),
        all_day: None,
        status: EventStatus::Booked,
        hold_until: None,
        location: None,
        video: false,
        video_url: None,
        people: vec![],
        needs_confirmation: false,
        confirmed_at: None,
        money: None,
    }
}

fn unpaid() -> EventMoney {
    let euros = |minor| Money::from_minor(minor, Currency::parse("EUR").unwrap());
    EventMoney {
        fee: euros(6000),
        deposit: None,
        deposit_due_on: None,
        paid: euros(0),
        on_its_way: euros(0),
        balance: euros(6000),
        state: EventMoneyState::Unpaid,
        invoice: None,
    }
}

/// An event of one day in Dublin's winter, whose clocks are those of UTC.
fn placed(id: &str, on: &str, from: u16, to: u16) -> PlacedEvent {
    let at = |minute: u16| format!("{on}T{:02}:{:02}:00Z", minute / 60, minute % 60);
    PlacedEvent {
        event: event(id, "Physiotherapy", &at(from), &at(to)),
        first_on: day(on),
        last_on: day(on),
        from_minute: from,
        to_minute: to,
    }
}

/// Every day of some weeks around a month, with these events.
fn known(from: &str, count: i64, events: Vec<PlacedEvent>) -> CalendarDays {
    let days = (0..count).map(|later| CalendarDay {
        day: day(from).plus(later).unwrap(),
        clock_change: None,
    });
    CalendarDays {
        days: days.collect(),
        events,
        cut: false,
        today: day("2026-11-22"),
        services: vec![],
        as_of: Timestamp::parse("2026-11-22T12:00:00Z").unwrap(),
        version: 1,
    }
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

fn event_href(id: &EventId) -> String {
    format!("?event={id}")
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
