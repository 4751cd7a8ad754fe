//! The way to the pages before and after.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::page_heading::PAGE_HEADING_ID;
use crate::browser::focus;
use crate::i18n::{key, t};

/// Links to the page before and the page after; nothing where there is neither. A
/// pressed link goes with its page, so the keyboard goes to the heading.
#[component]
pub fn Pager(
    /// Where the page before is.
    #[prop(into)]
    previous: Option<String>,
    /// Where the page after is.
    #[prop(into)]
    next: Option<String>,
) -> impl IntoView {
    let to_heading = |_| {
        focus::to(PAGE_HEADING_ID);
    };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=t(key::common::PAGES)>
                {previous
                    .map(|href| {
                        view! {
                            <a class="button" rel="prev" href=href on:click=to_heading>
                                <Icon glyph=Glyph::Backward />
                                {t(key::common::PREVIOUS_PAGE)}
                            </a>
                        }
                    })}
                {next
                    .map(|href| {
                        view! {
                            <a class="button pager__next" rel="next" href=href on:click=to_heading>
                                {t(key::common::NEXT_PAGE)}
                                <Icon glyph=Glyph::Forward />
                            </a>
                        }
                    })}
            </nav>
        }
    })
}
