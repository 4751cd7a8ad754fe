//! The feed that other calendars read.

use leptos::prelude::*;

/// The feed that other calendars read.
#[component]
pub fn FeedPage() -> impl IntoView {}
