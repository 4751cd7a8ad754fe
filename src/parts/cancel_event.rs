//! Cancelling an event, with what it costs said before.

use api_types::Event;
use leptos::prelude::*;

/// The button that leads to cancelling an event, or why it cannot be cancelled.
#[component]
pub fn CancelEvent(
    /// The event, as the server told it last.
    #[prop(into)]
    event: Signal<Event>,
) -> impl IntoView {
    move || event.with(|event| event.cancel.allowed).then_some(())
}
