//! What moving an event means: said before the button.

use api_types::{Event, EventSummary};
use leptos::prelude::*;

use crate::components::Detail;
use crate::i18n::{self, key, plural, t};

/// Its present time, until when and how often it can be moved, and what stays.
pub(super) fn facts(event: &Event) -> Vec<Detail> {
    let summary = &event.event;
    let there = i18n::zone_differs(summary)
        .then(|| i18n::event_when_there(summary))
        .flatten()
        .map(|there| view! { <span class="booking__there">{there}</span> });
    let present = view! {
        <time datetime=i18n::event_datetime(summary)>{i18n::event_when(summary)}</time>
        {there}
    };
    let mut facts = vec![Detail::new(t(key::booking::PRESENT_TIME), present)];
    if let Some(until) = event.reschedule.until {
        let words = i18n::instant_with_zone(&until);
        facts.push(Detail::new(t(key::booking::MOVE_UNTIL), words));
    }
    if let Some(left) = event.reschedule.left {
        let words = plural(key::booking::MOVES_LEFT, left, []);
        facts.push(Detail::new(t(key::booking::MOVE_OFTEN), words));
    }
    if has_money(summary) {
        let words = t(key::booking::PAYMENT_STAYS);
        facts.push(Detail::new(t(key::booking::PAYMENT), words));
    }
    if confirms_again(summary) {
        let words = t(key::booking::CONFIRM_AGAIN);
        facts.push(Detail::new(t(key::booking::ATTENDANCE), words));
    }
    facts
}

/// Whether anything has been paid for it, or is on its way.
fn has_money(event: &EventSummary) -> bool {
    event
        .money
        .as_ref()
        .is_some_and(|money| money.paid.is_positive() || money.on_its_way.is_positive())
}

/// Whether the customer's word that they come is for the present time only.
fn confirms_again(event: &EventSummary) -> bool {
    event.needs_confirmation && event.confirmed_at.is_some()
}

#[cfg(test)]
mod tests {
    use api_types::{
        Currency, EventId, EventMoney, EventMoneyState, EventStatus, Money, Timestamp,
    };

    use super::*;

    fn event(paid: i64, on_its_way: i64) -> EventSummary {
        let at = Timestamp::parse("2026-12-01T10:00:00Z").unwrap();
        let euro = |minor| Money::from_minor(minor, Currency::parse("EUR").unwrap());
        EventSummary {
            id: EventId::parse("E-1").unwrap(),
            service: "Physiotherapy".to_owned(),
            title: "Physiotherapy".to_owned(),
            starts_at: at,
            ends_at: at,
            zone: "Europe/Dublin".to_owned(),
            all_day: None,
            status: EventStatus::Booked,
            hold_until: None,
            location: None,
            video: false,
            video_url: None,
            people: vec![],
            needs_confirmation: false,
            confirmed_at: None,
            money: Some(EventMoney {
                fee: euro(6500),
                deposit: None,
                deposit_due_on: None,
                paid: euro(paid),
                on_its_way: euro(on_its_way),
                balance: euro(6500 - paid),
                refunded: euro(0),
                state: EventMoneyState::Unpaid,
                invoice: None,
            }),
        }
    }

    #[test]
    fn money_that_came_or_is_on_its_way_stays_with_the_event() {
        assert!(has_money(&event(100, 0)) && has_money(&event(0, 100)));
        assert!(!has_money(&event(0, 0)));
        let free = EventSummary {
            money: None,
            ..event(0, 0)
        };
        assert!(!has_money(&free));
    }

    #[test]
    fn a_word_that_was_asked_for_is_asked_for_again() {
        let at = event(0, 0).starts_at;
        let said = EventSummary {
            confirmed_at: Some(at),
            ..event(0, 0)
        };
        assert!(!confirms_again(&said), "nobody waits for it");
        assert!(confirms_again(&EventSummary {
            needs_confirmation: true,
            ..said
        }));
        let unsaid = EventSummary {
            needs_confirmation: true,
            ..event(0, 0)
        };
        assert!(!confirms_again(&unsaid));
    }
}
