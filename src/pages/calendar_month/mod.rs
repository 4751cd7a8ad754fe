//! `/calendar/month`: a month of days, and the events of the one that is chosen.

mod view;

use api_types::{Day, EventFilters, EventId};
use leptos::prelude::*;

use crate::components::{DayEvents, MonthGrid};
use crate::i18n;
use crate::parts::{PeriodPage, PeriodView as _, ShownPeriod};
use crate::route::{MonthView, Route};
use crate::state::{Step, use_change, use_live};

use view::{day_on_screen, in_month, on_day};

/// A month of the calendar.
#[component]
pub fn MonthPage() -> impl IntoView {
    // Only a clock that is out of all bounds tells no day.
    i18n::today_here().map(month_page).into_any()
}

fn month_page(today_here: Day) -> impl IntoView {
    let shown = ShownPeriod::<MonthView>::of_address(today_here);
    let ShownPeriod {
        asked,
        filters,
        first,
        today,
        period: month,
        days,
    } = shown;
    let chosen =
        Memo::new(move |_| asked.with(|view| day_on_screen(view, month.get(), today.get())));
    let (change, live) = (use_change(), use_live());
    let go = Callback::new(move |(view, step): (MonthView, Step)| change(&view.route(), step));
    let with = move |view: fn(&EventFilters, Day) -> MonthView| {
        move |day: Day| filters.with_untracked(|filters| view(filters, day))
    };
    let day_href = move |day| filters.with(|filters| on_day(filters, day)).route().href();
    let choose = move |day| go.run((with(on_day)(day), Step::Forward));
    let turn = move |day| go.run((with(in_month)(day), Step::InPlace));
    let known = Signal::derive(move || days.value());
    let grid = view! {
        <MonthGrid
            labelled_by=MonthView::HEADING_ID
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
    };
    view! {
        <PeriodPage shown=shown grid=grid.into_any()>
            <DayEvents
                day=chosen
                chosen=Signal::derive(move || asked.with(|view| view.day))
                days=known
                loading=Signal::derive(move || days.error().is_none())
                href=event_href
                on_hold_end=Callback::new(move |()| live.refresh())
            />
        </PeriodPage>
    }
}

fn event_href(id: &EventId) -> String {
    Route::Event(id.clone()).href()
}
