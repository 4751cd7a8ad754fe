//! What stands around every input: label, hint, and what is wrong.

use leptos::prelude::*;

/// Label, hint and error of one input, which is its child. The input carries
/// the id `name` and what [`described_by`] gives.
#[component]
pub(super) fn FieldFrame(
    /// The input's id.
    #[prop(into)]
    name: String,
    /// The label.
    label: String,
    /// What to know before typing.
    hint: Option<String>,
    /// What is wrong and what to do.
    error: Signal<Option<String>>,
    /// Whether the error is read out as it comes, since nobody moves the
    /// keyboard to it.
    #[prop(optional)]
    read_out: bool,
    /// The input.
    children: Children,
) -> impl IntoView {
    let error_id = format!("{name}-error");
    let words = move || {
        let id = error_id.clone();
        error
            .get()
            .map(|error| view! { <p class="field__error" id=id>{error}</p> })
    };
    let hint_id = format!("{name}-hint");
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <div class="field__box">{children()}</div>
            <div class="field__wrong" aria-live=read_out.then_some("polite")>
                {words}
            </div>
        </div>
    }
}

/// The ids of what is read with an input: its hint, its unit, its error.
pub(super) fn described_by(
    name: &str,
    standing: &[Option<&str>],
    error: Signal<Option<String>>,
) -> Signal<Option<String>> {
    let standing: Vec<String> = standing
        .iter()
        .flatten()
        .map(|part| format!("{name}-{part}"))
        .collect();
    let error_id = format!("{name}-error");
    Signal::derive(move || {
        let mut ids = standing.clone();
        if error.with(Option::is_some) {
            ids.push(error_id.clone());
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    })
}

/// `aria-invalid` of an input.
pub(super) fn invalid(error: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> + Clone {
    move || error.with(Option::is_some).then_some("true")
}
