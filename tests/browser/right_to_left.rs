//! In a page from right to left, dates, times and amounts keep their own order, whatever stands
//! around them. Where the letters come to stand is the browser's to say.

use api_types::{AllDay, Currency, Day, Timestamp};
use js_sys::Function;
use leptos::prelude::*;
use portico::components::{Amount, EventRow, ServiceLink, ServiceRows};
use portico::i18n::{self, fill, fill_plain, key, plural};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::events::{in_dublin, overview};
use crate::stage::{Stage, euros, speak};

/// Where these pieces of the text begin, from the left; -1 for what is not there.
const PLACES: &str = "
    const where = (piece) => {
        const nodes = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
        while (nodes.nextNode()) {
            const at = nodes.currentNode.data.indexOf(piece);
            if (at >= 0) {
                const range = document.createRange();
                range.setStart(nodes.currentNode, at);
                range.setEnd(nodes.currentNode, at + piece.length);
                return range.getBoundingClientRect().left;
            }
        }
        return -1;
    };
    return pieces.split('|').map(where).join(' ')";

/// Shows something in a page from right to left, on one line.
fn show(build: impl FnOnce() -> AnyView + 'static) -> Stage {
    Stage::show(move || {
        i18n::set_right_to_left(true);
        let built = build();
        view! {
            <div dir="rtl" id="place" style="white-space: nowrap">
                {built}
            </div>
        }
        .into_any()
    })
}

/// That these pieces stand one after another, from left to right.
fn in_order(stage: &Stage, pieces: &[&str]) {
    let place: JsValue = stage.find("#place").unwrap().into();
    let of = Function::new_with_args("place, pieces", PLACES);
    let pieces = pieces.join("|");
    let places = of.call2(&JsValue::UNDEFINED, &place, &pieces.as_str().into());
    let places = places.unwrap().as_string().unwrap();
    let found: Vec<f64> = places.split(' ').map(|at| at.parse().unwrap()).collect();
    assert!(found.iter().all(|at| *at >= 0.0), "{pieces}: {places}");
    assert!(found.is_sorted_by(|a, b| a < b), "{pieces}: {places}");
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[wasm_bindgen_test]
fn without_isolates_a_day_would_lose_its_order() {
    let stage = show(|| view! { <p>"17 Nov 2026"</p> }.into_any());
    // What all of this is for: the browser itself puts the day behind its month here.
    in_order(&stage, &["Nov", "17"]);
}

#[wasm_bindgen_test]
fn a_day_and_an_instant_keep_their_order_alone_and_in_a_sentence() {
    let at = Timestamp::parse("2026-11-17T14:02:00Z").unwrap();
    let stage = show(move || {
        let day = i18n::day(&day("2026-11-17"));
        view! { <p>{fill(key::invoices::DUE, [("day", &day)])}</p> }.into_any()
    });
    in_order(&stage, &["17", "Nov", "2026"]);
    let stage =
        show(move || view! { <p>{i18n::day_with_weekday(&day("2026-11-17"))}</p> }.into_any());
    in_order(&stage, &["Tue", "17", "Nov", "2026"]);
    let stage = show(move || view! { <p>{i18n::instant_with_zone(&at)}</p> }.into_any());
    in_order(&stage, &["17", "Nov", "2026", "14:02", "GMT"]);
}

#[wasm_bindgen_test]
fn days_hours_and_lengths_keep_their_order() {
    let stage = show(|| {
        view! { <p>{i18n::days_of_week(&day("2026-11-16"), &day("2026-11-22"))}</p> }.into_any()
    });
    in_order(&stage, &["16", "22", "Nov", "2026"]);
    let stage = show(|| view! { <p>{i18n::event_hours(&in_dublin())}</p> }.into_any());
    in_order(&stage, &["14:00", "14:45"]);
    let stage = show(|| view! { <p>{i18n::event_when(&in_dublin())}</p> }.into_any());
    in_order(&stage, &["24", "Nov", "2026", "14:00", "14:45", "GMT"]);
    let stage = show(|| view! { <p>{i18n::duration_words(45)}</p> }.into_any());
    in_order(&stage, &["45", "minutes"]);
}

#[wasm_bindgen_test]
fn an_amount_keeps_its_sign_and_its_currency_in_front() {
    let stage = show(|| view! { <p><Amount money=euros(-104_500) /></p> }.into_any());
    in_order(&stage, &["\u{2212}", "€", "1,045.00"]);
    let stage = show(|| {
        let total = i18n::money(&euros(104_500));
        view! { <p>{plural(key::invoices::CHOSEN, 12, [("total", &total)])}</p> }.into_any()
    });
    in_order(&stage, &["€", "1,045.00"]);
}

#[wasm_bindgen_test]
fn an_event_says_its_day_before_its_hours_as_the_page_runs() {
    let stage = show(|| view! { <EventRow event=in_dublin() href="/e" /> }.into_any());
    in_order(&stage, &["24 Nov", "2026"]);
    in_order(&stage, &["14:00", "14:45"]);
    // The page begins at the right, and so does the row: first the day, left of it the hours.
    in_order(&stage, &["14:00", "24 Nov"]);
}

#[wasm_bindgen_test]
fn a_service_says_its_facts_in_the_pages_order() {
    let stage = show(|| {
        let links = |_: &str| Vec::<ServiceLink>::new();
        view! { <ServiceRows services=vec![overview()] links=links /> }.into_any()
    });
    in_order(&stage, &["17", "Nov 2026"]);
    in_order(&stage, &["since", "attended"]);
}

#[wasm_bindgen_test]
fn names_of_files_have_no_sign_that_cannot_be_seen() {
    speak();
    i18n::set_right_to_left(true);
    let name = fill_plain(key::invoices::PDF_NAME, [("number", "INV-1")]);
    assert!(name.is_ascii(), "{name:?}");
    // An amount that is copied from the page can be typed back.
    let copied = i18n::money(&euros(104_500));
    assert!(copied.starts_with('\u{2068}'), "{copied:?}");
    let read = i18n::money_entry(&copied, Currency::parse("EUR").unwrap());
    assert_eq!(read, Ok(euros(104_500)));
}

#[wasm_bindgen_test]
fn from_left_to_right_nothing_is_added() {
    speak();
    let when = i18n::event_begins(
        &Timestamp::parse("2026-11-17T14:02:00Z").unwrap(),
        Some(&AllDay {
            first: day("2026-11-17"),
            last: day("2026-11-17"),
        }),
    );
    let due = fill(key::invoices::DUE, [("day", &when)]);
    for text in [when, due, i18n::money(&euros(-100))] {
        assert!(!text.contains(['\u{2068}', '\u{2069}']), "{text:?}");
    }
}
