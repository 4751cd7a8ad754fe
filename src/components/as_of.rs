//! How old what is shown may be.

use api_types::Timestamp;
use leptos::prelude::*;

use crate::i18n::{self, fill, key};

/// How far the shown figures can be trusted to be the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// The page hears of changes.
    Live,
    /// Nothing has been heard for a while.
    Old,
    /// There is no connection.
    Offline,
}

impl Freshness {
    fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Old => "old",
            Self::Offline => "offline",
        }
    }
}

/// `As of today, 14:02` with a dot; the words say what the dot says.
#[component]
pub fn AsOf(
    /// When the server reckoned it, by its own clock.
    #[prop(into)]
    at: Signal<Timestamp>,
    /// How fresh it is.
    #[prop(into)]
    freshness: Signal<Freshness>,
) -> impl IntoView {
    let words = move || {
        let when = at.with(i18n::as_of);
        let template = match freshness.get() {
            Freshness::Live => key::common::AS_OF,
            Freshness::Old => key::common::AS_OF_OLD,
            Freshness::Offline => key::common::AS_OF_OFFLINE,
        };
        fill(template, [("when", &when)])
    };
    view! {
        <p class="as_of" data-freshness=move || freshness.get().name()>
            {words}
        </p>
    }
}
