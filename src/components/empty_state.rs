//! A screen with nothing in it yet, or one that could not be found: what is
//! so, why, and the one next step.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// What is so, why, and, as children, the one next step.
#[component]
pub fn EmptyState(
    /// What is so.
    #[prop(into)]
    title: String,
    /// Why.
    #[prop(into)]
    body: String,
    /// A drawing of the thing that is not there.
    #[prop(default = Glyph::Invoices)]
    glyph: Glyph,
    /// The next step: a link or a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty_state">
            <span class="empty_state__glyph">
                <Icon glyph=glyph />
            </span>
            <p class="empty_state__title">{title}</p>
            <p class="empty_state__body">{body}</p>
            {children.map(|children| view! { <div class="empty_state__next">{children()}</div> })}
        </div>
    }
}
