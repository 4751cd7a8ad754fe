//! The dialog: where the keyboard goes, and every way to close it.

use leptos::prelude::*;
use leptos::web_sys::HtmlDialogElement;
use portico::components::{Button, Sheet};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

fn with_button(open: RwSignal<bool>, closed: RwSignal<u32>) -> Stage {
    Stage::show(move || {
        let close = move |()| {
            closed.update(|times| *times += 1);
            open.set(false);
        };
        view! {
            <Button id="opener" on_press=Callback::new(move |()| open.set(true))>
                "Open"
            </Button>
            <Sheet
                id="sheet"
                title="What makes it up"
                open=open
                on_close=Callback::new(close)
                opener="opener"
                actions=|| view! { <button id="act">"Act"</button> }
            >
                <p id="content">"The entries"</p>
            </Sheet>
        }
        .into_any()
    })
}

fn is_open(stage: &Stage) -> bool {
    let dialog: HtmlDialogElement = stage.find("#sheet").unwrap().unchecked_into();
    dialog.open()
}

#[wasm_bindgen_test]
async fn a_sheet_takes_the_keyboard_and_gives_it_back_to_its_opener() {
    let (open, closed) = (RwSignal::new(false), RwSignal::new(0));
    let stage = with_button(open, closed);
    settled().await;
    assert!(!is_open(&stage) && stage.find("#content").is_none());
    stage.focus("#opener");
    stage.click("#opener");
    settled().await;
    assert!(is_open(&stage));
    assert_eq!(stage.focused(), "sheet-title");
    assert_eq!(stage.text("#content"), "The entries");
    stage.click(".sheet__close");
    settled().await;
    assert!(!is_open(&stage) && stage.find("#content").is_none());
    assert_eq!(stage.focused(), "opener");
    assert_eq!(closed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_sheet_is_named_by_its_title_and_lies_over_everything() {
    let (open, closed) = (RwSignal::new(true), RwSignal::new(0));
    let stage = with_button(open, closed);
    settled().await;
    let title = stage.attribute("#sheet", "aria-labelledby").unwrap();
    assert_eq!(stage.text(&format!("#{title}")), "What makes it up");
    let modal = document().query_selector("dialog:modal").unwrap();
    assert!(modal.is_some_and(|dialog| dialog.id() == "sheet"));
    assert_eq!(stage.text("#act"), "Act");
}

#[wasm_bindgen_test]
async fn escape_and_a_press_beside_it_close_a_sheet() {
    for (what, close) in [
        (
            "Escape",
            (|stage| stage.fire("#sheet", "cancel")) as fn(&Stage),
        ),
        ("a press beside it", |stage| {
            stage.fire("#sheet", "pointerdown");
            stage.fire("#sheet", "click");
        }),
    ] {
        let (open, closed) = (RwSignal::new(true), RwSignal::new(0));
        let stage = with_button(open, closed);
        settled().await;
        close(&stage);
        settled().await;
        assert_eq!(closed.get_untracked(), 1, "{what}");
        assert!(!is_open(&stage), "{what}");
    }
}

#[wasm_bindgen_test]
async fn a_press_inside_or_a_drag_out_of_it_leaves_a_sheet_open() {
    let (open, closed) = (RwSignal::new(true), RwSignal::new(0));
    let stage = with_button(open, closed);
    settled().await;
    stage.fire("#content", "pointerdown");
    stage.fire("#content", "click");
    stage.fire("#content", "pointerdown");
    stage.fire("#sheet", "click");
    settled().await;
    assert!(is_open(&stage));
    assert_eq!(closed.get_untracked(), 0);
}

#[wasm_bindgen_test]
async fn a_sheet_that_the_browser_closed_by_itself_is_told() {
    let (open, closed) = (RwSignal::new(true), RwSignal::new(0));
    let stage = with_button(open, closed);
    settled().await;
    let dialog: HtmlDialogElement = stage.find("#sheet").unwrap().unchecked_into();
    dialog.close();
    stage.fire("#sheet", "close");
    settled().await;
    assert!(!open.get_untracked());
    assert!(closed.get_untracked() >= 1);
}

#[wasm_bindgen_test]
async fn a_sheet_that_was_open_from_the_start_gives_the_keyboard_to_its_opener() {
    let (open, closed) = (RwSignal::new(true), RwSignal::new(0));
    let stage = with_button(open, closed);
    settled().await;
    assert_eq!(stage.focused(), "sheet-title");
    open.set(false);
    settled().await;
    assert_eq!(stage.focused(), "opener");
}

#[wasm_bindgen_test]
async fn a_sheet_that_goes_with_its_page_closes_quietly() {
    let (open, closed) = (RwSignal::new(true), RwSignal::new(0));
    let stage = with_button(open, closed);
    settled().await;
    let dialog: HtmlDialogElement = stage.find("#sheet").unwrap().unchecked_into();
    drop(stage);
    settled().await;
    assert!(!dialog.open());
    // The browser tells it only now.
    let event = document().create_event("Event").unwrap();
    event.init_event("close");
    dialog.dispatch_event(&event).unwrap();
    assert_eq!(closed.get_untracked(), 0);
}
