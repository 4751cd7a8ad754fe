//! The next event: what, when, where, what of its money is open, and how many there have been
//! and will be.

use api_types::{EventId, EventSummary};
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::card::Card;
use super::date_block::DateBlock;
use super::event_row::event_figure;
use super::icon::{Glyph, Icon};
use crate::i18n::{self, event_money_badge, event_standing_badge, key, plural, t};

/// The event, or that there is none, and the counts.
#[component]
pub fn EventCard(
    /// The next event that is not over.
    event: Option<EventSummary>,
    /// Where an event is.
    href: fn(&EventId) -> String,
    /// How many the customer came to.
    attended: u32,
    /// How many are still to come.
    upcoming: u32,
) -> impl IntoView {
    let what = match event {
        Some(event) => {
            let href = href(&event.id);
            summary(event, href).into_any()
        }
        None => view! { <p class="event_card__none">{t(key::home::NO_NEXT_EVENT)}</p> }.into_any(),
    };
    view! {
        <Card title=t(key::home::NEXT_EVENT) id="next-event">
            {what}
            <ul class="event_card__counts" role="list">
                <li>{plural(key::home::ATTENDED, attended, [])}</li>
                <li>{plural(key::home::UPCOMING, upcoming, [])}</li>
            </ul>
        </Card>
    }
}

fn summary(event: EventSummary, href: String) -> impl IntoView {
    let day = i18n::event_day(&event);
    let when = i18n::event_when(&event);
    let there = i18n::zone_differs(&event)
        .then(|| i18n::event_when_there(&event))
        .flatten();
    let place = event.location.clone().filter(|_| !event.video);
    let notes = [there, place].into_iter().flatten();
    let notes = notes.map(|note| view! { <p class="event_card__note">{note}</p> });
    let notes = notes.collect_view();
    view! {
        <div class="event_card__event" data-event=event.id.to_string()>
            {day.map(|day| view! { <DateBlock day=day /> })}
            <div class="event_card__words">
                <p class="event_card__title">
                    <a class="event_card__link" href=href>
                        {event.title.clone()}
                    </a>
                </p>
                <p class="event_card__note">
                    <time datetime=i18n::event_datetime(&event)>{when}</time>
                </p>
                {notes}
                {event.video.then(|| video(event.video_url.clone()))}
            </div>
            {end(&event)}
        </div>
    }
}

/// The way into a video session, or that there is none yet.
fn video(url: Option<String>) -> AnyView {
    match url {
        Some(url) => view! {
            <a class="event_card__video" href=url target="_blank" rel="noreferrer">
                <Icon glyph=Glyph::Window />
                {t(key::home::JOIN_VIDEO)}
                <span class="visually-hidden">" "{t(key::common::NEW_WINDOW)}</span>
            </a>
        }
        .into_any(),
        None => {
            view! { <p class="event_card__note">{t(key::calendar::AWAITING_VIDEO)}</p> }.into_any()
        }
    }
}

/// What of its money is open, and how it stands.
fn end(event: &EventSummary) -> impl IntoView + use<> {
    let money = event.money.as_ref();
    let amount = money.map(event_figure).map(|amount| {
        view! {
            <span class="event_card__figure">
                <Amount money=amount />
            </span>
        }
    });
    let badges = [
        money.map(|money| event_money_badge(money.state)),
        event_standing_badge(event),
    ];
    let badges = badges.into_iter().flatten();
    let badges = badges.map(|badge| view! { <StatusBadge badge=badge /> });
    view! {
        <div class="event_card__end">
            {amount}
            {badges.collect_view()}
        </div>
    }
}
