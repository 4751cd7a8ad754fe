//! Another time for an event.

use leptos::prelude::*;

/// Another time for an event.
#[component]
pub fn MoveEventPage() -> impl IntoView {}
