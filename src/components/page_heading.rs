//! The heading of a page, where the keyboard goes after a navigation.

use std::cell::Cell;

use leptos::prelude::*;

use crate::browser::focus;

/// The id of the one `h1`.
pub const PAGE_HEADING_ID: &str = "page-heading";

thread_local! {
    /// Whether a page has been shown: the first one leaves the keyboard where
    /// the browser put it, at the top of the document.
    static ARRIVED: Cell<bool> = const { Cell::new(false) };
}

/// The `h1`. It takes the keyboard when it comes onto the screen, so that a
/// screen reader says where a link has led. Mount it once a page, with a signal
/// for a text that is known only later, or it takes the keyboard again.
#[component]
pub fn PageHeading(
    /// What the page is.
    #[prop(into)]
    text: Signal<String>,
    /// What stands beside it: a badge, a filter.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    Effect::new(move |_| {
        if ARRIVED.replace(true) {
            focus::to(PAGE_HEADING_ID);
        }
    });
    view! {
        <div class="page_heading">
            <h1 class="page_heading__text" id=PAGE_HEADING_ID tabindex="-1">
                {move || text.get()}
            </h1>
            {children.map(|children| view! { <div class="page_heading__beside">{children()}</div> })}
        </div>
    }
}
