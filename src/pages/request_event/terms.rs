//! What comes of asking for a time, and what it costs: said before the button. Pure.

use api_types::{BookingMode, ServiceOffer, Timestamp};

use crate::i18n::{self, duration_words, fill, key, plural, t};

const HOUR_MILLIS: i64 = 60 * 60 * 1000;

/// Until when cancelling costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FreeCancel {
    /// Customers cannot cancel here.
    Never,
    /// So many hours before it begins; no time has been chosen yet.
    Before(u32),
    /// Until then.
    Until(Timestamp),
    /// It would cost something from the start.
    Over,
}

/// Until when cancelling costs nothing, of a time that begins then; `is_over` tells whether
/// an instant has passed.
pub(super) fn free_cancel(
    offer: &ServiceOffer,
    starts_at: Option<Timestamp>,
    is_over: impl Fn(&Timestamp) -> bool,
) -> FreeCancel {
    let Some(hours) = offer.free_cancel_hours else {
        return FreeCancel::Never;
    };
    let Some(starts_at) = starts_at else {
        return FreeCancel::Before(hours);
    };
    let until = starts_at.as_millis() - i64::from(hours) * HOUR_MILLIS;
    match Timestamp::from_millis(until) {
        Some(until) if !is_over(&until) => FreeCancel::Until(until),
        _ => FreeCancel::Over,
    }
}

/// Until when cancelling costs nothing, in words.
pub(super) fn free_cancel_words(free: FreeCancel, portal: &str) -> String {
    match free {
        FreeCancel::Never => fill(key::booking::CANCEL_NEVER, [("portal", portal)]),
        FreeCancel::Before(0) => t(key::booking::CANCEL_FREE_UNTIL_START),
        FreeCancel::Before(hours) => plural(key::booking::CANCEL_FREE_BEFORE, hours, []),
        FreeCancel::Until(until) => {
            let when = i18n::instant_with_zone(&until);
            fill(key::booking::CANCEL_FREE_UNTIL, [("when", &when)])
        }
        FreeCancel::Over => t(key::booking::CANCEL_NOT_FREE),
    }
}

/// What comes of pressing the button, in words.
pub(super) fn outcome_words(offer: &ServiceOffer, portal: &str) -> String {
    match (offer.mode, offer.hold_minutes) {
        (BookingMode::Book, _) => t(key::booking::OUTCOME_BOOK),
        (BookingMode::Deposit, Some(minutes)) => {
            let length = duration_words(minutes);
            fill(key::booking::OUTCOME_DEPOSIT, [("length", &length)])
        }
        (BookingMode::Deposit, None) => t(key::booking::OUTCOME_DEPOSIT_SOON),
        // A word from a newer backend: the provider has a say in it.
        _ => fill(key::booking::OUTCOME_ASK, [("portal", portal)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(free_cancel_hours: Option<u32>) -> ServiceOffer {
        ServiceOffer {
            service: "Physiotherapy".to_owned(),
            minutes: 45,
            in_person: true,
            video: false,
            fee: None,
            deposit: None,
            hold_minutes: None,
            mode: BookingMode::Ask,
            free_cancel_hours,
        }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn cancelling_is_free_until_so_many_hours_before_the_chosen_time() {
        let starts_at = at("2026-12-01T10:00:00Z");
        let free = |offer: &ServiceOffer, starts_at| {
            free_cancel(offer, starts_at, |at| {
                at.as_millis() <= self::at("2026-11-30T09:00:00Z").as_millis()
            })
        };
        let day = offer(Some(24));
        assert_eq!(free(&day, None), FreeCancel::Before(24));
        let until = FreeCancel::Until(at("2026-11-30T10:00:00Z"));
        assert_eq!(free(&day, Some(starts_at)), until);
        assert_eq!(
            free(&offer(Some(0)), Some(starts_at)),
            FreeCancel::Until(starts_at)
        );
        assert_eq!(free(&offer(None), Some(starts_at)), FreeCancel::Never);
    }

    #[test]
    fn a_time_that_begins_too_soon_to_be_cancelled_for_nothing_says_so() {
        let soon = Some(at("2026-11-30T12:00:00Z"));
        let free = free_cancel(&offer(Some(24)), soon, |_| true);
        assert_eq!(free, FreeCancel::Over);
    }
}
