//! A field that is ticked or not.

use leptos::prelude::*;

/// A checkbox with its label beside it.
#[component]
pub fn CheckField(
    /// The label.
    #[prop(into)]
    label: String,
    /// Its id and its name in the form.
    #[prop(into)]
    name: String,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// It was ticked or cleared.
    #[prop(into)]
    on_change: Callback<bool>,
    /// What to know before.
    #[prop(optional, into)]
    hint: Option<String>,
    /// It cannot be changed.
    #[prop(optional)]
    locked: bool,
) -> impl IntoView {
    let hint_id = hint.is_some().then(|| format!("{name}-hint"));
    let described_by = hint_id.clone();
    let labels = name.clone();
    view! {
        <div class="check_field">
            <label class="check_field__label" for=labels>
                <input
                    class="check_field__box"
                    type="checkbox"
                    id=name.clone()
                    name=name
                    disabled=locked
                    aria-describedby=described_by
                    prop:checked=move || checked.get()
                    on:change:target=move |event| on_change.run(event.target().checked())
                />
                <span>{label}</span>
            </label>
            {hint.map(|hint| view! { <p class="check_field__hint" id=hint_id>{hint}</p> })}
        </div>
    }
}
