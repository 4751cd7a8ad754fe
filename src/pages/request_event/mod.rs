//! `Request an Event with (Service Provider name)`.

use leptos::prelude::*;

/// `Request an Event with (Service Provider name)`.
#[component]
pub fn RequestEventPage() -> impl IntoView {}
