//! The month or the week on screen, and the ways to the others.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::i18n::{key, t};

/// What the ways are called, for a screen reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodWords {
    /// All of them together.
    pub ways: String,
    /// The one back.
    pub previous: String,
    /// The one on.
    pub next: String,
}

/// A heading, and links to the period before, to today's and to the one after. The links stay
/// while what is shown changes, so that they can be pressed again and again.
#[component]
pub fn PeriodBar(
    /// The id of its heading, unique on the page.
    id: &'static str,
    /// What is on screen, as in `November 2026`.
    #[prop(into)]
    name: Signal<String>,
    /// What the links are called.
    words: PeriodWords,
    /// Where the period before is; nowhere where the calendar ends.
    #[prop(into)]
    previous: Signal<Option<String>>,
    /// Where today's is.
    #[prop(into)]
    today: Signal<String>,
    /// Whether today's is on screen.
    #[prop(into)]
    is_today: Signal<bool>,
    /// Where the one after is.
    #[prop(into)]
    next: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="period_bar">
            <h2 class="period_bar__name" id=id>
                {move || name.get()}
            </h2>
            <nav class="period_bar__ways" aria-label=words.ways>
                <a
                    class="button period_bar__way"
                    rel="prev"
                    href=move || previous.get()
                    aria-label=words.previous
                    data-noscroll=""
                >
                    <Icon glyph=Glyph::Backward />
                </a>
                <a
                    class="button period_bar__way"
                    href=move || today.get()
                    aria-current=move || is_today.get().then_some("true")
                    data-noscroll=""
                >
                    {t(key::calendar_views::TODAY)}
                </a>
                <a
                    class="button period_bar__way"
                    rel="next"
                    href=move || next.get()
                    aria-label=words.next
                    data-noscroll=""
                >
                    <Icon glyph=Glyph::Forward />
                </a>
            </nav>
        </div>
    }
}
