//! A short word about what has just been done, which goes when it is dismissed.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::i18n::{key, t};

/// The newest short message, at the edge of the screen; nothing while there is
/// none. It is for the eye: the live region says the same to the ear.
#[component]
pub fn Toast(
    /// What to say.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// The customer has read it.
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    move || {
        text.get().map(|text| {
            view! {
                <div class="toast">
                    <p class="toast__text">{text}</p>
                    <button
                        type="button"
                        class="toast__dismiss"
                        aria-label=t(key::common::DISMISS)
                        on:click=move |_| on_dismiss.run(())
                    >
                        <Icon glyph=Glyph::Cross />
                    </button>
                </div>
            }
        })
    }
}
