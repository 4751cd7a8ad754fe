//! Writing a message: `Subject`, `Message`, `Send`.

use api_types::SendMessage;
use leptos::prelude::*;

use super::button::{Button, ButtonKind, Look};
use super::field::Field;
use super::text_area::TextArea;
use crate::i18n::{key, t};

/// The name of the field of what a message is about.
pub const SUBJECT_FIELD: &str = "message-subject";
/// The name of the field of what it says.
pub const TEXT_FIELD: &str = "message-text";
/// As many characters as what it says may have.
pub const MOST_TEXT: usize = SendMessage::MOST_TEXT_CHARACTERS;

/// The form. What is typed stays with whoever shows it, so that a failure loses nothing.
#[component]
pub fn MessageForm(
    /// What it is about; both ways.
    subject: RwSignal<String>,
    /// What it says; both ways.
    text: RwSignal<String>,
    /// What is wrong with the first.
    #[prop(into)]
    subject_error: Signal<Option<String>>,
    /// What is wrong with the second.
    #[prop(into)]
    text_error: Signal<Option<String>>,
    /// It is being sent.
    #[prop(into)]
    busy: Signal<bool>,
    /// `Send` was pressed.
    #[prop(into)]
    on_send: Callback<()>,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_send.run(());
        }
    };
    view! {
        <form class="message_form" novalidate=true on:submit=submit>
            <Field
                label=t(key::event::SUBJECT)
                name=SUBJECT_FIELD
                value=subject
                autocomplete="off"
                error=subject_error
            />
            <TextArea
                label=t(key::event::MESSAGE)
                name=TEXT_FIELD
                value=text
                most=MOST_TEXT
                error=text_error
            />
            <Button look=Look::Primary kind=ButtonKind::Submit busy=busy>
                {t(key::event::SEND)}
            </Button>
        </form>
    }
}
