//! A field to search a list with.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::i18n::{key, t};

/// How long a pause in typing is.
const PAUSE: Duration = Duration::from_millis(400);

/// A search field with its button. It asks at a pause in typing, when it is sent
/// or left, and at once when it is emptied; what is being typed stays as it is.
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
    let typed = RwSignal::new(value.get_untracked());
    let asked = StoredValue::new(value.get_untracked());
    // Only what comes from elsewhere, as from Back, takes the place of what is typed.
    Effect::new(move |_| {
        let value = value.get();
        if asked.with_value(|asked| *asked != value) {
            asked.set_value(value.clone());
            typed.set(value);
        }
    });
    let ask = move || {
        let wanted = typed.with_untracked(|text| text.trim().to_owned());
        if asked.with_value(|asked| *asked != wanted) {
            asked.set_value(wanted.clone());
            on_search.run(wanted);
        }
    };
    let mut ask_at_pause = debounce(PAUSE, move |()| ask());
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
                        } else {
                            ask_at_pause(());
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
