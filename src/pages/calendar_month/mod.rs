//! A month of the calendar.

use leptos::prelude::*;

/// A month of the calendar.
#[component]
pub fn MonthPage() -> impl IntoView {}
