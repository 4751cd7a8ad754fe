//! Choosing an offered time, keeping one, cancelling an event: what the keyboard
//! and a screen reader meet.

use api_client::ApiError;
use api_types::{
    CancelTerms, Code, Currency, Day, Money, OfferedDay, OfferedTime, Problem, Timestamp,
};
use leptos::prelude::*;
use leptos::web_sys::{HtmlDialogElement, HtmlInputElement};
use portico::browser::clock;
use portico::components::{
    CancelSheet, CopyField, DayChoice, HoldCountdown, NotCancelled, TextArea, TimeChoice, TimeKey,
};
use portico::state::WishKey;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled, until};

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

fn hold(seconds: i64, ended: RwSignal<u32>) -> Stage {
    let end = Timestamp::from_millis(clock::now_millis() + seconds * 1000).unwrap();
    Stage::show(move || {
        let on_end = Callback::new(move |()| ended.update(|times| *times += 1));
        view! { <HoldCountdown until=end on_end=on_end /> }.into_any()
    })
}

#[wasm_bindgen_test]
async fn a_countdown_runs_quietly_and_is_said_a_minute_before_its_end() {
    let ended = RwSignal::new(0);
    let stage = hold(62, ended);
    settled().await;
    let first = stage.text("[role=timer]");
    assert!(first.starts_with("Kept for you for 1:0"), "{first}");
    assert_eq!(
        stage.attribute("[role=timer]", "aria-live").as_deref(),
        Some("off")
    );
    assert_eq!(stage.text("[aria-live=polite]"), "");
    until(|| !stage.text("[aria-live=polite]").is_empty()).await;
    assert_eq!(
        stage.text("[aria-live=polite]"),
        "1 minute left to pay the deposit."
    );
    assert_ne!(stage.text("[role=timer]"), first);
    assert_eq!(ended.get_untracked(), 0);
}

#[wasm_bindgen_test]
async fn a_countdown_asks_how_it_stands_when_it_is_over() {
    let ended = RwSignal::new(0);
    let stage = hold(1, ended);
    settled().await;
    assert_eq!(ended.get_untracked(), 0);
    until(|| ended.get_untracked() > 0).await;
    settled().await;
    assert_eq!(stage.text("[role=timer]"), "The time is up. Checking");
    assert_eq!(ended.get_untracked(), 1);
    assert!(stage.find(".hold_countdown[data-over]").is_some());
}

fn euro(minor: i64) -> Money {
    Money::from_minor(minor, Currency::parse("EUR").unwrap())
}

fn late(charge: i64) -> CancelTerms {
    CancelTerms {
        allowed: true,
        reason: None,
        free_until: Some(at("2026-11-30T10:00:00Z")),
        charge: Some(euro(charge)),
        returned: Some(euro(6500 - charge)),
        owed: None,
    }
}

struct Cancelling {
    open: RwSignal<bool>,
    terms: RwSignal<CancelTerms>,
    refused: RwSignal<Option<NotCancelled>>,
    busy: RwSignal<bool>,
    cancelled: RwSignal<u32>,
}

impl Cancelling {
    fn new() -> Self {
        Self {
            open: RwSignal::new(true),
            terms: RwSignal::new(late(3250)),
            refused: RwSignal::new(None),
            busy: RwSignal::new(false),
            cancelled: RwSignal::new(0),
        }
    }

    fn show(&self) -> Stage {
        let (open, terms, refused) = (self.open, self.terms, self.refused);
        let (busy, cancelled) = (self.busy, self.cancelled);
        Stage::show(move || {
            view! {
                <CancelSheet
                    open=open
                    what=Signal::stored(("Massage".to_owned(), "Tue, 1 Dec".to_owned()))
                    terms=terms
                    busy=busy
                    refused=refused
                    on_cancel=Callback::new(move |()| cancelled.update(|times| *times += 1))
                    on_close=Callback::new(move |()| open.set(false))
                    opener="opener"
                />
            }
            .into_any()
        })
    }
}

const KEEP: &str = ".sheet__actions .button:first-child";
const CANCEL: &str = ".sheet__actions .button--primary";

#[wasm_bindgen_test]
async fn the_dialog_says_what_cancelling_costs_and_what_comes_back() {
    let cancelling = Cancelling::new();
    let stage = cancelling.show();
    settled().await;
    let told = stage.text(".sheet__body");
    for part in [
        "Massage",
        "Tue, 1 Dec",
        "Cost now€32.50",
        "€32.50 becomes credit",
        "was free until",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(stage.text(KEEP), "Keep it");
    assert_eq!(stage.text(CANCEL), "Cancel this event");
    stage.click(KEEP);
    settled().await;
    assert!(!cancelling.open.get_untracked());
    let dialog: HtmlDialogElement = stage.find("dialog").unwrap().unchecked_into();
    assert!(!dialog.open());
    assert_eq!(cancelling.cancelled.get_untracked(), 0);
}

#[wasm_bindgen_test]
async fn new_terms_take_the_place_of_old_ones_and_are_announced() {
    let cancelling = Cancelling::new();
    let stage = cancelling.show();
    settled().await;
    stage.click(CANCEL);
    assert_eq!(cancelling.cancelled.get_untracked(), 1);
    cancelling.refused.set(Some(NotCancelled::TermsChanged));
    cancelling.terms.set(late(6500));
    settled().await;
    let told = stage.text(".sheet__body");
    assert!(
        told.contains("Cost now€65.00") && told.contains("goes into the cost"),
        "{told}"
    );
    assert!(stage.text("[aria-live=polite]").contains("has changed"));
}

#[wasm_bindgen_test]
async fn what_is_under_way_cannot_be_pressed_again() {
    let cancelling = Cancelling::new();
    let stage = cancelling.show();
    settled().await;
    cancelling.busy.set(true);
    settled().await;
    stage.click(CANCEL);
    stage.click(KEEP);
    assert_eq!(cancelling.cancelled.get_untracked(), 0);
    assert!(cancelling.open.get_untracked());
    cancelling.busy.set(false);
    cancelling
        .refused
        .set(Some(NotCancelled::Failed("No connection.".to_owned())));
    settled().await;
    assert_eq!(stage.text("[role=alert]"), "No connection.");
}

#[wasm_bindgen_test]
async fn a_text_to_copy_is_read_only_and_marked_whole() {
    let stage = Stage::show(|| {
        view! { <CopyField label="Address" name="address" value=Signal::stored("a.example.com".to_owned()) /> }
            .into_any()
    });
    settled().await;
    assert!(stage.find("#address[readonly]").is_some());
    assert_eq!(stage.value("#address"), "a.example.com");
    assert_eq!(stage.text(".button"), "Copy");
    stage.focus("#address");
    let input: HtmlInputElement = stage.find("#address").unwrap().unchecked_into();
    let marked = (
        input.selection_start().unwrap(),
        input.selection_end().unwrap(),
    );
    assert_eq!(marked, (Some(0), Some(13)));
    stage.click(".button");
    until(|| !stage.text("[role=status]").is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_text_that_is_too_long_is_told_and_kept() {
    let value = RwSignal::new(String::new());
    let stage = Stage::show(move || {
        view! { <TextArea label="Note" name="note" value=value most=5 /> }.into_any()
    });
    settled().await;
    assert_eq!(stage.text("#note-left"), "5 characters left");
    value.set("1234567".to_owned());
    settled().await;
    assert!(stage.text("#note-error").contains("2 characters too long"));
    assert_eq!(
        stage.attribute("#note", "aria-invalid").as_deref(),
        Some("true")
    );
    let described = stage.attribute("#note", "aria-describedby").unwrap();
    assert_eq!(described, "note-left note-error");
    assert_eq!(value.get_untracked(), "1234567");
}

#[wasm_bindgen_test]
fn one_wish_has_one_key_until_it_is_refused_for_good() {
    let refused = |code| ApiError::Refused(Box::new(Problem::new(409, code)));
    Owner::new().with(|| {
        let wish = WishKey::<u8>::new();
        let first = wish.of(&1);
        assert_eq!(wish.of(&1), first, "pressing again");
        wish.refused(&ApiError::Garbled { status: 502 });
        wish.refused(&refused(Code::StillRunning));
        assert_eq!(wish.of(&1), first, "it may have been fulfilled");
        wish.refused(&refused(Code::TimeTaken));
        let second = wish.of(&1);
        assert_ne!(second, first, "wished for anew");
        assert_ne!(wish.of(&2), second, "another wish");
    });
}
