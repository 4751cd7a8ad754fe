//! What a page says when it could not read.

use api_types::Versioned;
use leptos::prelude::*;

use crate::components::{Notice, NoticeTone};
use crate::state::{Loaded, error_words};

/// Why the last reading failed and a way to read again; nothing while all is well.
#[component]
pub fn LoadFailure<V>(
    /// What was to be read.
    loaded: Loaded<V>,
    /// What is missing, in words.
    #[prop(into)]
    title: String,
) -> impl IntoView
where
    V: Versioned + Clone + Send + Sync + 'static,
{
    move || {
        loaded.error().map(|error| {
            view! {
                <Notice
                    tone=NoticeTone::Bad
                    title=title.clone()
                    body=error_words(&error)
                    on_retry=Callback::new(move |()| loaded.retry())
                />
            }
        })
    }
}
