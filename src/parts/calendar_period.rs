//! A period of the calendar, a month or a week: its days, its events, and the ways to the periods
//! beside it.

use api_types::{CalendarDays, CalendarQuery, Day, EventFilters, Weekday};
use leptos::prelude::*;

use super::calendar_tabs::{CalendarTab, CalendarTabs};
use super::checkout_panels::CheckoutPanels;
use super::event_options::{EventOptions, options_on};
use super::failure::LoadFailure;
use super::freshness::use_freshness;
use crate::components::{AsOf, PageHeading, PeriodBar, PeriodWords, Skeleton, SkeletonOf};
use crate::i18n::{self, Text, fill, key, plural, t};
use crate::route::Route;
use crate::state::{Loaded, Step, load, use_change, use_route, use_time_zones, use_title};

/// What an address says about a period of the calendar.
pub trait PeriodView: Clone + Default + PartialEq + Send + Sync + 'static {
    /// The period: a month, or a week.
    type Period: Copy + PartialEq + Send + Sync + 'static;

    /// Its tab.
    const TAB: CalendarTab;
    /// The id of its heading, unique on the page.
    const HEADING_ID: &'static str;
    /// What is missing if it cannot be read.
    const FAILED: Text;

    /// The route that asks for it.
    fn route(self) -> Route;

    /// What a route asks for; `None` if it leads elsewhere.
    fn of_route(route: Route) -> Option<Self>;

    /// What the events are filtered by.
    fn filters(&self) -> &EventFilters;

    /// The period on screen, where weeks begin on `first`: the one that the address names, else
    /// today's.
    fn period(&self, today: Day, first: Weekday) -> Self::Period;

    /// The address of a period; of today's where none is named.
    fn of_period(period: Option<Self::Period>, filters: EventFilters) -> Self;

    /// The address of the period before one; `None` where the calendar ends.
    fn before(period: Self::Period, filters: EventFilters) -> Option<Self>;

    /// The address of the period after one; `None` where the calendar ends.
    fn after(period: Self::Period, filters: EventFilters) -> Option<Self>;

    /// What a period is called, as in `November 2026`.
    fn name(period: Self::Period) -> String;

    /// The first and the last day of a period.
    fn days(period: Self::Period) -> (Day, Day);

    /// The first and the last day that are shown with a period, where weeks begin on `first`.
    fn grid_days(period: Self::Period, first: Weekday) -> (Day, Day);

    /// What the ways to other periods are called.
    fn words() -> PeriodWords;
}

/// The period that the address asks for, and what has been read of it.
pub struct ShownPeriod<V: PeriodView> {
    /// What the address says.
    pub asked: Memo<V>,
    /// What the events are filtered by.
    pub filters: Memo<EventFilters>,
    /// The day on which weeks begin.
    pub first: Weekday,
    /// Today.
    pub today: RwSignal<Day>,
    /// The period on screen.
    pub period: Memo<V::Period>,
    /// What has been read.
    pub days: Loaded<CalendarDays>,
}

impl<V: PeriodView> Clone for ShownPeriod<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: PeriodView> Copy for ShownPeriod<V> {}

impl<V: PeriodView> ShownPeriod<V> {
    /// Reads the period of the address. On the way to another page it stays as it was.
    pub fn of_address(today_here: Day) -> Self {
        let place = use_route();
        let asked = Memo::new(move |before: Option<&V>| {
            let asked = place.get().and_then(V::of_route);
            asked.unwrap_or_else(|| before.cloned().unwrap_or_default())
        });
        let first = i18n::first_weekday();
        // By this device until the server has said; then by the server.
        let today = RwSignal::new(today_here);
        let period = Memo::new(move |_| asked.with(|view| view.period(today.get(), first)));
        let zone = use_time_zones().shown();
        let filters = Memo::new(move |_| asked.with(|view| view.filters().clone()));
        let days = load(
            move || {
                let (from, to) = V::grid_days(period.get(), first);
                filters.with(|filters| CalendarQuery::of(from, to, &zone, filters))
            },
            |api, query| async move { api.calendar(&query).await },
        );
        Effect::new(move |_| {
            if let Some(told) = days.of(|days| days.today) {
                today.set(told);
            }
        });
        Self {
            asked,
            filters,
            first,
            today,
            period,
            days,
        }
    }
}

/// The page of a period: the ways to other views and periods, the filters, and how much there is.
#[component]
pub fn PeriodPage<V: PeriodView>(
    /// The period that the address asks for.
    shown: ShownPeriod<V>,
    /// Its days and their events.
    grid: AnyView,
    /// What stands below.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let ShownPeriod {
        filters,
        first,
        today,
        period,
        days,
        ..
    } = shown;
    let name = Memo::new(move |_| V::name(period.get()));
    let change = use_change();
    let narrow = move |filters: EventFilters| {
        let view = V::of_period(Some(period.get_untracked()), filters);
        change(&view.route(), Step::Forward);
    };
    let beside = move |step: fn(V::Period, EventFilters) -> Option<V>| {
        step(period.get(), filters.get()).map(|view| view.route().href())
    };
    let is_today = move || V::default().period(today.get(), first) == period.get();
    let bar = view! {
        <PeriodBar
            id=V::HEADING_ID
            name=name
            words=V::words()
            previous=Signal::derive(move || beside(V::before))
            today=Signal::derive(move || V::of_period(None, filters.get()).route().href())
            is_today=Signal::derive(is_today)
            next=Signal::derive(move || beside(V::after))
        />
    };
    let frame = Frame {
        tab: V::TAB,
        heading_id: V::HEADING_ID,
        failed: V::FAILED,
        name,
        filters,
        span: Signal::derive(move || V::days(period.get())),
        days,
        narrow: Callback::new(narrow),
    };
    frame.view(bar.into_any(), grid, children)
}

/// What is the same for every kind of period. It is one function for all of them, since each kind
/// would bring its own copy of the whole page into the module.
struct Frame {
    tab: CalendarTab,
    heading_id: &'static str,
    failed: Text,
    name: Memo<String>,
    filters: Memo<EventFilters>,
    span: Signal<(Day, Day)>,
    days: Loaded<CalendarDays>,
    narrow: Callback<EventFilters>,
}

impl Frame {
    fn view(self, bar: AnyView, grid: AnyView, below: Option<Children>) -> AnyView {
        let Self {
            name,
            filters,
            days,
            ..
        } = self;
        use_title(move || fill(key::calendar_views::TITLE, [("period", &name.get())]));
        let services = Memo::new(move |before: Option<&Vec<String>>| {
            let now = days.of(|days| days.services.clone());
            now.or_else(|| before.cloned()).unwrap_or_default()
        });
        view! {
            <PageHeading text=t(key::calendar::TITLE) />
            <CalendarTabs current=self.tab filters=filters counts=Signal::stored(None) />
            <CheckoutPanels />
            <EventOptions
                filters=filters
                services=services
                dates=false
                on_change=self.narrow
            />
            <LoadFailure loaded=days title=t(self.failed) />
            <section class="calendar_view card" aria-labelledby=self.heading_id>
                {bar}
                <CalendarSummary days=days span=self.span name=name filters=filters />
                {grid}
            </section>
            {below.map(|below| below())}
            <CalendarReadAt days=days />
        }
        .into_any()
    }
}

/// How many events there are from the first of some days to the last; told whenever that changes.
#[component]
fn CalendarSummary(
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
fn CalendarReadAt(
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
