//! A week of the calendar.

use leptos::prelude::*;

/// A week of the calendar.
#[component]
pub fn WeekPage() -> impl IntoView {}
