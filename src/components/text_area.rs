//! A field for a text of several lines, of which it is counted how much still fits.

use leptos::prelude::*;

use super::field_frame::{FieldFrame, described_by, invalid};
use crate::i18n::{key, plural};

/// From how few characters on it is said how many are left.
const SAID_FROM: usize = 100;

/// A labelled text of several lines. It takes more than fits, since what was
/// pasted must not be cut unseen, and says so.
#[component]
pub fn TextArea(
    /// The label.
    #[prop(into)]
    label: String,
    /// Its id and its name in the form.
    #[prop(into)]
    name: String,
    /// What has been typed; both ways.
    value: RwSignal<String>,
    /// How many characters fit.
    most: usize,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with a text that fits.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let left = Memo::new(move |_| value.with(|text| room_left(text, most)));
    let error = Signal::derive(move || match left.get() {
        Err(over) => Some(plural(key::controls::TEXT_OVER, over, [])),
        Ok(_) => error.get(),
    });
    let described = described_by(
        &name,
        &[hint.is_some().then_some("hint"), Some("left")],
        error,
    );
    let wrong = invalid(error);
    let left_id = format!("{name}-left");
    let near_end = move || left.get().is_ok_and(|left| left <= SAID_FROM);
    let left_words = move || {
        let left = left.get().unwrap_or_default();
        plural(
            key::controls::TEXT_LEFT,
            u32::try_from(left).unwrap_or(u32::MAX),
            [],
        )
    };
    view! {
        <FieldFrame name=name.clone() label=label hint=hint error=error read_out=true>
            <textarea
                class="field__input field__area"
                id=name.clone()
                name=name
                rows="4"
                aria-describedby=move || described.get()
                aria-invalid=wrong
                prop:value=move || value.get()
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
            <p class="field__left" id=left_id data-near=move || near_end().then_some("true")>
                {left_words}
            </p>
        </FieldFrame>
    }
}

/// How many characters still fit, or by how many there are too many.
fn room_left(text: &str, most: usize) -> Result<usize, u32> {
    let count = text.chars().count();
    match most.checked_sub(count) {
        Some(left) => Ok(left),
        None => Err(u32::try_from(count - most).unwrap_or(u32::MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_still_fits_is_counted_in_characters() {
        assert_eq!(room_left("", 10), Ok(10));
        assert_eq!(room_left("žluťoučký!", 10), Ok(0));
        assert_eq!(room_left("日本語の文字", 5), Err(1));
    }
}
