//! What can go wrong with a row. Which database it was stays in here.

use std::fmt;

/// Why the database did not do what it was asked.
#[derive(Debug)]
pub enum DbError {
    /// A row with the same unique key exists already.
    Taken(String),
    /// A cursor that this list never gave out.
    BadCursor,
    /// The order compares amounts, and the account has several currencies.
    CurrencyWanted,
    /// What was asked for would break a rule of the account; says which.
    Refused(String),
    /// A stored value is not one of its type; says where it stands.
    Unreadable(String),
    /// The database could not be opened, was busy for too long, or refused.
    Failed(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for DbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(what) => write!(f, "it exists already: {what}"),
            Self::BadCursor => f.write_str("the cursor is none of this list"),
            Self::CurrencyWanted => f.write_str("amounts of several currencies have no order"),
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::Unreadable(what) => write!(f, "the database holds what cannot be read: {what}"),
            Self::Failed(cause) => write!(f, "the database failed: {cause}"),
        }
    }
}

impl std::error::Error for DbError {}

impl From<sea_orm::DbErr> for DbError {
    fn from(error: sea_orm::DbErr) -> Self {
        match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(what)) => Self::Taken(what),
            _ => Self::Failed(Box::new(error)),
        }
    }
}
