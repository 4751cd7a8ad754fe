//! The state of something: always a word, never a colour alone.

use leptos::prelude::*;

use crate::i18n::Badge;

/// A status word; `data-status` gives it its colour.
#[component]
pub fn StatusBadge(
    /// The state; see [`crate::i18n::invoice_badge`] and [`crate::i18n::payment_badge`].
    badge: Badge,
) -> impl IntoView {
    view! {
        <span class="badge" data-status=badge.status>
            {badge.word}
        </span>
    }
}
