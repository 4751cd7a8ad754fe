//! A time that is kept for a while, cancelling an event, and the fields of both forms.

use api_client::ApiError;
use api_types::{CancelTerms, Code, Problem, Timestamp};
use leptos::prelude::*;
use leptos::web_sys::{HtmlDialogElement, HtmlInputElement};
use portico::browser::clock;
use portico::components::{CancelSheet, CopyField, HoldCountdown, NotCancelled, TextArea};
use portico::state::RequestKey;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, euros, settled, until};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
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

fn late(charge: i64) -> CancelTerms {
    CancelTerms {
        allowed: true,
        reason: None,
        free_until: Some(at("2026-11-30T10:00:00Z")),
        charge: Some(euros(charge)),
        returned: Some(euros(6500 - charge)),
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
fn one_request_has_one_key_until_it_is_refused_for_good() {
    let refused = |code| ApiError::Refused(Box::new(Problem::new(409, code)));
    Owner::new().with(|| {
        let body = RequestKey::<u8>::new();
        let first = body.of(&1);
        assert_eq!(body.of(&1), first, "pressing again");
        body.refused(&ApiError::Garbled { status: 502 });
        body.refused(&refused(Code::StillRunning));
        assert_eq!(body.of(&1), first, "it may have been fulfilled");
        body.refused(&refused(Code::TimeTaken));
        let second = body.of(&1);
        assert_ne!(second, first, "requested anew");
        assert_ne!(body.of(&2), second, "another request");
    });
}
