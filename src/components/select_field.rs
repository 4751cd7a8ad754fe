//! A field with one choice out of a list.

use leptos::prelude::*;

use super::field_frame::{FieldFrame, described_by, invalid};
use super::icon::{Glyph, Icon};

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is in the address and to the page.
    pub value: String,
    /// What it is called.
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// A labelled list to choose one from: the browser's own, which every phone and
/// screen reader knows.
#[component]
pub fn SelectField(
    /// The label.
    #[prop(into)]
    label: String,
    /// Its id and its name in the form.
    #[prop(into)]
    name: String,
    /// What there is to choose from, in order.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value of what is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Another one was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// What to know before choosing.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It cannot be changed: there is only this one.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// An [`Icon`] of what is chosen, at the start of the field.
    #[prop(optional)]
    mark: Option<AnyView>,
) -> impl IntoView {
    let described = described_by(&name, &[hint.is_some().then_some("hint")], error);
    let wrong = invalid(error);
    let option = move |choice: Choice| {
        let mine = choice.value.clone();
        let chosen = move || value.with(|value| *value == mine);
        view! {
            <option value=choice.value prop:selected=chosen>
                {choice.label}
            </option>
        }
    };
    view! {
        <FieldFrame name=name.clone() label=label hint=hint error=error>
            <select
                class="field__input field__select"
                id=name.clone()
                name=name
                disabled=move || locked.get()
                aria-describedby=move || described.get()
                aria-invalid=wrong
                on:change:target=move |event| on_change.run(event.target().value())
            >
                {move || choices.get().into_iter().map(option).collect_view()}
            </select>
            <Icon glyph=Glyph::Down />
            {mark}
        </FieldFrame>
    }
}
