//! How the page is looked at: what the media queries of the styles say.

use web_sys::{MediaQueryList, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::listening::Listening;
use super::page;

/// Hears when a media query's answer changes until it is dropped.
pub struct Watching {
    _listening: Listening,
}

/// Whether lines run from right to left.
pub fn runs_backwards() -> bool {
    let root = page::document().and_then(|document| document.document_element());
    root.is_some_and(|root| match root.matches(":dir(rtl)") {
        Ok(backwards) => backwards,
        // An older browser does not know the selector.
        Err(_) => root.get_attribute("dir").as_deref() == Some("rtl"),
    })
}

/// Moves the page no further than the element with this id needs to be seen.
pub fn show(id: &str) {
    if let Some(element) = page::document().and_then(|document| document.get_element_by_id(id)) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether a media query is true now, and a call for each change from here on;
/// `None` where there is no screen.
pub fn watch(query: &str, hear: impl Fn(bool) + 'static) -> Option<(bool, Watching)> {
    let list: MediaQueryList = page::window()?.match_media(query).ok()??;
    let now = list.matches();
    let listening = {
        let list = list.clone();
        Listening::to(&list.clone(), "change", move |_| hear(list.matches()))
    };
    Some((
        now,
        Watching {
            _listening: listening,
        },
    ))
}
