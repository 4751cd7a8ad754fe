//! The status of an event as other calendars get it. Whether somebody came is not in it.

use api_types::EventStatus;

/// How an event stands to other calendars (RFC 5545, STATUS).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may take place.
    Tentative,
    /// It takes place, or did.
    Confirmed,
    /// It does not take place.
    Cancelled,
}

impl Standing {
    /// What a status means to other calendars.
    pub fn of(status: EventStatus) -> Self {
        match status {
            EventStatus::Requested | EventStatus::Held => Self::Tentative,
            EventStatus::Booked | EventStatus::Attended | EventStatus::NoShow => Self::Confirmed,
            // One that nobody knows takes no place in anybody's calendar.
            _ => Self::Cancelled,
        }
    }
}
