//! Where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, Node};

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

/// Brings the keyboard to the first of these CSS selectors that is there and can take it, unless
/// the customer has gone on somewhere else. The keyboard counts as not gone on while it is at one
/// of the later selectors, because only the lack of an earlier one has put it there.
pub fn restore_first(selectors: &[String]) {
    let put_at = active().and_then(|element| {
        let is_it = |selector: &String| element.matches(selector).unwrap_or(false);
        selectors.iter().position(is_it)
    });
    let better = match put_at {
        Some(at) => at,
        None if is_nowhere() => selectors.len(),
        None => return,
    };
    let Some(document) = super::page::document() else {
        return;
    };
    for selector in selectors.iter().take(better) {
        let found = document.query_selector(selector).ok().flatten();
        let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        // What is not shown leaves it where it is.
        if element.focus().is_ok() && active().as_ref() == Some(element.as_ref()) {
            return;
        }
    }
}

/// Whether the keyboard goes from what listens to another part of the page.
pub fn leaves(event: &FocusEvent) -> bool {
    let node = |target: Option<web_sys::EventTarget>| target?.dyn_into::<Node>().ok();
    let (from, to) = (node(event.current_target()), node(event.related_target()));
    from.zip(to)
        .is_some_and(|(from, to)| !from.contains(Some(&to)))
}

/// The id of what stands around the element with this id: of the nearest that has one.
pub fn around(id: &str) -> Option<String> {
    let parent = super::page::document()?
        .get_element_by_id(id)?
        .parent_element()?;
    Some(parent.closest("[id]").ok()??.id())
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
