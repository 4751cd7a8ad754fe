//! The small block with a day at the start of a row.

use api_types::Day;
use leptos::prelude::*;

use crate::i18n;

/// A day and its month, as in `17 Nov`. What needs the year says it elsewhere.
#[component]
pub fn DateBlock(
    /// The day.
    day: Day,
) -> impl IntoView {
    view! {
        <time class="date_block" datetime=day.to_string()>
            <span class="date_block__day">{i18n::day_of_month(&day)}</span>
            " "
            <span class="date_block__month">{i18n::month(&day)}</span>
        </time>
    }
}
