//! An address that the app does not have.

use leptos::prelude::*;

use crate::components::{EmptyState, Glyph, PageHeading};
use crate::i18n::{key, t};
use crate::route::Route;
use crate::state::use_title;

/// Says so, and leads back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    use_title(|| t(key::errors::NOT_FOUND_TITLE));
    view! {
        <PageHeading text=t(key::errors::NOT_FOUND_TITLE) />
        <EmptyState title="" body=t(key::errors::NOT_FOUND) glyph=Glyph::Info>
            <a class="button" href=Route::Home.href()>
                {t(key::errors::TO_HOME)}
            </a>
        </EmptyState>
    }
    .into_any()
}
