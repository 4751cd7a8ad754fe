//! An event in a list: when, what, where, with whom, how it stands and what remains to pay.

use api_types::{EventMoney, EventSummary, Money};
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::date_block::DateBlock;
use crate::i18n::{self, Badge, event_money_badge, event_standing_badge, fill, key, t};

/// A row for [`super::Rows`]. Its date is the link, and all of the row can be pressed.
#[component]
pub fn EventRow(
    /// The event.
    event: EventSummary,
    /// Where the event is.
    #[prop(into)]
    href: String,
    /// Whether it is over: nothing is awaited of it then.
    #[prop(optional)]
    past: bool,
    /// What else is to be said of it, as how long its time is still kept.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let title_id = format!("event-{}-title", event.id);
    let described_by = title_id.clone();
    let block = i18n::event_day(&event);
    let note =
        |text: Option<String>| text.map(|text| view! { <p class="event_row__note">{text}</p> });
    let there = i18n::zone_differs(&event)
        .then(|| i18n::event_when_there(&event))
        .flatten();
    let invoice = event
        .money
        .as_ref()
        .and_then(|money| money.invoice.as_ref());
    let invoice =
        invoice.map(|invoice| fill(key::invoices::INVOICE_TITLE, [("number", &invoice.number)]));
    let end = end(&event);
    view! {
        <li
            class="rows__item event_row"
            data-event=event.id.to_string()
            data-status=event.status.as_str()
        >
            <span class="event_row__block" aria-hidden="true">
                {block.map(|day| view! { <DateBlock day=day /> })}
            </span>
            <div class="event_row__words">
                <p class="event_row__title" id=title_id>
                    {event.title.clone()}
                </p>
                <p class="event_row__when">
                    <a class="event_row__link" href=href aria-describedby=described_by>
                        <time datetime=i18n::event_datetime(&event)>{i18n::event_date(&event)}</time>
                    </a>
                    " "
                    <span class="event_row__hours">{i18n::event_hours(&event)}</span>
                </p>
                {note(there)}
                {note(place_words(&event, past))}
                {note(people_words(&event.people))}
                {note(invoice)}
                {children.map(|children| children())}
            </div>
            {end}
        </li>
    }
}

/// What remains, and the badges.
fn end(event: &EventSummary) -> impl IntoView + use<> {
    let amount = event.money.as_ref().map(event_figure);
    let badges: Vec<Badge> = [
        event
            .money
            .as_ref()
            .map(|money| event_money_badge(money.state)),
        event_standing_badge(event),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <div class="event_row__end">
            {amount
                .map(|amount| {
                    view! {
                        <span class="event_row__figure">
                            <Amount money=amount />
                        </span>
                    }
                })}
            {badges.into_iter().map(|badge| view! { <StatusBadge badge=badge /> }).collect_view()}
        </div>
    }
}

/// The one figure of an event in a list: what remains, or what it cost.
pub(super) fn event_figure(money: &EventMoney) -> Money {
    if money.balance.is_zero() {
        money.fee
    } else {
        money.balance
    }
}

fn place_words(event: &EventSummary, past: bool) -> Option<String> {
    if !event.video {
        return event.location.clone();
    }
    let awaited = event.video_url.is_none() && event.status.is_live() && !past;
    Some(t(if awaited {
        key::calendar::AWAITING_VIDEO
    } else {
        key::calendar::VIDEO
    }))
}

fn people_words(people: &[String]) -> Option<String> {
    let people = i18n::join(people, ", ");
    (!people.is_empty()).then(|| fill(key::calendar::WITH_PEOPLE, [("people", &people)]))
}
