//! One event.

use leptos::prelude::*;

/// One event.
#[component]
pub fn EventPage() -> impl IntoView {}
