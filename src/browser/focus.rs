//! Where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

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
    let active = super::page::document().and_then(|document| document.active_element());
    if active.is_none_or(|element| element.tag_name() == "BODY") {
        to(id);
    }
}
