//! One of a few, all of them in sight, each with what it costs and means.

use api_types::Money;
use leptos::prelude::*;

use super::amount::Amount;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioChoice {
    /// What it is to the page; its field's id ends with it.
    pub value: &'static str,
    /// What it is called.
    pub label: String,
    /// How much it is about.
    pub amount: Option<Money>,
    /// What comes of it.
    pub note: String,
}

/// A group of radio buttons: the arrow keys go from one to the other.
#[component]
pub fn RadioField(
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// Its name in the form; the ids of its fields begin with it.
    name: &'static str,
    /// What there is to choose from, in order.
    #[prop(into)]
    choices: Signal<Vec<RadioChoice>>,
    /// The value of what is chosen.
    #[prop(into)]
    value: Signal<&'static str>,
    /// Another one was chosen.
    #[prop(into)]
    on_change: Callback<&'static str>,
) -> impl IntoView {
    let choice = move |choice: RadioChoice| {
        let mine = choice.value;
        let id = format!("{name}-{mine}");
        let note_id = format!("{id}-note");
        let (label_for, described_by) = (id.clone(), note_id.clone());
        view! {
            <div class="radio_field__choice">
                <label class="radio_field__label" for=label_for>
                    <input
                        class="radio_field__box"
                        type="radio"
                        id=id
                        name=name
                        value=mine
                        aria-describedby=described_by
                        prop:checked=move || value.get() == mine
                        on:change=move |_| on_change.run(mine)
                    />
                    <span class="radio_field__words">{choice.label}</span>
                    {choice
                        .amount
                        .map(|amount| {
                            view! {
                                " "
                                <span class="radio_field__amount">
                                    <Amount money=amount />
                                </span>
                            }
                        })}
                </label>
                <p class="radio_field__note" id=note_id>
                    {choice.note}
                </p>
            </div>
        }
    };
    view! {
        <fieldset class="radio_field">
            <legend class="field__label">{label}</legend>
            {move || choices.get().into_iter().map(choice).collect_view()}
        </fieldset>
    }
}
