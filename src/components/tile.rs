//! A large way into a place, on the home screen.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A link with a drawing, a name and what is found there.
#[component]
pub fn Tile(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The drawing.
    glyph: Glyph,
    /// The place's name.
    #[prop(into)]
    label: String,
    /// What is found there.
    #[prop(into)]
    body: String,
) -> impl IntoView {
    view! {
        <a class="tile" href=href>
            <span class="tile__glyph">
                <Icon glyph=glyph />
            </span>
            <span class="tile__words">
                <span class="tile__label">{label}</span>
                " "
                <span class="tile__body">{body}</span>
            </span>
            <Icon glyph=Glyph::Forward />
        </a>
    }
}
