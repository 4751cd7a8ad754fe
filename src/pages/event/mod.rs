//! `/calendar/events/:id`: an event and its money.

mod attendance;
mod changes;
mod discussion;
mod documents;
mod facts;
mod message;
mod money;
mod paying;
mod standing;
mod status;

use api_types::{Event, EventStatus, EventSummary};
use leptos::prelude::*;

use crate::components::{EmptyState, Glyph, PageHeading, StatusBadge};
use crate::i18n::{event_badge, event_status_badge, key, t};
use crate::parts::{CheckoutPanels, LoadFailure};
use crate::route::Route;
use crate::state::{Loaded, is_missing, load_record, use_title};

use attendance::Attendance;
use changes::Changes;
use discussion::DiscussionCard;
use documents::Documents;
use facts::{Facts, FactsShape};
use money::MoneyCard;
use status::StatusNotice;

/// When, where and with whom; what it costs and how to pay it; what can be said and changed.
#[component]
pub fn EventPage() -> impl IntoView {
    let event: Loaded<Event> = load_record(
        |route| match route {
            Route::Event(id) => Some(id),
            _ => None,
        },
        |api, id| async move { api.event(&id).await },
    );
    let heading = move || {
        let known = event.of(|event| event.event.title.clone());
        known.unwrap_or_else(|| t(key::event::TITLE))
    };
    use_title(heading);
    let missing = is_missing(event);
    move || {
        {
            if missing.get() {
                not_there().into_any()
            } else {
                content(event, Signal::derive(heading)).into_any()
            }
        }
        .into_any()
    }
}

fn not_there() -> impl IntoView {
    view! {
        <PageHeading text=t(key::event::MISSING_TITLE) />
        <EmptyState title="" body=t(key::event::MISSING_BODY) glyph=Glyph::Calendar>
            <a class="button" href=Route::calendar().href()>
                {t(key::calendar::TITLE)}
            </a>
        </EmptyState>
    }
}

fn content(event: Loaded<Event>, heading: Signal<String>) -> impl IntoView {
    let summary = Memo::new(move |_| event.of(|event| event.event.clone()));
    let badges = move || summary.with(|event| event.as_ref().map(badges));
    let known = Memo::new(move |_| summary.with(Option::is_some));
    let body = move || {
        if !known.get() {
            let loading = event.error().is_none();
            return loading.then(|| view! { <FactsShape /> }).into_any();
        }
        view! {
            <StatusNotice event=event />
            <div class="columns event__columns">
                <div class="columns__main event__first">
                    <Facts event=event />
                    <Attendance event=event />
                </div>
                <div class="columns__side">
                    <CheckoutPanels />
                    <MoneyCard event=event />
                </div>
                <div class="columns__main event__rest">
                    <Documents event=event />
                    <DiscussionCard event=event />
                    <Changes event=event />
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="event">
            <a class="back_link" href=Route::calendar().href()>
                {t(key::calendar::TITLE)}
            </a>
            <PageHeading text=heading>{badges}</PageHeading>
            <LoadFailure loaded=event title=t(key::event::FAILED_TITLE) />
            {body}
        </div>
    }
}

/// What became of it, and whether the customer said that they come.
fn badges(event: &EventSummary) -> impl IntoView + use<> {
    let confirmed = event.status == EventStatus::Booked && event.confirmed_at.is_some();
    view! {
        <span class="event__badges">
            <StatusBadge badge=event_status_badge(event.status) />
            {confirmed.then(|| view! { <StatusBadge badge=event_badge() /> })}
        </span>
    }
}
