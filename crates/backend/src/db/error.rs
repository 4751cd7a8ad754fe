//! What can go wrong with a row. Which database it was stays in here.

use std::fmt;

use sea_orm::{DbErr, RuntimeErr};

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
    /// An amount or a sum would be beyond its bound; says which. Nothing was written.
    TooLarge(String),
    /// A stored value is not one of its type; says where it stands.
    Unreadable(String),
    /// The database could not put the transaction in order with others that ran beside it. It may
    /// be run again from its beginning.
    Conflict(Box<dyn std::error::Error + Send + Sync>),
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
            Self::TooLarge(what) => write!(f, "{BEYOND}: {what}"),
            Self::Unreadable(what) => write!(f, "the database holds what cannot be read: {what}"),
            Self::Conflict(cause) => write!(f, "another transaction came in between: {cause}"),
            Self::Failed(cause) => write!(f, "the database failed: {cause}"),
        }
    }
}

impl std::error::Error for DbError {}

/// An error of what runs in a transaction that writes.
pub trait TransactionError: From<DbError> {
    /// Whether the transaction may be run again: nothing is wrong with it but that others ran
    /// beside it.
    fn is_conflict(&self) -> bool;
}

impl TransactionError for DbError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict(_))
    }
}

/// The codes of a conflict: SQLite's SQLITE_BUSY_SNAPSHOT, and PostgreSQL's serialization_failure
/// and deadlock_detected.
const CONFLICTS: [&str; 3] = ["517", "40001", "40P01"];

fn is_conflict(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    let code = cause.as_database_error().and_then(|cause| cause.code());
    code.is_some_and(|code| CONFLICTS.contains(&code.as_ref()))
}

/// What the database says before the name of a table where an amount is beyond its bound; the
/// triggers of the migration `bounds` raise it.
const BEYOND: &str = "beyond the bound";
/// What SQLite says where a sum of integers does not fit 64 bits.
const OVERFLOW: &str = "integer overflow";

/// What was beyond its bound, where that is why the database refused.
fn beyond(error: &DbErr) -> Option<String> {
    let says = error.to_string();
    if says.contains(OVERFLOW) {
        return Some("a sum of amounts".to_owned());
    }
    let (_, table) = says.split_once(BEYOND)?;
    let table = table.trim_start_matches(':').trim();
    Some(format!("an amount in {table}"))
}

impl From<DbErr> for DbError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(what)) => Self::Taken(what),
            _ if is_conflict(&error) => Self::Conflict(Box::new(error)),
            _ => match beyond(&error) {
                Some(what) => Self::TooLarge(what),
                None => Self::Failed(Box::new(error)),
            },
        }
    }
}
