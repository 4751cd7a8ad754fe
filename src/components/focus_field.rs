//! Bringing the keyboard to a field whose content is not right yet.

use std::time::Duration;

use leptos::prelude::{on_cleanup, set_timeout};

use super::page_heading::PAGE_HEADING_ID;
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

/// When the button with this id goes while it has the keyboard, brings it to the heading of the
/// panel that it opened, or of the page. To be called where the button is built.
pub fn pass_focus_on(id: String) {
    on_cleanup(move || {
        if focus::holds(&id) {
            focus_one_of(vec![
                // Another button may have taken its place under the same name.
                format!("#{id}"),
                format!("[data-stands-for~=\"{id}\"]"),
                format!("#{PAGE_HEADING_ID}"),
            ]);
        }
    });
}
