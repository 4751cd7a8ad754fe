//! A field for a day.

use api_types::Day;
use leptos::html::Input;
use leptos::prelude::*;

use super::field_frame::{FieldFrame, described_by, invalid};

/// While a year is typed, `2` is the year 2 to the browser. No day of a portal
/// lies before this one.
const FIRST_YEAR: u16 = 1000;

/// The browser's own day field: it knows the customer's order of day, month and
/// year, and brings a calendar.
#[component]
pub fn DayField(
    /// The label.
    #[prop(into)]
    label: String,
    /// Its id and its name in the form.
    #[prop(into)]
    name: String,
    /// The day.
    #[prop(into)]
    value: Signal<Option<Day>>,
    /// Another day, or none, was entered.
    #[prop(into)]
    on_change: Callback<Option<Day>>,
    /// The first day that can be chosen.
    #[prop(optional, into)]
    min: Signal<Option<Day>>,
    /// The last day that can be chosen.
    #[prop(optional, into)]
    max: Signal<Option<Day>>,
    /// What to know before.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let described = described_by(&name, &[hint.is_some().then_some("hint")], error);
    let wrong = invalid(error);
    let input = NodeRef::<Input>::new();
    // Written only where it says something else: writing takes away what is half typed.
    Effect::new(move |_| {
        let wanted = value.get();
        if let Some(input) = input.get()
            && Day::parse(&input.value()).ok() != wanted
        {
            input.set_value(&wanted.map(|day| day.to_string()).unwrap_or_default());
        }
    });
    let read = move |text: String| {
        let day = Day::parse(&text).ok();
        let still_typed = day.is_some_and(|day| day.year() < FIRST_YEAR);
        if !still_typed && day != value.get_untracked() {
            on_change.run(day);
        }
    };
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    view! {
        <FieldFrame name=name.clone() label=label hint=hint error=error read_out=true>
            <input
                class="field__input"
                node_ref=input
                id=name.clone()
                name=name
                type="date"
                min=move || text(min.get())
                max=move || text(max.get())
                aria-describedby=move || described.get()
                aria-invalid=wrong
                on:change:target=move |event| read(event.target().value())
            />
        </FieldFrame>
    }
}
