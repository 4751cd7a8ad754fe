//! The shape of what is loading, in its final size, so that nothing jumps.

use leptos::prelude::*;

use crate::i18n::{key, t};

/// What is loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkeletonOf {
    /// A page of which nothing is known yet: heading and balance card.
    Page,
    /// The balance card: figure, split and button.
    Balance,
    /// A figure and how old it is.
    Figure,
    /// Rows of a list or table.
    Rows(usize),
    /// A pay button with its terms.
    Pay,
    /// An invoice: heading, parties, lines and totals.
    Document,
}

/// Grey shapes; nothing at all for the first 300 ms, and a word after some seconds.
#[component]
pub fn Skeleton(
    /// What is loading.
    of: SkeletonOf,
) -> impl IntoView {
    let shape = match of {
        SkeletonOf::Page => view! { {bar("heading")} {balance()} }.into_any(),
        SkeletonOf::Balance => balance().into_any(),
        SkeletonOf::Figure => figure().into_any(),
        SkeletonOf::Rows(count) => (0..count).map(|_| row()).collect_view().into_any(),
        SkeletonOf::Pay => {
            view! { <div class="skeleton__pay card">{bar("button")} {bar("terms")}</div> }
                .into_any()
        }
        SkeletonOf::Document => document().into_any(),
    };
    let slow = RwSignal::new(false);
    let told = move || {
        t(if slow.get() {
            key::controls::SLOW
        } else {
            key::common::LOADING
        })
    };
    view! {
        <div class="skeleton" data-loading="">
            <p class="visually-hidden" role="status">
                {told}
            </p>
            <div class="skeleton__shape" aria-hidden="true">
                {shape}
            </div>
            // The styles hold it back for a while; when that is over it is said too.
            <p
                class="skeleton__slow"
                aria-hidden="true"
                on:animationend=move |_| slow.set(true)
            >
                {t(key::controls::SLOW)}
            </p>
        </div>
    }
}

fn bar(size: &'static str) -> impl IntoView {
    view! { <span class="skeleton__bar" data-size=size></span> }
}

fn balance() -> impl IntoView {
    view! {
        <div class="skeleton__balance card">
            <div class="skeleton__head">{bar("short")} {figure()}</div>
            <div class="skeleton__split">{bar("box")} {bar("box")} {bar("box")}</div>
            {bar("button")}
        </div>
    }
}

fn figure() -> impl IntoView {
    view! { {bar("figure")} {bar("short")} }
}

fn row() -> impl IntoView {
    view! {
        <div class="skeleton__row">
            {bar("block")} <span class="skeleton__words">{bar("long")} {bar("short")}</span>
            <span class="skeleton__end">{bar("amount")} {bar("badge")}</span>
        </div>
    }
}

fn document() -> impl IntoView {
    view! {
        <div class="skeleton__document card">
            <div class="skeleton__parties">{bar("party")} {bar("party")}</div>
            <div class="skeleton__lines">{row()} {row()} {row()}</div>
            {bar("short")} {bar("figure")}
        </div>
    }
}
