//! From what the database holds to the types of the wire, in one place.
//! A value that does not read is an error that says what it was, never a guess.

use std::fmt::Display;
use std::str::FromStr;

use api_types::{Currency, Money, Timestamp};

use super::DbError;

/// Reads a stored text as one of our types.
pub fn parsed<T: FromStr>(text: &str) -> Result<T, DbError>
where
    T::Err: Display,
{
    text.parse()
        .map_err(|why: T::Err| DbError::Unreadable(why.to_string()))
}

/// Reads a stored text that may be missing.
pub fn parsed_option<T: FromStr>(text: Option<&str>) -> Result<Option<T>, DbError>
where
    T::Err: Display,
{
    text.map(parsed).transpose()
}

/// Reads stored minor units beside their currency.
pub fn money(minor: i64, currency: &str) -> Result<Money, DbError> {
    Ok(Money::from_minor(minor, parsed::<Currency>(currency)?))
}

/// Reads stored milliseconds.
pub fn instant(millis: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_millis(millis)
        .ok_or_else(|| DbError::Unreadable(format!("{millis} is no instant")))
}

/// Reads a stored version. It only ever counts up from 1.
pub fn version(stored: i64) -> Result<u64, DbError> {
    u64::try_from(stored).map_err(|_| DbError::Unreadable(format!("version {stored}")))
}

/// Adds up minor units, refusing what does not fit rather than wrapping round.
pub fn sum(parts: impl IntoIterator<Item = i64>) -> Result<i64, DbError> {
    parts
        .into_iter()
        .try_fold(0_i64, i64::checked_add)
        .ok_or_else(too_large)
}

/// A sum that does not fit.
pub fn too_large() -> DbError {
    DbError::Unreadable("a sum beyond 64 bits".to_owned())
}
