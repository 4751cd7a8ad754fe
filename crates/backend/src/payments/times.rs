//! All durations of checkouts in one place. Those that are `i64` are milliseconds of the clock;
//! those that are [`Duration`] are for waiting.

use std::time::Duration;

use api_types::Timestamp;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long the customer has to pay.
pub(super) const LIFETIME: Duration = Duration::from_secs(30 * 60);
/// How long a bank transfer is waited for, in milliseconds.
pub(super) const TRANSFER_WAITS: i64 = 30 * DAY;
/// How long a launch token can be used, in milliseconds.
pub(super) const TOKEN_LIVES: i64 = 10 * MINUTE;
/// How long the nonce of a return message gives access to the status, in milliseconds.
pub(super) const NONCE_LIVES: i64 = DAY;
/// How long spent tokens and notifications are kept, in milliseconds.
pub(super) const KEPT: i64 = 30 * DAY;
/// How often a customer request makes the provider be read at most, per checkout, in milliseconds.
pub(super) const READ_EVERY: i64 = 5 * SECOND;
/// When the background reads an attempt first, in milliseconds: after the create call has surely
/// ended.
pub(super) const FIRST_LOOK: i64 = 12 * SECOND;
/// After how many milliseconds a failed create call is repeated.
pub(super) const ASK_AGAIN: i64 = 3 * SECOND;
/// For how many milliseconds the create call is repeated.
pub(super) const ASK_FOR: i64 = 2 * MINUTE;
/// How many milliseconds after its end a checkout waits for a provider that lets it expire by
/// itself.
pub(super) const GRACE: i64 = MINUTE;
/// How many milliseconds after its end a checkout waits for a provider that cannot be reached.
pub(super) const AWAY_GRACE: i64 = 15 * MINUTE;
/// After how many milliseconds a notification that could not be applied is rechecked: the shortest
/// and the longest pause.
pub(super) const NOTIFIED_AGAIN: i64 = 15 * SECOND;
pub(super) const NOTIFIED_AGAIN_AT_LAST: i64 = HOUR;
/// For how many milliseconds a notification that names no attempt is rechecked.
pub(super) const UNKNOWN_FOR: i64 = 10 * MINUTE;
/// How recent, in milliseconds, an attempt is that recovery reads at once after a start.
pub(super) const AT_ONCE_AFTER_START: i64 = HOUR;

/// How long the answer to a new checkout waits for the provider.
pub(super) const CREATE_ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// How long every other request waits for the provider.
pub(super) const READ_ANSWERS_WITHIN: Duration = Duration::from_secs(4);

/// When the background reads an attempt next: every few seconds while the customer may be waiting,
/// then ever less often. `None` after a week; what happens later is reported by a notification.
pub(super) fn next_read(created_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let pause = match now.as_millis() - created_at.as_millis() {
        age if age < 10 * MINUTE => READ_EVERY,
        age if age < HOUR => 30 * SECOND,
        age if age < DAY => 5 * MINUTE,
        age if age < 7 * DAY => HOUR,
        _ => return None,
    };
    after(now, pause)
}

/// An instant some milliseconds later; `None` beyond the last instant that can be represented.
pub(super) fn after(instant: Timestamp, millis: i64) -> Option<Timestamp> {
    Timestamp::from_millis(instant.as_millis().saturating_add(millis))
}

/// Whether some milliseconds have passed since an instant.
pub(super) fn passed(since: Timestamp, millis: i64, now: Timestamp) -> bool {
    now.as_millis() - since.as_millis() >= millis
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_becomes_gentle_and_then_stops() {
        let made = Timestamp::parse("2026-11-21T12:00:00Z").unwrap();
        for (age, pause) in [
            (0, Some(5 * SECOND)),
            (9 * MINUTE, Some(5 * SECOND)),
            (10 * MINUTE, Some(30 * SECOND)),
            (2 * HOUR, Some(5 * MINUTE)),
            (3 * DAY, Some(HOUR)),
            (7 * DAY, None),
        ] {
            let now = after(made, age).unwrap();
            let expected = pause.and_then(|pause| after(now, pause));
            assert_eq!(next_read(made, now), expected, "{age}");
        }
    }
}
