//! The browser's clock and its timers. Money never follows this clock: it is
//! only for waiting, and for saying how long ago something was.

use std::time::Duration;

/// Milliseconds since 1970-01-01T00:00:00Z by the device's clock.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds fit 53 bits for ages"
)]
pub fn now_millis() -> i64 {
    js_sys::Date::now() as i64
}

/// Waits. A page in the background may be woken late, or not at all.
pub async fn sleep(time: Duration) {
    gloo_timers::future::sleep(time).await;
}

/// Calls again and again until it is dropped.
pub struct Ticker {
    _interval: gloo_timers::callback::Interval,
}

impl Ticker {
    /// Calls `tick` every `millis` milliseconds.
    pub fn every(millis: u32, tick: impl FnMut() + 'static) -> Self {
        Self {
            _interval: gloo_timers::callback::Interval::new(millis, tick),
        }
    }
}
