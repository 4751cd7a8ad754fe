//! How long everything about a checkout lasts, in one place. Milliseconds are
//! for the clock, durations are for waiting.

use std::time::Duration;

use api_types::Timestamp;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long the customer has to pay.
pub(super) const LIFETIME: Duration = Duration::from_secs(30 * 60);
/// How long a bank transfer is waited for.
pub(super) const TRANSFER_WAITS: i64 = 30 * DAY;
/// How long a launch token is good for asking.
pub(super) const TOKEN_LIVES: i64 = 10 * MINUTE;
/// How long the nonce of a return message opens the status word.
pub(super) const NONCE_LIVES: i64 = DAY;
/// How long spent tokens and notifications are remembered.
pub(super) const KEPT: i64 = 30 * DAY;
/// A reader makes the provider be read at most this often per checkout.
pub(super) const READ_EVERY: i64 = 5 * SECOND;
/// The first look of the background at an attempt: after the create call has surely ended.
pub(super) const FIRST_LOOK: i64 = 12 * SECOND;
/// How soon a create call that failed is made again.
pub(super) const ASK_AGAIN: i64 = 3 * SECOND;
/// How long the provider is asked again and again to make a payment.
pub(super) const ASK_FOR: i64 = 2 * MINUTE;
/// How long after its end a checkout waits for a provider that lets it expire by itself.
pub(super) const GRACE: i64 = MINUTE;
/// How long after its end a checkout waits for a provider that is away.
pub(super) const AWAY_GRACE: i64 = 15 * MINUTE;
/// How soon a notification that could not be followed is looked at again, at first and at last.
pub(super) const NOTIFIED_AGAIN: i64 = 15 * SECOND;
pub(super) const NOTIFIED_AGAIN_AT_LAST: i64 = HOUR;
/// How long a notification that names nothing of ours is looked at again.
pub(super) const UNKNOWN_FOR: i64 = 10 * MINUTE;
/// What has begun so long before a start of the backend is looked after at once.
pub(super) const AT_ONCE_AFTER_START: i64 = HOUR;

/// How long the answer to a new checkout waits for the provider.
pub(super) const CREATE_ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// How long everybody else waits for the provider.
pub(super) const READ_ANSWERS_WITHIN: Duration = Duration::from_secs(4);

/// When an attempt of some age is read again in the background: often while the customer
/// may be waiting, then ever more gently. Never again after a week: what comes later comes
/// by a notification.
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

/// An instant some milliseconds later; `None` at the end of time.
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
