//! The table: sorting by its headings, ticking its rows, choosing its columns.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;
use portico::components::{
    Column, ColumnChoice, ColumnsSheet, DataTable, Slot, SortOrder, Sorting, TickRow, Ticks,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

fn cell(text: &'static str) -> AnyView {
    text.into_any()
}

fn sorted_table(order: Option<SortOrder>) -> AnyView {
    let sorting = Sorting {
        href: "?sort=date".to_owned(),
        order,
    };
    let columns = vec![
        Column::words("Date".to_owned(), Slot::Note).with_sorting(sorting),
        Column::words("Name".to_owned(), Slot::Title),
    ];
    let rows = vec![vec![cell("17 Nov"), cell("Physiotherapy")]];
    view! { <DataTable name="Invoices" columns=columns rows=rows /> }.into_any()
}

#[wasm_bindgen_test]
async fn a_heading_that_sorts_is_a_link_and_says_how_the_list_is_sorted() {
    let stage = Stage::show(|| sorted_table(Some(SortOrder::Down)));
    assert_eq!(
        stage.attribute("th a", "href").as_deref(),
        Some("?sort=date")
    );
    assert_eq!(stage.text("th a"), "Date");
    assert_eq!(
        stage.attribute("th", "aria-sort").as_deref(),
        Some("descending")
    );
    assert_eq!(stage.attribute("th + th", "aria-sort"), None);
    assert_eq!(stage.count("th a"), 1, "the other one is plain words");
}

#[wasm_bindgen_test]
async fn the_keyboard_stays_on_the_heading_that_was_pressed() {
    let order = RwSignal::new(None);
    let loading = RwSignal::new(false);
    let stage = Stage::show(move || {
        (move || (!loading.get()).then(|| sorted_table(order.get()))).into_any()
    });
    settled().await;
    stage.focus("th a");
    // The list in another order is another reading, with nothing on screen meanwhile.
    stage.fire("th a", "click");
    loading.set(true);
    settled().await;
    assert!(stage.find("table").is_none());
    order.set(Some(SortOrder::Up));
    loading.set(false);
    settled().await;
    assert_eq!(document().active_element(), stage.find("th a"));
    assert_eq!(
        stage.attribute("th", "aria-sort").as_deref(),
        Some("ascending")
    );
}

fn ticking(ticked: RwSignal<BTreeSet<String>>) -> Stage {
    let row = |key: &str, can| TickRow {
        key: key.to_owned(),
        name: format!("invoice {key}"),
        can,
    };
    Stage::show(move || {
        let ticks = Ticks {
            rows: vec![row("A", true), row("B", true), row("C", false)],
            ticked,
        };
        let columns = vec![Column::words("Name".to_owned(), Slot::Title)];
        let rows = vec![vec![cell("a")], vec![cell("b")], vec![cell("c")]];
        view! { <DataTable name="Invoices" columns=columns rows=rows ticks=ticks /> }.into_any()
    })
}

fn keys(ticked: RwSignal<BTreeSet<String>>) -> Vec<String> {
    ticked.get_untracked().into_iter().collect()
}

#[wasm_bindgen_test]
async fn rows_are_ticked_one_by_one_and_named_to_a_screen_reader() {
    let ticked = RwSignal::new(BTreeSet::new());
    let stage = ticking(ticked);
    let first = "tbody tr:first-child input";
    assert_eq!(
        stage.attribute(first, "aria-label").as_deref(),
        Some("Select invoice A")
    );
    stage.click(first);
    settled().await;
    assert_eq!(keys(ticked), ["A"]);
    let all: HtmlInputElement = stage.find("thead input").unwrap().unchecked_into();
    assert!(
        all.indeterminate() && !all.checked(),
        "some are ticked, not all"
    );
    stage.click(first);
    settled().await;
    assert!(keys(ticked).is_empty() && !all.indeterminate());
}

#[wasm_bindgen_test]
async fn the_box_in_the_heading_ticks_what_can_be_ticked_on_this_page() {
    // One from another page stays what it is.
    let ticked = RwSignal::new(BTreeSet::from(["Z".to_owned()]));
    let stage = ticking(ticked);
    assert_eq!(stage.text("thead label"), "Select all on this page");
    stage.click("thead input");
    settled().await;
    assert_eq!(keys(ticked), ["A", "B", "Z"]);
    assert!(stage.is_checked("thead input"));
    assert!(stage.is_checked("tbody tr:first-child input"));
    assert!(!stage.is_checked("tbody tr:last-child input"));
    stage.click("thead input");
    settled().await;
    assert_eq!(keys(ticked), ["Z"]);
}

fn choosing(columns: RwSignal<Vec<ColumnChoice>>) -> Stage {
    Stage::show(move || {
        view! {
            <ColumnsSheet
                open=true
                on_close=Callback::new(|()| ())
                columns=columns
                on_change=Callback::new(move |changed| columns.set(changed))
                on_reset=Callback::new(|()| ())
            />
        }
        .into_any()
    })
}

fn three_columns() -> RwSignal<Vec<ColumnChoice>> {
    let column = |key: &str, label: &str, locked| ColumnChoice {
        key: key.to_owned(),
        label: label.to_owned(),
        shown: true,
        locked,
    };
    RwSignal::new(vec![
        column("number", "Invoice ID", true),
        column("due", "Due", false),
        column("total", "Total", false),
    ])
}

#[wasm_bindgen_test]
async fn a_column_is_moved_by_the_keyboard_which_stays_on_its_button() {
    let columns = three_columns();
    let stage = choosing(columns);
    settled().await;
    let order = || -> Vec<String> {
        columns.with_untracked(|all| all.iter().map(|column| column.key.clone()).collect())
    };
    stage.focus("#column-total-up");
    stage.click("#column-total-up");
    settled().await;
    assert_eq!(order(), ["number", "total", "due"]);
    assert_eq!(stage.focused(), "column-total-up");
    assert_eq!(stage.text("[data-live-region]"), "Total is now 2 of 3.");
    stage.click("#column-total-up");
    stage.click("#column-total-up");
    settled().await;
    assert_eq!(
        order(),
        ["total", "number", "due"],
        "the first one goes no further"
    );
    assert_eq!(
        stage
            .attribute("#column-total-up", "aria-disabled")
            .as_deref(),
        Some("true")
    );
    assert_eq!(stage.focused(), "column-total-up");
}

#[wasm_bindgen_test]
async fn a_column_is_hidden_and_shown_and_that_is_said() {
    let columns = three_columns();
    let stage = choosing(columns);
    settled().await;
    stage.click("#column-due");
    settled().await;
    assert!(!columns.with_untracked(|all| all[1].shown));
    assert_eq!(stage.text("[data-live-region]"), "Due is hidden.");
    stage.click("#column-due");
    settled().await;
    assert!(columns.with_untracked(|all| all[1].shown));
    assert_eq!(stage.text("[data-live-region]"), "Due is shown.");
    let locked: HtmlInputElement = stage.find("#column-number").unwrap().unchecked_into();
    assert!(locked.disabled(), "what names the row stays");
}
