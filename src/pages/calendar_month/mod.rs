//! `/calendar/month`: a month of days, and the events of the one that is chosen.

mod view;

use api_types::{CalendarDays, CalendarQuery, Day, EventFilters, EventId, Month};
use leptos::prelude::*;

use crate::components::{DayEvents, MonthGrid, PageHeading, PeriodBar, PeriodWords, shown_days};
use crate::i18n::{self, fill, key, t};
use crate::parts::{
    CalendarReadAt, CalendarSummary, CalendarTab, CalendarTabs, CheckoutPanels, EventOptions,
    LoadFailure,
};
use crate::route::{MonthView, Route};
use crate::state::{
    Loaded, Step, load, use_change, use_live, use_route, use_time_zones, use_title,
};

use view::{chosen_day, in_month, month_of, on_day};

const NAME_ID: &str = "month-name";

/// A month of the calendar.
#[component]
pub fn MonthPage() -> impl IntoView {
    // Only a clock that is out of all bounds tells no day.
    i18n::today_here().map(month_page).into_any()
}

fn month_page(today_here: Day) -> impl IntoView {
    let place = use_route();
    let asked = Memo::new(move |before: Option<&MonthView>| match place.get() {
        Some(Route::CalendarMonth(view)) => view,
        // On the way to another page the month stays as it was.
        _ => before.cloned().unwrap_or_default(),
    });
    let first = i18n::first_weekday();
    // By this device until the server has said; then by the server.
    let today = RwSignal::new(today_here);
    let month = Memo::new(move |_| asked.with(|view| month_of(view, today.get())));
    let chosen = Memo::new(move |_| asked.with(|view| chosen_day(view, month.get(), today.get())));
    let name = Memo::new(move |_| i18n::month_of_year(&month.get().first()));
    use_title(move || fill(key::calendar_views::TITLE, [("period", &name.get())]));
    let zone = use_time_zones().shown();
    let filters = Memo::new(move |_| asked.with(|view| view.filters.clone()));
    let days = load(
        move || {
            let (from, to) = shown_days(month.get(), first);
            filters.with(|filters| CalendarQuery::of(from, to, &zone, filters))
        },
        |api, query| async move { api.calendar(&query).await },
    );
    Effect::new(move |_| {
        if let Some(told) = days.of(|days| days.today) {
            today.set(told);
        }
    });
    let (change, live) = (use_change(), use_live());
    let go = Callback::new(move |(view, step): (MonthView, Step)| {
        change(&Route::CalendarMonth(view), step);
    });
    let with = move |view: fn(&EventFilters, Day) -> MonthView| {
        move |day: Day| filters.with_untracked(|filters| view(filters, day))
    };
    let day_href =
        move |day| Route::CalendarMonth(filters.with(|filters| on_day(filters, day))).href();
    let choose = move |day| go.run((with(on_day)(day), Step::Forward));
    let turn = move |day| go.run((with(in_month)(day), Step::InPlace));
    let known = Signal::derive(move || days.value());
    view! {
        <PageHeading text=t(key::calendar::TITLE) />
        <CalendarTabs current=CalendarTab::Month filters=filters counts=Signal::stored(None) />
        <CheckoutPanels />
        <Options days=days filters=filters month=month go=go />
        <LoadFailure loaded=days title=t(key::calendar_views::MONTH_FAILED) />
        <section class="calendar_view card" aria-labelledby=NAME_ID>
            <Bar name=name month=month today=today filters=filters />
            <CalendarSummary
                days=days
                span=Signal::derive(move || (month.get().first(), month.get().last()))
                name=name
                filters=filters
            />
            <MonthGrid
                labelled_by=NAME_ID
                month=month
                first=first
                today=today
                chosen=chosen
                days=known
                day_href=Callback::new(day_href)
                event_href=event_href
                on_choose=Callback::new(choose)
                on_turn=Callback::new(turn)
            />
        </section>
        <DayEvents
            day=chosen
            chosen=Signal::derive(move || asked.with(|view| view.day))
            days=known
            loading=Signal::derive(move || days.error().is_none())
            href=event_href
            on_hold_end=Callback::new(move |()| live.refresh())
        />
        <CalendarReadAt days=days />
    }
}

fn event_href(id: &EventId) -> String {
    Route::Event(id.clone()).href()
}

#[component]
fn Options(
    days: Loaded<CalendarDays>,
    filters: Memo<EventFilters>,
    month: Memo<Month>,
    go: Callback<(MonthView, Step)>,
) -> impl IntoView {
    let services = Memo::new(move |before: Option<&Vec<String>>| {
        let now = days.of(|days| days.services.clone());
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let narrow = move |filters: EventFilters| {
        let view = in_month(&filters, month.get_untracked().first());
        go.run((view, Step::Forward));
    };
    view! {
        <EventOptions
            filters=filters
            services=services
            dates=false
            on_change=Callback::new(narrow)
        />
    }
}

#[component]
fn Bar(
    name: Memo<String>,
    month: Memo<Month>,
    today: RwSignal<Day>,
    filters: Memo<EventFilters>,
) -> impl IntoView {
    let href = move |month: Option<Month>| {
        month.map(|month| {
            let view = filters.with(|filters| in_month(filters, month.first()));
            Route::CalendarMonth(view).href()
        })
    };
    let todays = move || {
        let view = MonthView {
            filters: filters.get(),
            ..MonthView::default()
        };
        Route::CalendarMonth(view).href()
    };
    let words = PeriodWords {
        ways: t(key::calendar_views::OTHER_MONTHS),
        previous: t(key::calendar_views::PREVIOUS_MONTH),
        next: t(key::calendar_views::NEXT_MONTH),
    };
    view! {
        <PeriodBar
            id=NAME_ID
            name=name
            words=words
            previous=Signal::derive(move || href(month.get().previous()))
            today=Signal::derive(todays)
            is_today=Signal::derive(move || Month::of(today.get()) == month.get())
            next=Signal::derive(move || href(month.get().next()))
        />
    }
}
