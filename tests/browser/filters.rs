//! The bar of filters, in the narrow and in the wide window.

use leptos::prelude::*;
use portico::components::{CheckField, FilterBar};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

fn bar(on: RwSignal<bool>) -> Stage {
    Stage::show(move || {
        let fields = move || {
            view! {
                <CheckField
                    label="Only open"
                    name="only-open"
                    checked=on
                    on_change=Callback::new(move |ticked| on.set(ticked))
                />
            }
        };
        let shown = move || {
            if on.get() {
                "Open invoices"
            } else {
                "All invoices"
            }
            .to_owned()
        };
        view! {
            <FilterBar
                id="filters"
                filters=fields
                active=Signal::derive(move || u32::from(on.get()))
                on_clear=Callback::new(move |()| on.set(false))
                shown=Signal::derive(shown)
            />
        }
        .into_any()
    })
}

/// The runner's window is as wide as the browser pleases.
fn is_wide() -> bool {
    let media = window().match_media("(min-width: 60rem)").unwrap();
    media.unwrap().matches()
}

#[wasm_bindgen_test]
async fn the_fields_stand_on_the_page_once_and_what_is_shown_is_read_out() {
    let on = RwSignal::new(false);
    let stage = bar(on);
    settled().await;
    assert_eq!(stage.text(".filter_bar > [role=status]"), "All invoices");
    if !is_wide() {
        stage.click("#filters-button");
        settled().await;
        assert_eq!(stage.focused(), "filters-sheet-title");
    }
    assert_eq!(stage.count("#only-open"), 1);
    stage.click("#only-open");
    settled().await;
    assert_eq!(stage.text(".filter_bar > [role=status]"), "Open invoices");
    if !is_wide() {
        assert_eq!(stage.text(".sheet [role=status]"), "Open invoices");
        assert!(stage.text("#filters-button").contains("1 filter on"));
    }
}

#[wasm_bindgen_test]
async fn clearing_takes_all_filters_off_and_keeps_the_keyboard() {
    let on = RwSignal::new(true);
    let stage = bar(on);
    settled().await;
    let clear = if is_wide() {
        ".filter_bar__row .button"
    } else {
        stage.click("#filters-button");
        settled().await;
        ".sheet__actions .button"
    };
    assert_eq!(stage.text(clear), "Clear filters");
    assert_eq!(stage.attribute(clear, "aria-disabled"), None);
    stage.focus(clear);
    stage.click(clear);
    settled().await;
    assert!(!on.get_untracked());
    assert_eq!(
        stage.attribute(clear, "aria-disabled").as_deref(),
        Some("true")
    );
    assert_eq!(
        document().active_element(),
        stage.find(clear),
        "it keeps its place"
    );
}
