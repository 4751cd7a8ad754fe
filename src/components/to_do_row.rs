//! One thing to do: what it is, by when, how much, and the way to do it.

use api_types::Money;
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::icon::{Glyph, Icon};
use crate::i18n::Badge;

/// A row of the list of things to do. With a link all of it is pressed; else
/// what can be pressed are its children.
#[component]
pub fn ToDoRow(
    /// A drawing of what it is about.
    glyph: Glyph,
    /// What to do.
    #[prop(into)]
    title: String,
    /// More about it.
    #[prop(into)]
    note: String,
    /// How much it is about.
    #[prop(optional_no_strip)]
    amount: Option<Money>,
    /// A state that makes it urgent.
    #[prop(optional_no_strip)]
    badge: Option<Badge>,
    /// Where it is done.
    #[prop(optional_no_strip)]
    href: Option<String>,
    /// What can be pressed to do it here.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let title = match href {
        Some(href) => view! {
            <a class="to_do_row__link" href=href>
                {title}
            </a>
        }
        .into_any(),
        None => title.into_any(),
    };
    view! {
        <li class="rows__item to_do_row">
            <span class="to_do_row__glyph">
                <Icon glyph=glyph />
            </span>
            <div class="to_do_row__words">
                <p class="to_do_row__title">{title}</p>
                <p class="to_do_row__note">{note}</p>
            </div>
            <div class="to_do_row__end">
                {amount
                    .map(|amount| {
                        view! {
                            <span class="to_do_row__amount">
                                <Amount money=amount />
                            </span>
                        }
                    })} {badge.map(|badge| view! { <StatusBadge badge=badge /> })}
            </div>
            {children.map(|children| view! { <div class="to_do_row__acts">{children()}</div> })}
        </li>
    }
}
