//! How an event stands, in the little room that a cell of the calendar has: a tone and a drawing
//! for the eye, the words for the ear.

use api_types::{EventMoney, EventMoneyState, EventStatus, EventSummary};
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::i18n::{event_money_badge, event_status_badge};

/// How an event stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMark {
    /// The stable name that styles go by: `plain`, `open`, `due`, `wait`, `bad` or
    /// `off`.
    pub tone: &'static str,
    /// What tells the tones apart where colours do not.
    pub glyph: Option<Glyph>,
    /// The states of the event and of its money, as badges say them; nothing where it simply
    /// takes place and costs nothing.
    pub words: Vec<String>,
}

impl EventMark {
    /// The mark of an event.
    pub fn of(event: &EventSummary) -> Self {
        // Where money went back and nothing is due, nothing is to be done.
        let open = |money: &&EventMoney| money.balance.is_positive();
        let due = event.money.as_ref().filter(open).map(|money| money.state);
        let money = event.money.as_ref().map(|money| money.state);
        let status =
            (event.status != EventStatus::Booked).then(|| event_status_badge(event.status).word);
        let words = status
            .into_iter()
            .chain(money.map(|state| event_money_badge(state).word))
            .collect();
        let (tone, glyph) = tone(event.status, due);
        Self { tone, glyph, words }
    }

    /// The drawing.
    pub(super) fn icon(&self) -> Option<impl IntoView + use<>> {
        self.glyph.map(|glyph| view! { <Icon glyph=glyph /> })
    }
}

/// What matters most: that it does not take place, then what is late, then what is open.
fn tone(status: EventStatus, money: Option<EventMoneyState>) -> (&'static str, Option<Glyph>) {
    use EventMoneyState as Money;
    match (status, money) {
        (EventStatus::Cancelled | EventStatus::Declined | EventStatus::Expired, _) => {
            ("off", Some(Glyph::Cross))
        }
        (_, Some(Money::Overdue)) => ("bad", Some(Glyph::Alert)),
        (EventStatus::Requested | EventStatus::Held, _) | (_, Some(Money::OnItsWay)) => {
            ("wait", Some(Glyph::Clock))
        }
        // What is begun or has a day of its own waits for the rest; the others have time.
        (_, Some(Money::DepositDue | Money::PartPaid | Money::Refunded | Money::PartRefunded)) => {
            ("due", Some(Glyph::Account))
        }
        (_, Some(Money::Unpaid)) => ("open", Some(Glyph::Account)),
        _ => ("plain", None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_most_gives_the_tone() {
        use EventMoneyState as Money;
        for (status, money, expected) in [
            (EventStatus::Booked, None, "plain"),
            (EventStatus::Booked, Some(Money::Paid), "plain"),
            (EventStatus::Booked, Some(Money::PartPaid), "due"),
            (EventStatus::Booked, Some(Money::Refunded), "due"),
            (EventStatus::Attended, Some(Money::PartRefunded), "due"),
            (EventStatus::Attended, Some(Money::Unpaid), "open"),
            (EventStatus::Booked, Some(Money::DepositDue), "due"),
            (EventStatus::Held, Some(Money::DepositDue), "wait"),
            (EventStatus::Held, Some(Money::Overdue), "bad"),
            (EventStatus::Cancelled, Some(Money::Overdue), "off"),
            (EventStatus::Expired, None, "off"),
        ] {
            assert_eq!(tone(status, money).0, expected, "{status:?} {money:?}");
        }
    }

    #[test]
    fn what_is_to_be_told_apart_is_drawn_differently() {
        let tones = [
            tone(EventStatus::Booked, None),
            tone(EventStatus::Held, None),
            tone(EventStatus::Cancelled, None),
            tone(EventStatus::Booked, Some(EventMoneyState::Overdue)),
            tone(EventStatus::Booked, Some(EventMoneyState::Unpaid)),
        ];
        for (index, (one, drawn)) in tones.iter().enumerate() {
            for (other, drawn_too) in &tones[index + 1..] {
                assert!(one != other && drawn != drawn_too, "{one} and {other}");
            }
        }
    }
}
