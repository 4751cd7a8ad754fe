//! The next event: what, when, where, and how many there have been and will be.

use api_types::EventSummary;
use leptos::prelude::*;

use super::badge::StatusBadge;
use super::card::Card;
use super::date_block::DateBlock;
use super::icon::{Glyph, Icon};
use crate::i18n::{self, event_badge, key, plural, t};

/// The event, or that there is none, and the counts.
#[component]
pub fn EventCard(
    /// The next event that is not over.
    event: Option<EventSummary>,
    /// How many the customer came to.
    attended: u32,
    /// How many are still to come.
    upcoming: u32,
) -> impl IntoView {
    let what = match event {
        Some(event) => summary(event).into_any(),
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

fn summary(event: EventSummary) -> impl IntoView {
    let confirmed = event.confirmed_at.is_some();
    let day = i18n::day_of(&event.starts_at);
    let video = event.video_url.map(|url| {
        view! {
            <a class="event_card__video" href=url target="_blank" rel="noreferrer">
                <Icon glyph=Glyph::Window />
                {t(key::home::JOIN_VIDEO)}
                <span class="visually-hidden">" "{t(key::common::NEW_WINDOW)}</span>
            </a>
        }
    });
    view! {
        <div class="event_card__event" data-event=event.id.to_string()>
            {day.map(|day| view! { <DateBlock day=day /> })}
            <div class="event_card__words">
                <p class="event_card__title">{event.title}</p>
                <p class="event_card__note">
                    <time datetime=event.starts_at.to_string()>
                        {i18n::instant_with_zone(&event.starts_at)}
                    </time>
                </p>
                {event.location.map(|place| view! { <p class="event_card__note">{place}</p> })}
                {video}
            </div>
            {confirmed.then(|| view! { <StatusBadge badge=event_badge() /> })}
        </div>
    }
}
