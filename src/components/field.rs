//! A field for text: label, input, hint, and what is wrong with it.

use leptos::prelude::*;

use super::field_frame::{FieldFrame, described_by, invalid};
use crate::i18n::{key, t};

/// What is typed into a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Plain text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A password, hidden until the customer asks to see it.
    Password,
}

/// A labelled input. The hint and the error are tied to it; the page moves the
/// keyboard to the first field with an error after a failed try.
#[component]
pub fn Field(
    /// The label.
    #[prop(into)]
    label: String,
    /// Its id and its name in the form.
    name: &'static str,
    /// What is typed.
    #[prop(optional)]
    kind: FieldKind,
    /// What has been typed; both ways.
    value: RwSignal<String>,
    /// What the browser may fill in (HTML's autofill names).
    autocomplete: &'static str,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let input_type = move || match kind {
        FieldKind::Text => "text",
        FieldKind::Email => "email",
        FieldKind::Password if shown.get() => "text",
        FieldKind::Password => "password",
    };
    let described = described_by(name, &[hint.is_some().then_some("hint")], error);
    let wrong = invalid(error);
    view! {
        <FieldFrame name=name label=label hint=hint error=error>
            <input
                class="field__input"
                id=name
                name=name
                type=input_type
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=move || described.get()
                aria-invalid=wrong
                bind:value=value
            />
            {(kind == FieldKind::Password).then(|| view! { <ShowPassword shown=shown /> })}
        </FieldFrame>
    }
}

#[component]
fn ShowPassword(
    /// Whether the password can be read.
    shown: RwSignal<bool>,
) -> impl IntoView {
    let label = move || {
        t(if shown.get() {
            key::sign_in::HIDE
        } else {
            key::sign_in::SHOW
        })
    };
    let name = move || {
        t(if shown.get() {
            key::sign_in::HIDE_PASSWORD
        } else {
            key::sign_in::SHOW_PASSWORD
        })
    };
    view! {
        <button
            type="button"
            class="field__show"
            aria-label=name
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {label}
        </button>
    }
}
