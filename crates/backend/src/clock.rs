//! The one clock of the backend. Nothing else asks the system what time it is,
//! so that a test can set the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use api_types::{Day, Timestamp};
use jiff::tz::TimeZone;

/// Tells the time: the system's, or the one that a test has set.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Milliseconds since 1970 where the time stands still.
    set_to: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still at an instant until it is moved.
    /// Its copies show the same time.
    pub fn standing_at(now: Timestamp) -> Self {
        Self {
            set_to: Some(Arc::new(AtomicI64::new(now.as_millis()))),
        }
    }

    /// Moves a standing clock, and with it all its copies. The system's clock stays as it is.
    pub fn set(&self, now: Timestamp) {
        if let Some(at) = &self.set_to {
            at.store(now.as_millis(), Ordering::SeqCst);
        }
    }

    /// Moves a standing clock on by some time.
    pub fn advance(&self, time: Duration) {
        self.set(self.now().plus(time));
    }

    /// Now, to the millisecond.
    pub fn now(&self) -> Timestamp {
        let millis = match &self.set_to {
            Some(at) => at.load(Ordering::SeqCst),
            None => jiff::Timestamp::now().as_millisecond(),
        };
        // Only instants that a `Timestamp` can hold are ever stored.
        Timestamp::from_millis(millis).unwrap_or_else(|| jiff::Timestamp::UNIX_EPOCH.into())
    }

    /// The day that it is in a time zone.
    pub fn today(&self, zone: &TimeZone) -> Day {
        day_in(self.now(), zone)
    }
}

/// The day that an instant falls on in a time zone.
pub fn day_in(instant: Timestamp, zone: &TimeZone) -> Day {
    zone.to_datetime(instant.instant()).date().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_zones_own() {
        let clock = Clock::standing_at(Timestamp::parse("2026-11-21T23:30:00Z").unwrap());
        for (zone, day) in [
            ("Europe/Dublin", "2026-11-21"),
            ("Asia/Tokyo", "2026-11-22"),
            ("America/New_York", "2026-11-21"),
        ] {
            let zone = TimeZone::get(zone).unwrap();
            assert_eq!(clock.today(&zone).to_string(), day);
        }
    }

    #[test]
    fn copies_of_a_standing_clock_move_together() {
        let clock = Clock::standing_at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
        let copy = clock.clone();
        clock.advance(Duration::from_secs(90));
        assert_eq!(copy.now().to_string(), "2026-11-21T12:01:30Z");
    }
}
