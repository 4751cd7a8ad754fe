//! How an event stands, where that is not plainly that it takes place. Pure.

use api_types::{EventStatus, EventSummary, Timestamp};

use crate::components::NoticeTone;
use crate::i18n::{fill, key, t};

/// What is to be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The provider has not answered the request.
    Requested,
    /// The time of the request has passed without an answer.
    Unanswered,
    /// The time is kept until the deposit is paid.
    Held,
    /// The provider cannot make it.
    Declined,
    /// The deposit did not come.
    Expired,
    /// It does not take place.
    Cancelled,
    /// The customer was not there.
    Missed,
}

impl Standing {
    /// How an event stands by the server's clock; `None` where there is nothing to say.
    pub fn of(event: &EventSummary, now: Timestamp) -> Option<Self> {
        match event.status {
            EventStatus::Requested if event.starts_at <= now => Some(Self::Unanswered),
            EventStatus::Requested => Some(Self::Requested),
            EventStatus::Held => Some(Self::Held),
            EventStatus::Declined => Some(Self::Declined),
            EventStatus::Expired => Some(Self::Expired),
            EventStatus::Cancelled => Some(Self::Cancelled),
            EventStatus::NoShow => Some(Self::Missed),
            _ => None,
        }
    }

    /// Whether the one next step is to ask for another time.
    pub fn asks_again(self) -> bool {
        matches!(
            self,
            Self::Unanswered | Self::Declined | Self::Expired | Self::Cancelled
        )
    }

    /// How much it asks for attention.
    pub fn tone(self) -> NoticeTone {
        match self {
            Self::Requested | Self::Held | Self::Unanswered => NoticeTone::Waiting,
            Self::Declined | Self::Expired | Self::Cancelled | Self::Missed => NoticeTone::Plain,
        }
    }

    /// What is so; `portal` is the provider's name.
    pub fn title(self, portal: &str) -> String {
        match self {
            Self::Requested => t(key::event::STANDING_REQUESTED),
            Self::Unanswered => t(key::event::STANDING_UNANSWERED),
            Self::Held => t(key::event::STANDING_HELD),
            Self::Declined => fill(key::event::STANDING_DECLINED, [("portal", portal)]),
            Self::Expired => t(key::event::STANDING_EXPIRED),
            Self::Cancelled => t(key::event::STANDING_CANCELLED),
            Self::Missed => t(key::event::STANDING_MISSED),
        }
    }

    /// What that means. `paying` says whether money for it is under way.
    pub fn body(self, portal: &str, paying: bool) -> String {
        match self {
            Self::Requested => fill(key::event::STANDING_REQUESTED_BODY, [("portal", portal)]),
            Self::Unanswered => t(key::event::STANDING_UNANSWERED_BODY),
            Self::Held if paying => t(key::event::HOLD_PAYING),
            Self::Held => t(key::event::HOLD_NOTE),
            Self::Declined => t(key::event::STANDING_DECLINED_BODY),
            Self::Expired => t(key::event::STANDING_EXPIRED_BODY),
            Self::Cancelled => t(key::event::STANDING_CANCELLED_BODY),
            Self::Missed => fill(key::event::STANDING_MISSED_BODY, [("portal", portal)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use api_types::EventId;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn event(status: EventStatus) -> EventSummary {
        EventSummary {
            id: EventId::parse("E-1").unwrap(),
            service: "Yoga".to_owned(),
            title: "Yoga".to_owned(),
            starts_at: at("2026-11-24T10:00:00Z"),
            ends_at: at("2026-11-24T11:00:00Z"),
            zone: "Europe/Dublin".to_owned(),
            all_day: None,
            status,
            hold_until: None,
            location: None,
            video: false,
            video_url: None,
            people: vec![],
            needs_confirmation: false,
            confirmed_at: None,
            money: None,
        }
    }

    #[test]
    fn what_simply_takes_or_took_place_needs_no_words() {
        for status in [
            EventStatus::Booked,
            EventStatus::Attended,
            EventStatus::Unknown,
        ] {
            let standing = Standing::of(&event(status), at("2026-11-22T10:00:00Z"));
            assert_eq!(standing, None, "{status:?}");
        }
    }

    #[test]
    fn a_request_whose_time_has_come_was_not_answered() {
        let standing = |now| Standing::of(&event(EventStatus::Requested), at(now));
        assert_eq!(standing("2026-11-24T09:59:59Z"), Some(Standing::Requested));
        assert_eq!(standing("2026-11-24T10:00:00Z"), Some(Standing::Unanswered));
    }

    #[test]
    fn what_does_not_take_place_leads_to_asking_again() {
        let now = at("2026-11-22T10:00:00Z");
        for (status, again) in [
            (EventStatus::Declined, true),
            (EventStatus::Expired, true),
            (EventStatus::Cancelled, true),
            (EventStatus::Requested, false),
            (EventStatus::Held, false),
            (EventStatus::NoShow, false),
        ] {
            let standing = Standing::of(&event(status), now).unwrap();
            assert_eq!(standing.asks_again(), again, "{status:?}");
        }
    }
}
