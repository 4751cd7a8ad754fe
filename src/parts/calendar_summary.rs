//! How many events a month or a week has, and how old that is.

use api_types::{CalendarDays, Day, EventFilters};
use leptos::prelude::*;

use super::event_options::options_on;
use super::freshness::use_freshness;
use crate::components::{AsOf, Skeleton, SkeletonOf};
use crate::i18n::{fill, key, plural};
use crate::state::Loaded;

/// How many events there are from the first of some days to the last; told whenever that changes.
#[component]
pub fn CalendarSummary(
    /// What is read.
    days: Loaded<CalendarDays>,
    /// The days that count.
    #[prop(into)]
    span: Signal<(Day, Day)>,
    /// What they are called, as in `November 2026`.
    #[prop(into)]
    name: Signal<String>,
    /// What the events are filtered by.
    #[prop(into)]
    filters: Signal<EventFilters>,
) -> impl IntoView {
    let words = move || {
        let (first, last) = span.get();
        let found = days.of(|days| {
            let touch = days
                .events
                .iter()
                .filter(|placed| placed.first_on <= last && first <= placed.last_on);
            (touch.count(), days.cut.then_some(days.events.len()))
        });
        let filtered = filters.with(options_on) > 0;
        found.map(|(count, cut)| summary_words(count, cut, &name.get(), filtered))
    };
    let waiting = Memo::new(move |_| days.of(|_| ()).is_none() && days.error().is_none());
    view! {
        <p class="calendar_view__summary" role="status">
            {words}
        </p>
        // The days stand already: only that their events are coming is to be said.
        {move || waiting.get().then(|| view! { <Skeleton of=SkeletonOf::Rows(0) /> })}
    }
}

fn summary_words(count: usize, cut: Option<usize>, period: &str, filtered: bool) -> String {
    let small = |count| u32::try_from(count).unwrap_or(u32::MAX);
    if let Some(most) = cut {
        return plural(key::calendar_views::CUT, small(most), []);
    }
    let period = [("period", period)];
    match count {
        0 if filtered => fill(key::calendar_views::NONE_FIT_IN, period),
        0 => fill(key::calendar_views::NO_EVENTS_IN, period),
        some => plural(key::calendar_views::COUNT_IN, small(some), period),
    }
}

/// How old what the calendar shows is.
#[component]
pub fn CalendarReadAt(
    /// What is read.
    days: Loaded<CalendarDays>,
) -> impl IntoView {
    let freshness = use_freshness(days);
    let as_of = Memo::new(move |_| days.of(|days| days.as_of));
    move || {
        let at = as_of.get();
        at.map(|at| view! { <AsOf at=Signal::stored(at) freshness=freshness /> })
    }
}
