//! What is known about one thing: labels with their values.

use leptos::prelude::*;

/// One fact.
pub struct Detail {
    label: String,
    value: AnyView,
}

impl Detail {
    /// A label with its value.
    pub fn new(label: impl Into<String>, value: impl IntoAny) -> Self {
        Self {
            label: label.into(),
            value: value.into_any(),
        }
    }
}

/// Labels and values, two by two.
#[component]
pub fn Details(
    /// The facts, in order.
    facts: Vec<Detail>,
) -> impl IntoView {
    let fact = |fact: Detail| {
        view! {
            <div class="details__fact">
                <dt class="details__label">{fact.label}</dt>
                <dd class="details__value">{fact.value}</dd>
            </div>
        }
    };
    view! { <dl class="details">{facts.into_iter().map(fact).collect_view()}</dl> }
}
