//! What outlives the pages, in order, then the table of routes.

use std::mem;

use leptos::prelude::*;
use leptos_router::components::Router;

use crate::browser::{clock, page};
use crate::chunks::{self, Coming, bring_when_idle, later};
use crate::components::{Glyph, Notice, NoticeTone, Person, Place, Shell, Skeleton, SkeletonOf};
use crate::i18n::{self, Catalogue, key, t};
use crate::pages::{HomePage, NotFoundPage, SignInPage};
use crate::parts::{CheckoutAnnouncements, DownloadPanels, PanelChunk, TimeZone};
use crate::route::Route;
use crate::state::{
    Reach, SessionStatus, error_words, follow_links, provide_api, provide_checkouts,
    provide_downloads, provide_home, provide_live, provide_portal, provide_session,
    provide_time_zones, use_home, use_live, use_portal, use_redirect, use_route, use_session,
    use_time_zones,
};

/// Puts the app on the page.
pub fn start() {
    let words = page::words().and_then(|joined| Catalogue::from_json(&joined).ok());
    i18n::install(
        words.unwrap_or_default(),
        &page::language(),
        clock::now_millis,
    );
    i18n::set_right_to_left(page::runs_right_to_left());
    leptos::mount::mount_to(page::place_for_app(), App).forget();
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    provide_api();
    provide_portal();
    provide_session();
    provide_time_zones();
    provide_live();
    provide_home();
    provide_checkouts();
    provide_downloads();
    provide_context(PanelChunk(chunks::panel_parts));
    bring_when_idle();
    view! {
        <Router base=page::base_path()>
            <Frame>
                <Screen />
            </Frame>
        </Router>
    }
}

/// The table of routes: the screen that the address names.
#[component]
fn Screen() -> impl IntoView {
    let place = use_route();
    follow_links();
    // Another invoice, or another page of a list, is the same screen: it stays
    // and reads the address by itself.
    let screen = Memo::new(move |_| place.with(|route| route.as_ref().map(mem::discriminant)));
    move || {
        let named = screen.get().and_then(|_| place.get_untracked());
        // What a page reads while it is built must not build it anew.
        untrack(|| match named {
            Some(Route::Home) => guarded(|| HomePage().into_any()),
            Some(Route::SignIn { .. }) => SignInPage().into_any(),
            Some(Route::Account { .. }) => guarded_later(chunks::account),
            Some(Route::History(_)) => guarded_later(chunks::history),
            Some(Route::Statement(_)) => guarded_later(chunks::statement),
            Some(Route::CreditNote(_)) => guarded_later(chunks::credit_note),
            Some(Route::Invoices(_)) => guarded_later(chunks::invoices),
            Some(Route::Invoice(_)) => guarded_later(chunks::invoice),
            Some(Route::MakePayment(_)) => guarded_later(chunks::make_payment),
            Some(Route::Payments(_)) => guarded_later(chunks::payments),
            Some(Route::Payment(_)) => guarded_later(chunks::payment),
            Some(Route::Calendar(_) | Route::CalendarHistory(_)) => guarded_later(chunks::calendar),
            Some(Route::CalendarMonth(_)) => guarded_later(chunks::calendar_month),
            Some(Route::CalendarWeek(_)) => guarded_later(chunks::calendar_week),
            Some(Route::CalendarFeed) => guarded_later(chunks::calendar_feed),
            Some(Route::Event(_)) => guarded_later(chunks::event),
            Some(Route::RequestEvent(_)) => guarded_later(chunks::request_event),
            Some(Route::MoveEvent { .. }) => guarded_later(chunks::move_event),
            None => guarded(|| NotFoundPage().into_any()),
        })
    }
}

/// Shows a page to whoever is signed in.
fn guarded(page: fn() -> AnyView) -> AnyView {
    behind_sign_in(Box::new(page))
}

/// The same with a page that is no part of the first load.
fn guarded_later(bring: fn() -> Coming) -> AnyView {
    // It is under way while the server is still asked who this is; if it does
    // not come, showing it says so.
    leptos::task::spawn_local(async move {
        let _ = bring().await;
    });
    behind_sign_in(Box::new(move || later(bring)))
}

/// Shows a page to whoever is signed in, and sends everybody else to sign in
/// and back here.
fn behind_sign_in(page: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    let (session, portal) = (use_session(), use_portal());
    let place = use_route();
    let redirect = use_redirect();
    // A new reading of the same session must not build the page anew.
    let stage = Memo::new(move |_| match session.status() {
        SessionStatus::Asking => Stage::Asking,
        SessionStatus::Unknown(_) => Stage::Unknown,
        SessionStatus::Guest { .. } => Stage::Guest,
        // A page with days and hours on it waits for the portal's language and zone.
        SessionStatus::SignedIn(session) if portal.of(|_| true) => {
            Stage::SignedIn(session.customer)
        }
        SessionStatus::SignedIn(_) if portal.error().is_some() => Stage::Unknown,
        SessionStatus::SignedIn(_) => Stage::Asking,
    });
    Effect::new(move |_| {
        if stage.get() == Stage::Guest {
            let next = place.get_untracked().filter(|route| *route != Route::Home);
            redirect(&Route::SignIn {
                next: next.map(Box::new),
            });
        }
    });
    // Times stand in words: another zone builds the page anew.
    let zones = use_time_zones();
    let zone = Memo::new(move |_| zones.shown());
    let shown = move || match stage.get() {
        Stage::SignedIn(_) => {
            // Reading it is what makes a memo look; tracking alone does not.
            zone.with(|_| ());
            untrack(|| {
                portal.of(|portal| i18n::follow_tags(&portal.locales));
                zones.apply();
            });
            page()
        }
        Stage::Unknown => unknown_session().into_any(),
        Stage::Asking | Stage::Guest => view! { <Skeleton of=SkeletonOf::Page /> }.into_any(),
    };
    shown.into_any()
}

#[derive(Clone, PartialEq)]
enum Stage {
    Asking,
    Unknown,
    Guest,
    SignedIn(api_types::CustomerId),
}

fn unknown_session() -> impl IntoView {
    let (session, portal) = (use_session(), use_portal());
    let why = move || match session.status() {
        SessionStatus::Unknown(error) => error_words(&error),
        _ => portal.error().as_ref().map(error_words).unwrap_or_default(),
    };
    let retry = move |()| {
        portal.load();
        session.load();
    };
    view! {
        <Notice
            tone=NoticeTone::Bad
            title=t(key::errors::PORTAL_FAILED)
            body=Signal::derive(why)
            on_retry=Callback::new(retry)
        />
    }
}

/// The bars around every page.
#[component]
fn Frame(children: Children) -> impl IntoView {
    let (portal, session, live) = (use_portal(), use_session(), use_live());
    let place = use_route();
    // The boot script's shell stays until it is known what stands around every
    // page, so that nothing on screen moves when that comes.
    Effect::new(move |told: Option<bool>| {
        let told = told.unwrap_or_default();
        let known = portal.of(|_| true) || portal.error().is_some();
        if known && !told {
            page::signal_ready();
        }
        told || known
    });
    let person = move || {
        session.session().map(|session| Person {
            name: session.name,
            email: session.email,
        })
    };
    let log_out_failed = RwSignal::new(None);
    let log_out = move |()| {
        leptos::task::spawn_local(async move {
            log_out_failed.set(session.sign_out().await.err());
        });
    };
    let home = use_home();
    let offline = move || session.session().is_some() && live.reach() == Reach::Away;
    view! {
        <Shell
            portal=Signal::derive(move || portal.of(|portal| portal.name.clone()))
            home=Route::Home.href()
            places=Signal::derive(move || session.session().map(|_| places()).unwrap_or_default())
            current=Signal::derive(move || place.get().and_then(|route| section(&route)))
            person=Signal::derive(person)
            on_log_out=Callback::new(log_out)
            settings=|| view! { <TimeZone name="menu-time-zone" /> }.into_any()
            to_do=Signal::derive(move || home.of(|home| home.to_do_count).unwrap_or_default())
            legal=Signal::derive(move || portal.of(|portal| portal.legal.clone()))
            test_mode=Signal::derive(move || portal.of(|portal| portal.test_mode))
            offline=Signal::derive(offline)
        >
            {move || {
                log_out_failed
                    .get()
                    .map(|error| {
                        view! {
                            <Notice
                                tone=NoticeTone::Bad
                                title=t(key::errors::LOG_OUT_FAILED)
                                body=error_words(&error)
                                on_retry=Callback::new(log_out)
                            />
                        }
                    })
            }}
            <CheckoutAnnouncements />
            {children()}
            <DownloadPanels />
        </Shell>
    }
}

/// The screens that exist, in the order of the navigation.
fn places() -> Vec<Place> {
    let place = |route: &Route, label, glyph| Place {
        href: route.href(),
        label: t(label),
        glyph,
    };
    vec![
        place(&Route::Home, key::common::NAV_HOME, Glyph::Home),
        place(
            &Route::calendar(),
            key::common::NAV_CALENDAR,
            Glyph::Calendar,
        ),
        place(&Route::ACCOUNT, key::common::NAV_ACCOUNT, Glyph::Account),
        place(
            &Route::all_invoices(),
            key::common::NAV_INVOICES,
            Glyph::Invoices,
        ),
        place(
            &Route::all_payments(),
            key::common::NAV_PAYMENTS,
            Glyph::Payments,
        ),
    ]
}

/// The place of the navigation that a screen belongs to.
fn section(route: &Route) -> Option<String> {
    let place = match route {
        Route::Home => Route::Home,
        Route::Account { .. } | Route::History(_) | Route::Statement(_) | Route::CreditNote(_) => {
            Route::ACCOUNT
        }
        Route::Invoices(_) | Route::Invoice(_) => Route::all_invoices(),
        Route::Payments(_) | Route::Payment(_) | Route::MakePayment(_) => Route::all_payments(),
        Route::Calendar(_)
        | Route::CalendarHistory(_)
        | Route::CalendarMonth(_)
        | Route::CalendarWeek(_)
        | Route::CalendarFeed
        | Route::Event(_)
        | Route::RequestEvent(_)
        | Route::MoveEvent { .. } => Route::calendar(),
        Route::SignIn { .. } => return None,
    };
    Some(place.href())
}
