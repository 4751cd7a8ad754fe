//! A field to search a list with.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::i18n::{key, t};

/// A search field with its button. It asks when it is sent or left, and at once
/// when it is emptied: what is asked for lives in the address, which a letter
/// more does not change.
#[component]
pub fn SearchField(
    /// What is searched, as in `Search invoices`.
    #[prop(into)]
    label: String,
    /// Its id and its name in the form.
    #[prop(into)]
    name: String,
    /// What is searched for now.
    #[prop(into)]
    value: Signal<String>,
    /// Something else is searched for.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| typed.set(value.get()));
    let ask = move || {
        let wanted = typed.with_untracked(|text| text.trim().to_owned());
        if value.with_untracked(|value| *value != wanted) {
            on_search.run(wanted);
        }
    };
    view! {
        <form
            class="search_field"
            role="search"
            on:submit=move |event| {
                event.prevent_default();
                ask();
            }
        >
            <label class="field__label" for=name.clone()>
                {label}
            </label>
            <div class="search_field__box">
                <input
                    class="field__input"
                    id=name.clone()
                    name=name
                    type="search"
                    enterkeyhint="search"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || typed.get()
                    on:input:target=move |event| {
                        typed.set(event.target().value());
                        if typed.with_untracked(String::is_empty) {
                            ask();
                        }
                    }
                    on:change=move |_| ask()
                />
                <button
                    type="submit"
                    class="search_field__button"
                    aria-label=t(key::controls::SEARCH)
                >
                    <Icon glyph=Glyph::Search />
                </button>
            </div>
        </form>
    }
}
