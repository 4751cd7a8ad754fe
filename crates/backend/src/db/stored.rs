//! From what the database holds to the types of the wire, in one place.
//! A value that does not read is an error that says what it was, never a guess.

use std::fmt::Display;
use std::str::FromStr;

use api_types::{Currency, Money, Timestamp};

use super::DbError;

/// Reads a stored text as one of our types.
///
/// # Errors
/// [`DbError::Unreadable`] if the text is none of the type.
pub fn parse<T: FromStr>(text: &str) -> Result<T, DbError>
where
    T::Err: Display,
{
    text.parse()
        .map_err(|why: T::Err| DbError::Unreadable(why.to_string()))
}

/// Reads a stored text that may be missing.
///
/// # Errors
/// [`DbError::Unreadable`] if there is a text and it is none of the type.
pub fn parsed_option<T: FromStr>(text: Option<&str>) -> Result<Option<T>, DbError>
where
    T::Err: Display,
{
    text.map(parse).transpose()
}

/// Reads stored minor units beside their currency.
///
/// # Errors
///
/// [`DbError::TooLarge`] where they are more than the wire takes.
pub fn money(minor: i64, currency: &str) -> Result<Money, DbError> {
    Ok(Money::from_minor(
        sum([minor])?,
        parse::<Currency>(currency)?,
    ))
}

/// Reads stored milliseconds since 1970.
///
/// # Errors
/// [`DbError::Unreadable`] if they are beyond the instants that there are.
pub fn instant(millis: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_millis(millis)
        .ok_or_else(|| DbError::Unreadable(format!("{millis} is no instant")))
}

/// Reads a stored version, which counts up from 1.
///
/// # Errors
/// [`DbError::Unreadable`] if it is below zero.
pub fn version(stored: i64) -> Result<u64, DbError> {
    u64::try_from(stored).map_err(|_| DbError::Unreadable(format!("version {stored}")))
}

/// Adds up minor units.
///
/// # Errors
///
/// [`DbError::TooLarge`] where the sum is more than the wire takes, either way:
/// [`Money::MOST_SUM_MINOR`]. It never wraps round.
pub fn sum(parts: impl IntoIterator<Item = i64>) -> Result<i64, DbError> {
    let parts = parts.into_iter().map(i128::from);
    let sum = parts.sum::<i128>();
    let sum = i64::try_from(sum).map_err(|_| too_large())?;
    if sum.unsigned_abs() > Money::MOST_SUM_MINOR.unsigned_abs() {
        return Err(too_large());
    }
    Ok(sum)
}

/// A sum that is beyond its bound.
pub fn too_large() -> DbError {
    DbError::TooLarge("a sum of amounts".to_owned())
}

/// The SQL of a sum of minor units, which is zero where there are none.
///
/// SQLite's `SUM` over integers is an integer or fails with "integer overflow", which is
/// [`DbError::TooLarge`]. There is no `CAST` around it: that would cut a REAL off to some integer
/// without a word. `TOTAL` is always a REAL, so it is never used. Whoever reads the sum passes it
/// through [`sum`] before it is shown.
macro_rules! sum_sql {
    ($minor:literal) => {
        concat!("COALESCE(SUM(", $minor, "), 0)")
    };
}
pub(in crate::db) use sum_sql;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_beyond_its_bound_is_refused_by_name_and_never_wraps_round() {
        let most = Money::MOST_SUM_MINOR;
        assert_eq!(sum([most, -1, 1]).unwrap(), most);
        assert_eq!(sum([i64::MAX, i64::MAX, -i64::MAX, -i64::MAX]).unwrap(), 0);
        for parts in [
            vec![most, 1],
            vec![-most, -1],
            vec![i64::MAX, i64::MAX],
            vec![i64::MIN, i64::MIN],
        ] {
            let refused = sum(parts.clone());
            assert!(matches!(refused, Err(DbError::TooLarge(_))), "{parts:?}");
        }
    }

    /// Every sum of amounts goes through [`sum_sql`], so that none is a REAL or cut off.
    #[test]
    fn no_sql_sums_up_in_a_way_of_its_own() {
        let db = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db");
        let mut folders = vec![db.clone()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => files.push(path),
                }
            }
        }
        assert!(files.len() > 50, "{files:?}");
        for file in files
            .iter()
            .filter(|file| !file.ends_with("stored.rs") && !file.ends_with("tests/bounds.rs"))
        {
            let text = std::fs::read_to_string(file).unwrap();
            for own in ["SUM(", "TOTAL(", "AVG("] {
                let at = text.lines().position(|line| {
                    line.contains(own) && !line.contains("SUM(amount_minor) OVER")
                });
                assert_eq!(at, None, "{own} stands in {}", file.display());
            }
        }
    }
}
