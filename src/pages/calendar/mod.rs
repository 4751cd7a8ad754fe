//! `/calendar` and `/calendar/history`: the two halves of the calendar as lists.

mod listing;

use api_types::{EventFilters, EventList, EventPage, EventQuery, LinkPlace};
use leptos::prelude::*;

use crate::components::{
    AsOf, EmptyState, EventRow, Glyph, HoldCountdown, Icon, Look, PageHeading, Pager, Rows,
    SkeletonOf,
};
use crate::i18n::{self, fill, key, t};
use crate::parts::{
    CalendarTab, CalendarTabs, CheckoutPanels, EventOptions, PortalLinks, Reading, TimeZone,
    options_on, use_freshness,
};
use crate::route::{EventListing, RequestChoice, Route};
use crate::state::{Loaded, Step, load, use_change, use_live, use_portal, use_route, use_title};

use listing::{MonthOfEvents, by_month, route};

/// `Upcoming` or `History`, month by month.
#[component]
pub fn CalendarPage() -> impl IntoView {
    use_title(|| t(key::calendar::TITLE));
    let place = use_route();
    let asked = Memo::new(
        move |before: Option<&(EventList, EventListing)>| match place.get() {
            Some(Route::Calendar(list)) => (EventList::Upcoming, list),
            Some(Route::CalendarHistory(list)) => (EventList::History, list),
            // On the way to another page the list stays as it was.
            _ => before
                .cloned()
                .unwrap_or((EventList::Upcoming, EventListing::default())),
        },
    );
    let events = load(
        move || {
            asked.with(|(half, list)| EventQuery::of(*half, &list.filters, list.cursor.clone()))
        },
        |api, query| async move { api.events(&query).await },
    );
    let filters = Memo::new(move |_| asked.with(|(_, list)| list.filters.clone()));
    // What the page before said stays until the next one says otherwise.
    let counts = Memo::new(move |before: Option<&Option<(u32, u32)>>| {
        let now = events.of(|page| (page.upcoming, page.history));
        now.or_else(|| before.copied().flatten())
    });
    let services = Memo::new(move |before: Option<&Vec<String>>| {
        let now = events.of(|page| page.services.clone());
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let change = use_change();
    let narrow = move |filters: EventFilters| {
        let half = asked.with_untracked(|(half, _)| *half);
        change(&route(half, &filters, None), Step::Forward);
    };
    let half = asked.with_untracked(|(half, _)| *half);
    let current = match half {
        EventList::History => CalendarTab::History,
        _ => CalendarTab::Upcoming,
    };
    view! {
        <PageHeading text=t(key::calendar::TITLE)>
            <RequestLink filters=filters />
        </PageHeading>
        <CalendarTabs current=current filters=filters counts=counts />
        <CheckoutPanels />
        <EventOptions
            filters=filters
            services=services
            dates=true
            on_change=Callback::new(narrow)
        />
        <div class="columns">
            <div class="columns__main">
                <EventLists events=events asked=asked />
            </div>
            <div class="columns__side calendar__beside">
                <FeedLink />
                <PortalLinks place=LinkPlace::Calendar />
                <TimeZone name="calendar-time-zone" />
            </div>
        </div>
    }
    .into_any()
}

/// `Request an Event with (Service Provider name)`, where the provider takes requests. The
/// service that the list is filtered by is chosen there already.
#[component]
fn RequestLink(filters: Memo<EventFilters>) -> impl IntoView {
    let portal = use_portal();
    move || {
        let provider = portal.of(|portal| portal.features.requests.then(|| portal.name.clone()));
        provider.map(|name| {
            let service = filters.with(|filters| filters.service.clone());
            let choice = RequestChoice {
                service,
                ..RequestChoice::default()
            };
            view! {
                <a class=Look::Primary.class() href=Route::RequestEvent(choice).href()>
                    {fill(key::home::REQUEST_EVENT, [("portal", &name)])}
                </a>
            }
        })
    }
}

/// The way to the feed for other calendars, where there is one.
#[component]
fn FeedLink() -> impl IntoView {
    let portal = use_portal();
    move || {
        portal.of(|portal| portal.features.feed).then(|| {
            view! {
                <a class="button" href=Route::CalendarFeed.href()>
                    <Icon glyph=Glyph::Calendar />
                    {t(key::calendar::FEED_LINK)}
                </a>
            }
        })
    }
}

#[component]
fn EventLists(events: Loaded<EventPage>, asked: Memo<(EventList, EventListing)>) -> impl IntoView {
    let freshness = use_freshness(events);
    let as_of = Memo::new(move |_| events.of(|page| page.as_of));
    // The rows are built anew only when something on them has changed.
    let shown = Memo::new(move |_| {
        events.of(|page| {
            let day = |event: &_| i18n::event_day(event);
            let months = by_month(page.data.clone(), page.as_of, day);
            (
                months,
                page.previous_cursor.clone(),
                page.next_cursor.clone(),
            )
        })
    });
    let lists = move || {
        shown.get().map(|(months, previous, next)| {
            let (half, list) = asked.get_untracked();
            let href = |cursor: Option<_>| {
                cursor.map(|cursor| route(half, &list.filters, Some(cursor)).href())
            };
            view! {
                {months.into_iter().map(month).collect_view()}
                <Pager previous=href(previous) next=href(next) />
            }
        })
    };
    view! {
        <Reading
            loaded=events
            failed_title=t(key::calendar::FAILED_TITLE)
            skeleton=SkeletonOf::Rows(6)
            is_empty=|page| page.data.is_empty()
            empty=move || nothing(asked)
        >
            <div class="calendar__lists">
                {lists}
                {move || {
                    as_of.get().map(|at| view! { <AsOf at=Signal::stored(at) freshness=freshness /> })
                }}
            </div>
        </Reading>
    }
}

fn month(of: MonthOfEvents) -> impl IntoView {
    let name = i18n::month_of_year(&of.first);
    let heading_id = format!("month-{}", of.first);
    let labelled_by = heading_id.clone();
    let rows = of.events.into_iter().map(|(event, over)| {
        let href = Route::Event(event.id.clone()).href();
        let hold = event.hold_until.map(|until| {
            let live = use_live();
            let ended = Callback::new(move |()| live.refresh());
            view! { <HoldCountdown until=Signal::stored(until) on_end=ended /> }
        });
        view! {
            <EventRow event=event href=href past=over>
                {hold}
            </EventRow>
        }
    });
    view! {
        <section class="card" aria-labelledby=labelled_by>
            <header class="card__header">
                <h2 class="card__title" id=heading_id>
                    {name.clone()}
                </h2>
            </header>
            <Rows name=name>{rows.collect_view()}</Rows>
        </section>
    }
}

fn nothing(asked: Memo<(EventList, EventListing)>) -> AnyView {
    let (half, list) = asked.get_untracked();
    let next = |href: String, words| view! { <a class="button" href=href>{t(words)}</a> };
    let state = |title, body, glyph, next: Option<AnyView>| {
        view! {
            <EmptyState title=t(title) body=t(body) glyph=glyph>
                {next}
            </EmptyState>
        }
        .into_any()
    };
    if list.cursor.is_some() || options_on(&list.filters) > 0 {
        let (href, words) = if list.cursor.is_some() {
            (route(half, &list.filters, None), key::calendar::FIRST_PAGE)
        } else {
            (
                route(half, &EventFilters::default(), None),
                key::controls::CLEAR_FILTERS,
            )
        };
        return state(
            key::calendar::EMPTY_NARROWED_TITLE,
            key::calendar::EMPTY_NARROWED_BODY,
            Glyph::Search,
            Some(next(href.href(), words).into_any()),
        );
    }
    match half {
        EventList::History => state(
            key::calendar::EMPTY_HISTORY_TITLE,
            key::calendar::EMPTY_HISTORY_BODY,
            Glyph::Calendar,
            None,
        ),
        _ => {
            let history = route(EventList::History, &EventFilters::default(), None);
            state(
                key::calendar::EMPTY_UPCOMING_TITLE,
                key::calendar::EMPTY_UPCOMING_BODY,
                Glyph::Calendar,
                Some(next(history.href(), key::calendar::TO_HISTORY).into_any()),
            )
        }
    }
}
