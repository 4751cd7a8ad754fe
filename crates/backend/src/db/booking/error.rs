//! Why something was not done with the calendar.

use std::fmt;

use crate::db::{DbError, TransactionError};

/// Why something was not done with the calendar.
#[derive(Debug)]
pub enum BookingError {
    /// There is no such event, or it is somebody else's.
    NotFound,
    /// The feature is switched off.
    Off,
    /// One field is wrong: its name, and what is wrong with it.
    Field(&'static str, &'static str),
    /// Somebody else has the time by now, or it is not offered any more.
    TimeTaken,
    /// What it costs is not what the customer saw.
    TermsChanged,
    /// It cannot be done now; what is read of the event or the offers says why.
    NotChangeable,
    /// The provider answers first.
    WaitForAnswer,
    /// Something broke here.
    Broken(DbError),
}

impl fmt::Display for BookingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such event"),
            Self::Off => f.write_str("it is switched off"),
            Self::Field(name, why) => write!(f, "{name} is {why}"),
            Self::TimeTaken => f.write_str("the time cannot be had any more"),
            Self::TermsChanged => f.write_str("it costs something else by now"),
            Self::NotChangeable => f.write_str("it cannot be done now"),
            Self::WaitForAnswer => f.write_str("the provider answers first"),
            Self::Broken(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BookingError {}

impl From<DbError> for BookingError {
    fn from(error: DbError) -> Self {
        Self::Broken(error)
    }
}

impl TransactionError for BookingError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Broken(error) if error.is_conflict())
    }
}
