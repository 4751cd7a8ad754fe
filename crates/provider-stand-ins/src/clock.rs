//! The stand-ins' clock: the machine's, and what a test adds to it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

/// A clock that a test can put forward.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead: AtomicI64,
}

impl Clock {
    /// Now, in seconds since 1970.
    pub(crate) fn unix(&self) -> i64 {
        Timestamp::now().as_second() + self.ahead.load(Ordering::SeqCst)
    }

    /// Now, in milliseconds since 1970: limits per second need more than whole seconds.
    pub(crate) fn unix_millis(&self) -> i64 {
        let ahead = self.ahead.load(Ordering::SeqCst).saturating_mul(1000);
        Timestamp::now().as_millisecond().saturating_add(ahead)
    }

    /// Now, as RFC 3339 with whole seconds, in UTC.
    pub(crate) fn rfc3339(&self) -> String {
        let now = Timestamp::from_second(self.unix());
        now.map_or_else(|_| String::new(), |now| now.to_string())
    }

    /// Puts the clock forward.
    pub(crate) fn put_forward(&self, by: Duration) {
        let seconds = i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }
}
