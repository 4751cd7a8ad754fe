//! Where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Moves the keyboard to the element with this id, if it is there.
pub fn to(id: &str) -> bool {
    let element = super::page::document().and_then(|document| document.get_element_by_id(id));
    match element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        Some(element) => element.focus().is_ok(),
        None => false,
    }
}

/// Brings the keyboard back to the element with this id, unless the customer
/// has meanwhile gone on somewhere else.
pub fn restore(id: &str) {
    if is_nowhere() {
        to(id);
    }
}

/// Brings the keyboard to the first of these CSS selectors that is there, unless the customer
/// has meanwhile gone on somewhere else. At one of the others it has only been put for want of
/// the first.
pub fn restore_first(selectors: &[String]) {
    let put = |element: Element| {
        let mut is_it = selectors.iter().map(|selector| element.matches(selector));
        is_it.any(|is_it| is_it.unwrap_or(false))
    };
    let free = is_nowhere() || active().is_some_and(put);
    let Some(document) = super::page::document().filter(|_| free) else {
        return;
    };
    let found = selectors
        .iter()
        .find_map(|selector| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // What cannot take it leaves it where it is.
        let _ = element.focus();
    }
}

/// Whether the element with this id has the keyboard.
pub fn holds(id: &str) -> bool {
    active().is_some_and(|element| element.id() == id)
}

fn active() -> Option<Element> {
    super::page::document()?.active_element()
}

/// Whether the keyboard is at nothing in particular.
pub fn is_nowhere() -> bool {
    active().is_none_or(|element| element.tag_name() == "BODY")
}
