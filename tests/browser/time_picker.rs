//! `Preferred Time` with a server behind it: what is asked, what is shown, and what is said
//! when a time is gone.

use api_types::Day;
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use portico::parts::{TimePicker, TimeSearch, TimesOf};
use portico::state::{
    Live, Step, provide_api, provide_live, provide_portal, provide_session, provide_time_zones,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled, speak, until};

/// Answers in the place of the server until it is dropped.
struct Server {
    before: JsValue,
}

const NAME: &str = "offeredTimes";

impl Server {
    fn start(times: &str) -> Self {
        let global = js_sys::global();
        let before = Reflect::get(&global, &"fetch".into()).unwrap();
        let answer = Function::new_with_args(
            "request",
            "const known = request.url.includes('/booking/times');
             if (known) { globalThis.lastAsked = request.url; }
             const body = known ? globalThis.offeredTimes : '{}';
             const headers = { 'content-type': 'application/json' };
             return Promise.resolve(new Response(body, { status: known ? 200 : 404, headers }));",
        );
        Reflect::set(&global, &"fetch".into(), &answer).unwrap();
        let server = Self { before };
        server.answers(times);
        server
    }

    /// From now on it offers these.
    fn answers(&self, times: &str) {
        Reflect::set(&js_sys::global(), &NAME.into(), &times.into()).unwrap();
    }

    fn asked(&self) -> String {
        let asked = Reflect::get(&js_sys::global(), &"lastAsked".into()).unwrap();
        asked.as_string().unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        Reflect::set(&js_sys::global(), &"fetch".into(), &self.before).unwrap();
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A day with times, as the server tells it.
fn offered(day: &str, hours: &[&str]) -> String {
    let time = |hour: &&str| {
        format!(
            r#"{{"starts_at":"{day}T{hour}:00Z","ends_at":"{day}T{hour}:45Z","person":"Ada",
                "location":"Room 2","zone":"Europe/Dublin"}}"#
        )
    };
    let times: Vec<String> = hours.iter().map(time).collect();
    format!(r#"{{"day":"{day}","times":[{}]}}"#, times.join(","))
}

/// The days from an answer of the server's.
fn told(version: u64, next_on: Option<&str>, days: &[String]) -> String {
    let next_on = next_on.map_or("null".to_owned(), |day| format!("\"{day}\""));
    format!(
        r#"{{"days":[{}],"next_on":{next_on},"last_on":"2027-01-20","today":"2026-11-22",
            "version":{version}}}"#,
        days.join(",")
    )
}

fn times(days: &[String]) -> String {
    told(1, None, days)
}

/// A picker on the page, and what it has told.
struct Picker {
    stage: Stage,
    search: TimeSearch,
    live: Live,
    asked_day: RwSignal<Option<Day>>,
    steps: RwSignal<Vec<Step>>,
}

impl Picker {
    async fn show() -> Self {
        speak();
        let asked_day = RwSignal::new(None);
        let steps = RwSignal::new(Vec::new());
        let made = StoredValue::new(None::<(TimeSearch, Live)>);
        let stage = Stage::show(move || {
            provide_api();
            provide_portal();
            provide_session();
            provide_time_zones();
            let live = provide_live();
            let what = Memo::new(|_| {
                Some(TimesOf {
                    service: "Physiotherapy".to_owned(),
                    video: false,
                    moving: None,
                })
            });
            let on_day = Callback::new(move |(day, step)| {
                steps.update(|steps| steps.push(step));
                asked_day.set(Some(day));
            });
            let search = TimeSearch::new(what, Memo::new(move |_| asked_day.get()), on_day);
            made.set_value(Some((search, live)));
            view! { <TimePicker search=search /> }.into_any()
        });
        let (search, live) = made.get_value().unwrap();
        until(|| stage.find("[data-loading]").is_none()).await;
        settled().await;
        Self {
            stage,
            search,
            live,
            asked_day,
            steps,
        }
    }

    fn picked(&self) -> Option<String> {
        let picked = untrack(|| self.search.picked());
        picked.map(|time| time.starts_at.to_string())
    }

    fn wrong(&self) -> String {
        self.stage.text("#preferred-time-wrong")
    }
}

const NINE: &str = "[data-time='2026-12-01T09:00:00Z']";

#[wasm_bindgen_test]
async fn the_first_day_with_times_is_shown_and_a_time_is_chosen() {
    let days = [
        offered("2026-12-01", &["09:00", "14:00"]),
        offered("2026-12-03", &["10:00"]),
    ];
    let server = Server::start(&times(&days));
    let picker = Picker::show().await;
    for part in ["service=Physiotherapy", "from=2026-11-22", "to=2026-12-26"] {
        let asked = server.asked();
        assert!(asked.contains(part), "{part} in {asked}");
    }
    let stage = &picker.stage;
    assert_eq!(stage.text(".time_picker__legend"), "Preferred Time");
    assert!(stage.is_checked("input[value='2026-12-01']"));
    assert!(
        stage
            .text(".time_choice__legend")
            .contains("1 December 2026")
    );
    stage.click(NINE);
    settled().await;
    assert_eq!(picker.picked().as_deref(), Some("2026-12-01T09:00:00Z"));
    // Another day is another choice; the way back finds the first as it was.
    stage.click("input[value='2026-12-03']");
    settled().await;
    assert_eq!(picker.picked(), None);
    assert_eq!(picker.steps.get_untracked(), [Step::InPlace]);
    stage.click("input[value='2026-12-01']");
    settled().await;
    assert_eq!(picker.picked().as_deref(), Some("2026-12-01T09:00:00Z"));
    assert_eq!(picker.wrong(), "");
}

#[wasm_bindgen_test]
async fn a_chosen_time_that_went_to_somebody_else_is_announced() {
    let server = Server::start(&times(&[offered("2026-12-01", &["09:00", "14:00"])]));
    let picker = Picker::show().await;
    picker.stage.click(NINE);
    settled().await;
    server.answers(&told(2, None, &[offered("2026-12-01", &["14:00"])]));
    picker.live.refresh();
    until(|| picker.stage.find(NINE).is_none()).await;
    settled().await;
    assert_eq!(picker.picked(), None);
    let region = picker.stage.attribute("#preferred-time-wrong", "aria-live");
    assert_eq!(region.as_deref(), Some("polite"));
    assert!(
        picker.wrong().contains("no longer free"),
        "{}",
        picker.wrong()
    );
    // Choosing another one takes the words away.
    picker.stage.click("[data-time='2026-12-01T14:00:00Z']");
    settled().await;
    assert_eq!(picker.wrong(), "");
}

#[wasm_bindgen_test]
async fn a_refused_time_is_read_again_and_a_missing_one_is_asked_for() {
    let server = Server::start(&times(&[offered("2026-12-01", &["09:00", "14:00"])]));
    let picker = Picker::show().await;
    picker.search.is_missing();
    settled().await;
    assert_eq!(picker.wrong(), "Choose a time.");
    picker.stage.click(NINE);
    settled().await;
    server.answers(&told(2, None, &[offered("2026-12-01", &["14:00"])]));
    picker.search.is_taken();
    until(|| picker.stage.find(NINE).is_none()).await;
    assert!(picker.wrong().contains("no longer free"));
    assert_eq!(picker.picked(), None);
}

#[wasm_bindgen_test]
async fn later_days_are_asked_for_and_the_keyboard_stays_on_the_button() {
    let server = Server::start(&times(&[offered("2026-12-01", &["09:00"])]));
    let picker = Picker::show().await;
    let later = ".time_picker__stretch .button:last-child";
    let earlier = ".time_picker__stretch .button:first-child";
    let is_off = |button| picker.stage.attribute(button, "aria-disabled").is_some();
    assert!(is_off(earlier) && !is_off(later));
    picker.stage.focus(later);
    let before = document().active_element();
    server.answers(&times(&[offered("2027-01-04", &["09:00"])]));
    picker.stage.click(later);
    until(|| picker.stage.find("input[value='2027-01-04']").is_some()).await;
    assert_eq!(picker.asked_day.get_untracked(), Some(day("2026-12-27")));
    assert_eq!(picker.steps.get_untracked(), [Step::Forward]);
    assert_eq!(document().active_element(), before);
    assert!(
        is_off(later) && !is_off(earlier),
        "no times are offered after that"
    );
    assert!(server.asked().contains("from=2026-12-27"));
}

#[wasm_bindgen_test]
async fn where_the_first_days_have_nothing_the_next_ones_are_shown() {
    let nothing = told(1, Some("2027-01-04"), &[]);
    let server = Server::start(&nothing);
    let picker = Picker::show().await;
    until(|| picker.asked_day.get_untracked() == Some(day("2027-01-04"))).await;
    assert_eq!(picker.steps.get_untracked(), [Step::InPlace]);
    server.answers(&times(&[]));
    picker.search.is_missing();
    picker.live.refresh();
    until(|| {
        picker
            .stage
            .text(".time_picker__none")
            .contains("no free times at the moment")
    })
    .await;
}
