//! The calendar by days, for a month or a week, and the feed that other calendars read.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Day, EventFilters, EventStatus, EventSummary, Timestamp};

/// The query of `GET /calendar`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct CalendarQuery {
    /// The first day.
    pub from: Day,
    /// The last day; at most 62 days after the first.
    pub to: Day,
    /// The IANA zone that the days are of: the reader's.
    #[serde(deserialize_with = "crate::query::zone")]
    #[cfg_attr(feature = "openapi", param(schema_with = crate::time::zone_schema))]
    pub zone: String,
    /// Only of this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Only of this status.
    #[serde(default, deserialize_with = "crate::query::parse_word_if_any")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<EventStatus>,
    /// Only those whose money has a balance.
    #[serde(default)]
    pub unpaid: bool,
}

impl CalendarQuery {
    /// How many days after [`CalendarQuery::from`] the last one may be.
    pub const MOST_DAYS: u16 = 62;

    /// Some days by a zone, filtered; the filters' own days are left aside.
    pub fn of(from: Day, to: Day, zone: &str, filters: &EventFilters) -> Self {
        Self {
            from,
            to,
            zone: zone.to_owned(),
            service: filters.service.clone(),
            status: filters.status,
            unpaid: filters.unpaid,
        }
    }
}

/// `GET /calendar`: every event that touches the days asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarDays {
    /// The days, in order, without gaps.
    pub days: Vec<CalendarDay>,
    /// The events, by their beginning; at most 500.
    #[cfg_attr(feature = "openapi", schema(max_items = 500))]
    pub events: Vec<PlacedEvent>,
    /// Whether there are more than that.
    pub cut: bool,
    /// Today, by the zone asked for and the server's clock.
    pub today: Day,
    /// Every service that the customer has events of, filters aside, by name.
    pub services: Vec<String>,
    /// When the backend read it, by its own clock.
    pub as_of: Timestamp,
    /// The customer's version.
    pub version: u64,
}

impl CalendarDays {
    /// How many events are told at once.
    pub const MOST_EVENTS: u32 = 500;
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarDay {
    /// Which.
    pub day: Day,
    /// How the clocks change on it, where they do.
    pub clock_change: Option<ClockChange>,
}

/// A change to or from summer time, or whatever else moves the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClockChange {
    /// What the clock shows when it changes, in minutes since midnight.
    pub at_minute: u16,
    /// By how many minutes it goes forward; less than nothing where it goes back.
    pub minutes: i16,
}

/// An event on the days that it touches, by the zone asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlacedEvent {
    /// The event.
    pub event: EventSummary,
    /// The day on which it begins; an event without hours keeps its own days in every zone.
    pub first_on: Day,
    /// The day on which it ends. One that ends at midnight ends on the day before.
    pub last_on: Day,
    /// What the clock shows when it begins, in minutes since midnight: 0 to 1439.
    pub from_minute: u16,
    /// What the clock shows when it ends, in minutes since the midnight of `last_on`: 0 to 1440.
    pub to_minute: u16,
}

/// `GET /calendar/feed`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedState {
    /// The feed, if there is one. Its address is not kept: only its hash is.
    pub feed: Option<Feed>,
    /// The customer's version.
    pub version: u64,
}

/// A feed of the customer's events for other calendars (RFC 5545).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Feed {
    /// When its address was made.
    pub created_at: Timestamp,
    /// Whether due days of invoices are in it.
    pub due_days: bool,
    /// When another calendar last read it.
    pub read_at: Option<Timestamp>,
}

/// `POST /calendar/feed`: makes a new address; one that there was before ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateFeed {
    /// Whether due days of invoices are to be in it.
    pub due_days: bool,
}

/// The answer to [`CreateFeed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewFeed {
    /// Its address, told this once.
    pub url: FeedUrl,
    /// The feed.
    pub feed: Feed,
    /// The customer's version.
    pub version: u64,
}

/// The address of a feed. Whoever knows it can read the calendar, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(transparent)]
pub struct FeedUrl(pub String);

impl fmt::Debug for FeedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FeedUrl(…)")
    }
}
