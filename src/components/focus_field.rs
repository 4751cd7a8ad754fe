//! Bringing the keyboard to a field whose content is not right yet.

use std::time::Duration;

use leptos::prelude::{on_cleanup, set_timeout};

use super::page_heading::PAGE_HEADING_ID;
use super::shell::CONTENT_ID;
use crate::browser::focus;

/// Moves the keyboard to the field of this name, after a try that it stood in the way of.
pub fn focus_field(name: &str) {
    focus::to(name);
}

/// Brings the keyboard to what stands in the place of something that had it and is gone, unless
/// the customer has gone on elsewhere.
pub fn focus_instead(id: &str) {
    focus::restore(id);
}

/// Once what is changing on the page has changed, brings the keyboard to the first of these CSS
/// selectors that is there, unless the customer has gone on elsewhere.
pub fn focus_one_of(selectors: Vec<String>) {
    set_timeout(move || focus::restore_first(&selectors), Duration::ZERO);
}

/// When the button with this id goes while it has the keyboard, brings it to where the customer
/// can go on: to the link or the button that tells of the payment in the panel that it opened, to
/// that panel's heading while the payment is under way, to what can be pressed in the part of the
/// page that the button stood in, or to the page's heading. To be called where the button is built.
pub fn pass_focus_on(id: String) {
    on_cleanup(move || {
        if focus::holds(&id) {
            let panel = format!("[data-stands-for~=\"{id}\"]");
            // Another button may have taken its place under the same name.
            let mut places = vec![format!("[id=\"{id}\"]"), resting_place(&panel), panel];
            if let Some(part) = focus::around(&id).filter(|part| part != CONTENT_ID) {
                let within = |what: &str| format!("[id=\"{part}\"] {what}");
                places.extend([within("a[href]"), within("button:not([aria-disabled])")]);
            }
            places.push(format!("#{PAGE_HEADING_ID}"));
            focus_one_of(places);
        }
    });
}

/// Selects what in a panel, by its heading's selector, takes the keyboard once the payment is
/// made: there is something to press, and it pays nothing.
pub fn resting_place(heading: &str) -> String {
    format!("{heading} ~ * > [data-rest]")
}
