//! What customers may do with their calendar.

use std::time::Duration;

/// What comes of asking for an offered time, where no deposit is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requests {
    /// Nothing can be asked for.
    Off,
    /// The provider answers each request.
    Ask,
    /// An offered time is booked at once.
    Book,
}

/// What customers may do with their calendar.
#[derive(Clone, Debug)]
pub struct CalendarSettings {
    /// What comes of asking for an offered time.
    pub requests: Requests,
    /// How long before it begins a time is offered last.
    pub lead: Duration,
    /// For how many days from today times are offered.
    pub horizon_days: u16,
    /// How many requests and held times a customer may have at once.
    pub most_open: u32,
    /// For how long a time is kept for its deposit.
    pub hold: Duration,
    /// The rules of cancelling; `None` where customers cannot.
    pub cancel: Option<CancelRules>,
    /// The rules of moving; `None` where customers cannot.
    pub reschedule: Option<RescheduleRules>,
    /// Whether customers can write about events.
    pub discussion: bool,
    /// Whether customers can have a feed.
    pub feed: bool,
    /// Where a map shows a place: an `https` address with `{place}` in it.
    pub map: Option<String>,
}

/// The rules of cancelling.
#[derive(Clone, Copy, Debug)]
pub struct CancelRules {
    /// How long before it begins cancelling an event costs nothing last.
    pub free_before: Duration,
    /// What of the fee it costs later, in percent.
    pub late_percent: u32,
}

/// The rules of moving.
#[derive(Clone, Copy, Debug)]
pub struct RescheduleRules {
    /// How long before it begins an event can be moved last.
    pub before: Duration,
    /// How often; `None` where there is no limit.
    pub most: Option<u32>,
}

impl Default for CalendarSettings {
    /// Everything that needs the provider's attention is off.
    fn default() -> Self {
        Self {
            requests: Requests::Off,
            lead: hours(12),
            horizon_days: 60,
            most_open: 3,
            hold: Duration::from_secs(20 * 60),
            cancel: None,
            reschedule: None,
            discussion: false,
            feed: true,
            map: None,
        }
    }
}

const fn hours(hours: u64) -> Duration {
    Duration::from_secs(hours * 3600)
}
