//! Asking for an event: what is offered, when, and the request itself.

use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{Day, EventId, Money, Timestamp};

words! {
    /// What comes of asking for an offered time.
    BookingMode {
        /// The event is booked at once.
        Book = "book",
        /// The provider answers first.
        Ask = "ask",
        /// The time is kept for a while, and booked when the deposit is paid.
        Deposit = "deposit",
    }
}

words! {
    /// Why nothing can be asked for now.
    NotBookable {
        /// The provider offers no times.
        NothingOffered = "nothing_offered",
        /// As many requests are open as may be.
        TooMany = "too_many",
    }
}

/// `GET /booking`: what can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingChoices {
    /// What is offered to this customer, by name.
    pub services: Vec<ServiceOffer>,
    /// Who may come along, in the provider's own words.
    pub attendees: Vec<String>,
    /// How many requests and held times the customer has.
    pub open: u32,
    /// How many there may be at once.
    pub most_open: u32,
    /// Why nothing can be asked for, where that is so.
    pub reason: Option<NotBookable>,
    /// The customer's version.
    pub version: u64,
}

/// A service that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceOffer {
    /// Its name.
    pub service: String,
    /// How long its events last.
    pub minutes: u32,
    /// Whether it is offered at a place.
    pub in_person: bool,
    /// Whether it is offered as a video session.
    pub video: bool,
    /// What an event of it costs.
    pub fee: Option<Money>,
    /// What is to be paid for a time to be booked.
    pub deposit: Option<Money>,
    /// For how long a time is kept until then, in minutes.
    pub hold_minutes: Option<u32>,
    /// What comes of asking.
    pub mode: BookingMode,
    /// Until how long before it begins cancelling costs nothing, in hours.
    pub free_cancel_hours: Option<u32>,
}

/// The query of `GET /booking/times`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct TimesQuery {
    /// Of which service.
    pub service: String,
    /// Whether as a video session.
    #[serde(default)]
    pub video: bool,
    /// The first day, by `zone`.
    pub from: Day,
    /// The last day, by `zone`; at most 42 days after the first.
    pub to: Day,
    /// The IANA zone that the days are of.
    #[serde(deserialize_with = "crate::query::zone")]
    #[cfg_attr(feature = "openapi", param(schema_with = crate::time::zone_schema))]
    pub zone: String,
    /// The customer's own event that is to be moved: its own time stands in nobody's way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moving: Option<EventId>,
}

impl TimesQuery {
    /// How many days after [`TimesQuery::from`] the last one may be.
    pub const MOST_DAYS: u16 = 42;
}

/// `GET /booking/times`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedTimes {
    /// The days that have offered times, in order.
    pub days: Vec<OfferedDay>,
    /// The first day after `to` that has a time, if there is one.
    pub next_on: Option<Day>,
    /// The last day for which times are offered at all.
    pub last_on: Day,
    /// Today, by `zone`.
    pub today: Day,
    /// The customer's version.
    pub version: u64,
}

/// The offered times of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedDay {
    /// The day, by the zone asked for.
    pub day: Day,
    /// Its times, in order.
    pub times: Vec<OfferedTime>,
}

/// A time that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedTime {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// With whom.
    pub person: String,
    /// Where; `None` for a video session.
    pub location: Option<String>,
    /// The IANA zone that it takes place in.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::time::zone_schema))]
    pub zone: String,
}

/// `POST /events`: asks for an offered time; answered with the [`Event`](crate::Event). A time
/// that somebody else has by now is refused (`time_taken`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestEvent {
    /// Of which service.
    pub service: String,
    /// With whom, as the offered time says.
    pub person: String,
    /// When, as the offered time says.
    pub starts_at: Timestamp,
    /// Whether as a video session.
    pub video: bool,
    /// Who comes along, of the choices.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(schema_with = attendees_schema))]
    pub attendees: Vec<String>,
    /// What the provider should know: at most 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(schema_with = note_schema))]
    pub note: Option<String>,
    /// What the customer was told that it costs; another fee is refused (`terms_changed`).
    pub displayed_fee: Option<Money>,
}

impl RequestEvent {
    /// The characters of the longest note.
    pub const MOST_NOTE_CHARACTERS: usize = 1_000;
}

#[cfg(feature = "openapi")]
fn attendees_schema() -> utoipa::openapi::schema::Array {
    crate::schema::different_texts("Who comes along, of the choices; nobody twice.").build()
}

#[cfg(feature = "openapi")]
fn note_schema() -> utoipa::openapi::Object {
    crate::schema::text_or_null()
        .description(Some("What the provider should know."))
        .max_length(Some(RequestEvent::MOST_NOTE_CHARACTERS))
        .build()
}

/// `POST /events/{id}/time`: moves an event to another offered time; answered with the
/// [`Event`](crate::Event).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RescheduleEvent {
    /// With whom, as the offered time says.
    pub person: String,
    /// When, as the offered time says.
    pub starts_at: Timestamp,
}
