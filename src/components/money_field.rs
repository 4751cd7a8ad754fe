//! A field for an amount, typed by the habit of the customer's language.

use api_types::{Currency, Money};
use leptos::prelude::*;

use super::field_frame::{FieldFrame, described_by, invalid};
use crate::i18n::{MoneyEntryError, money_entry, money_entry_words};

/// A labelled amount with its currency beside it. What was typed stays as it was
/// typed; what it means goes to `on_entry`. What is wrong with it is said once
/// the field has been left.
#[component]
pub fn MoneyField(
    /// The label.
    #[prop(into)]
    label: String,
    /// Its id and its name in the form.
    #[prop(into)]
    name: String,
    /// What has been typed; both ways.
    value: RwSignal<String>,
    /// The currency of the amount.
    #[prop(into)]
    currency: Signal<Currency>,
    /// What the text means, at the start and whenever it may mean something else.
    #[prop(optional, into)]
    on_entry: Option<Callback<Result<Money, MoneyEntryError>>>,
    /// The form has been sent: an empty field is wrong now too.
    #[prop(optional, into)]
    tried: Signal<bool>,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with an amount that can be read, as one below the least.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let left = RwSignal::new(false);
    let entry = Memo::new(move |_| value.with(|text| money_entry(text, currency.get())));
    if let Some(on_entry) = on_entry {
        Effect::new(move |_| on_entry.run(entry.get()));
    }
    let error = Signal::derive(move || match entry.get() {
        Ok(_) => error.get(),
        Err(MoneyEntryError::Empty) if !tried.get() => None,
        Err(wrong) => (left.get() || tried.get()).then(|| money_entry_words(wrong, currency.get())),
    });
    let described = described_by(
        &name,
        &[hint.is_some().then_some("hint"), Some("currency")],
        error,
    );
    let wrong = invalid(error);
    let currency_id = format!("{name}-currency");
    view! {
        <FieldFrame name=name.clone() label=label hint=hint error=error read_out=true>
            <input
                class="field__input field__amount"
                id=name.clone()
                name=name
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-describedby=move || described.get()
                aria-invalid=wrong
                bind:value=value
                on:blur=move |_| left.set(true)
            />
            <span class="field__unit" id=currency_id>
                {move || currency.get().code().to_owned()}
            </span>
        </FieldFrame>
    }
}
