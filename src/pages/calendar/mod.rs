//! `Upcoming` and `History`.

use leptos::prelude::*;

/// `Upcoming` and `History`.
#[component]
pub fn CalendarPage() -> impl IntoView {}
