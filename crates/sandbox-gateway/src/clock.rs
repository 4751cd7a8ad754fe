//! The gateway's only clock. Everything that reckons with time is given the moment, so that tests
//! can choose it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Now, in whole milliseconds: finer digits would only lengthen what is sent and stored.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// The moment that much later; the last one that a timestamp can hold if there is none.
pub fn later(moment: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by)
        .ok()
        .and_then(|by| moment.checked_add(by).ok())
        .unwrap_or(Timestamp::MAX)
}

/// How long it is until the moment; nothing when it has passed.
pub fn until(moment: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(moment.duration_since(now)).unwrap_or(Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_passed_is_no_time_away() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let soon = later(now, Duration::from_millis(1500));
        assert_eq!(soon.to_string(), "2026-11-21T10:00:01.5Z");
        assert_eq!(until(soon, now), Duration::from_millis(1500));
        assert_eq!(until(now, soon), Duration::ZERO);
    }

    #[test]
    fn time_has_an_end() {
        assert_eq!(later(now(), Duration::MAX), Timestamp::MAX);
    }
}
