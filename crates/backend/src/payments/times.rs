//! All durations of checkouts in one place.

use std::time::Duration;

use api_types::Timestamp;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// How long the customer has to pay.
pub(super) const LIFETIME: Duration = Duration::from_mins(30);
/// How long a bank transfer is waited for.
pub(super) const TRANSFER_WAITS: Duration = Duration::from_hours(30 * 24);
/// How long a launch token can be used.
pub(super) const TOKEN_LIVES: Duration = Duration::from_mins(10);
/// How long the nonce of a return message gives access to the status.
pub(super) const NONCE_LIVES: Duration = DAY;
/// How long spent tokens and notifications are kept.
pub(super) const KEPT: Duration = Duration::from_hours(30 * 24);
/// How often a customer request makes the provider be read at most, per checkout.
pub(super) const READ_EVERY: Duration = Duration::from_secs(5);
/// When the background reads an attempt first: after the create call has surely ended.
pub(super) const FIRST_LOOK: Duration = Duration::from_secs(12);
/// After how long a failed create call is repeated.
pub(super) const ASK_AGAIN: Duration = Duration::from_secs(3);
/// For how long the create call is repeated.
pub(super) const ASK_FOR: Duration = Duration::from_mins(2);
/// How long after its end a checkout waits for a provider that lets it expire by itself.
pub(super) const GRACE: Duration = MINUTE;
/// How long after its end a checkout waits for a provider that cannot be reached.
pub(super) const AWAY_GRACE: Duration = Duration::from_mins(15);
/// After how long a notification that could not be applied is rechecked: the shortest and the
/// longest pause.
pub(super) const NOTIFIED_AGAIN: Duration = Duration::from_secs(15);
pub(super) const NOTIFIED_AGAIN_AT_LAST: Duration = HOUR;
/// For how long a notification that names no attempt is rechecked.
pub(super) const UNKNOWN_FOR: Duration = Duration::from_mins(10);
/// How recent an attempt is that recovery reads at once after a start.
pub(super) const AT_ONCE_AFTER_START: Duration = HOUR;

/// How long the answer to a new checkout waits for the provider.
pub(super) const CREATE_ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// How long every other request waits for the provider.
pub(super) const READ_ANSWERS_WITHIN: Duration = Duration::from_secs(4);

/// When the background reads an attempt next: every few seconds while the customer may be waiting,
/// then ever less often. `None` after a week; what happens later is reported by a notification.
pub(super) fn next_read(created_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let pause = match now.since(created_at) {
        age if age < 10 * MINUTE => READ_EVERY,
        age if age < HOUR => 30 * SECOND,
        age if age < DAY => 5 * MINUTE,
        age if age < 7 * DAY => HOUR,
        _ => return None,
    };
    Some(now.plus(pause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_becomes_gentle_and_then_stops() {
        let made = Timestamp::parse("2026-11-21T12:00:00Z").unwrap();
        for (age, pause) in [
            (Duration::ZERO, Some(5 * SECOND)),
            (9 * MINUTE, Some(5 * SECOND)),
            (10 * MINUTE, Some(30 * SECOND)),
            (2 * HOUR, Some(5 * MINUTE)),
            (3 * DAY, Some(HOUR)),
            (7 * DAY, None),
        ] {
            let now = made.plus(age);
            let expected = pause.map(|pause| now.plus(pause));
            assert_eq!(next_read(made, now), expected, "{age:?}");
        }
    }
}
