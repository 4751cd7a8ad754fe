//! A text that the customer takes elsewhere: it can be read, marked and copied.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::button::{Button, Look};
use super::field_frame::FieldFrame;
use crate::browser::clipboard;
use crate::i18n::{key, t};

/// A read-only field with `Copy`, and what came of copying in words.
#[component]
pub fn CopyField(
    /// The label.
    #[prop(into)]
    label: String,
    /// Its id and its name.
    #[prop(into)]
    name: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let copied = RwSignal::new(None::<bool>);
    let mark = move || {
        if let Some(input) = input.get_untracked() {
            input.select();
        }
    };
    let copy = move |()| {
        // The browser takes it only within the click.
        let written = clipboard::write(&value.get_untracked());
        copied.set(None);
        spawn_local(async move {
            let taken = written.await;
            if !taken {
                mark();
            }
            copied.try_set(Some(taken));
        });
    };
    let told = move || {
        copied.get().map(|taken| {
            t(if taken {
                key::controls::COPIED
            } else {
                key::controls::COPY_FAILED
            })
        })
    };
    view! {
        <div class="copy_field">
            <FieldFrame name=name.clone() label=label hint=None error=Signal::stored(None)>
                <input
                    class="field__input copy_field__text"
                    node_ref=input
                    id=name
                    type="text"
                    readonly=true
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || value.get()
                    on:focus=move |_| mark()
                />
            </FieldFrame>
            <Button look=Look::Primary on_press=Callback::new(copy)>
                {t(key::controls::COPY)}
            </Button>
            <p class="copy_field__told" role="status">
                {told}
            </p>
        </div>
    }
}
