//! `/`: what is owed, what there is to do, what comes next, and the ways on.

mod owed;
mod to_do;

use api_types::{EventFilters, EventId, HistoryQuery, Home, LinkPlace, Portal};
use leptos::prelude::*;

use crate::components::{
    Card, Contact, EventCard, Glyph, Notice, NoticeTone, PageHeading, ServiceLink, ServiceRows,
    Skeleton, SkeletonOf, Tile,
};
use crate::i18n::{fill, key, t};
use crate::parts::{CheckoutPanels, PortalLinks, TimeZone};
use crate::route::{EventListing, RequestChoice, Route};
use crate::state::{Loaded, use_home, use_portal, use_session, use_title};

use owed::Owed;
use to_do::ToDoList;

/// The first screen.
#[component]
pub fn HomePage() -> impl IntoView {
    let (session, portal) = (use_session(), use_portal());
    use_title(|| t(key::home::TITLE));
    let home = use_home();
    let greeting = move || {
        let name = session.session().map(|session| session.name);
        fill(key::home::GREETING, [("name", &name.unwrap_or_default())])
    };
    view! {
        <PageHeading text=Signal::derive(greeting) />
        <Notices />
        <CheckoutPanels />
        <div class="columns">
            <div class="columns__main">
                <Owed />
                <ToDoList home=home />
                <Services home=home />
            </div>
            <div class="columns__side">
                <NextEvent home=home />
                <Tiles />
                <PortalLinks place=LinkPlace::Home />
                <Contact
                    portal=Signal::derive(move || portal.of(|portal| portal.name.clone()))
                    support=Signal::derive(move || portal.of(|portal| portal.support.clone()))
                />
                <TimeZone name="home-time-zone" />
            </div>
        </div>
    }
    .into_any()
}

/// What the provider wants everyone to know.
#[component]
fn Notices() -> impl IntoView {
    let portal = use_portal();
    let notices = Memo::new(move |_| portal.of(|portal| portal.notices.clone()));
    move || {
        let all = notices.get().into_iter();
        all.map(|text| view! { <Notice tone=NoticeTone::Plain body=text /> })
            .collect_view()
    }
}

#[component]
fn Tiles() -> impl IntoView {
    let tile = |route: Route, glyph, label, body| {
        view! { <Tile href=route.href() glyph=glyph label=t(label) body=t(body) /> }
    };
    view! {
        <nav class="tiles" aria-label=t(key::common::SECTIONS)>
            {tile(
                Route::calendar(),
                Glyph::Calendar,
                key::common::NAV_CALENDAR,
                key::home::TILE_CALENDAR_BODY,
            )}
            {tile(
                Route::ACCOUNT,
                Glyph::Account,
                key::common::NAV_ACCOUNT,
                key::home::TILE_ACCOUNT_BODY,
            )}
            {tile(
                Route::all_invoices(),
                Glyph::Invoices,
                key::common::NAV_INVOICES,
                key::home::TILE_INVOICES_BODY,
            )}
            {tile(
                Route::all_payments(),
                Glyph::Payments,
                key::common::NAV_PAYMENTS,
                key::home::TILE_PAYMENTS_BODY,
            )}
        </nav>
    }
}

#[component]
fn NextEvent(home: Loaded<Home>) -> impl IntoView {
    let known =
        Memo::new(move |_| home.of(|home| (home.next_event.clone(), home.attended, home.upcoming)));
    move || match known.get() {
        None if home.error().is_some() => ().into_any(),
        None => view! {
            <Card title=t(key::home::NEXT_EVENT) id="next-event">
                <Skeleton of=SkeletonOf::Rows(1) />
            </Card>
        }
        .into_any(),
        Some((event, attended, upcoming)) => view! {
            <EventCard event=event href=event_href attended=attended upcoming=upcoming />
        }
        .into_any(),
    }
}

fn event_href(id: &EventId) -> String {
    Route::Event(id.clone()).href()
}

/// Where one service leads: its events, its history, and a request for another event of it
/// where `provider` takes requests.
fn ways_on(service: &str, provider: Option<&str>) -> Vec<ServiceLink> {
    let link = |label, route: Route| ServiceLink {
        label,
        href: route.href(),
    };
    let of_service = || Some(service.to_owned());
    let events = EventFilters {
        service: of_service(),
        ..EventFilters::default()
    };
    let events = Route::Calendar(EventListing {
        filters: events,
        cursor: None,
    });
    let history = Route::History(HistoryQuery {
        service: of_service(),
        ..HistoryQuery::default()
    });
    let request = provider.map(|name| {
        let choice = RequestChoice {
            service: of_service(),
            ..RequestChoice::default()
        };
        let label = fill(key::home::REQUEST_EVENT, [("portal", name)]);
        link(label, Route::RequestEvent(choice))
    });
    let mut ways = vec![
        link(t(key::home::SERVICE_EVENTS), events),
        link(t(key::home::SERVICE_HISTORY), history),
    ];
    ways.extend(request);
    ways
}

/// Nothing where there are no services.
#[component]
fn Services(home: Loaded<Home>) -> impl IntoView {
    let services = Memo::new(move |_| home.of(|home| home.services.clone()));
    let portal = use_portal();
    let asked = move |portal: &Portal| portal.features.requests.then(|| portal.name.clone());
    let provider = Memo::new(move |_| portal.of(asked));
    move || {
        let (services, provider) = (services.get().unwrap_or_default(), provider.get());
        (!services.is_empty()).then(|| {
            view! {
                <Card title=t(key::home::SERVICES) id="services">
                    <ServiceRows
                        services=services
                        links=move |service: &str| ways_on(service, provider.as_deref())
                    />
                </Card>
            }
        })
    }
}
