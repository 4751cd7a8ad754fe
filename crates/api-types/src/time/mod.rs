//! Instants and days. They are different types: a day is never moved by a time zone.
//!
//! What the wire needs of the calendar is a page of arithmetic, so it stands
//! here, in [`calendar`]: a date library would be a tenth of the browser app.
//! Whoever calculates with days turns on the feature `jiff`.

mod calendar;
#[cfg(feature = "jiff")]
mod conversions;
mod month;
mod months;
#[cfg(feature = "openapi")]
mod pattern;
mod rfc3339;
#[cfg(test)]
mod tests;
mod week;
mod weekday;
mod zone;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
#[cfg(feature = "openapi")]
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};

pub use month::Month;
pub use week::Week;
pub use weekday::Weekday;
#[cfg(feature = "openapi")]
pub(crate) use zone::zone_schema;
pub use zone::{MOST_ZONE_CHARACTERS, ZONE_PATTERN, is_zone_name};

use crate::described::described;
use calendar::Date;

macro_rules! text_form {
    ($name:ident, $bad:ident, $says:literal) => {
        /// A text of another shape than this type travels in.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $bad;

        impl fmt::Display for $bad {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($says)
            }
        }

        impl std::error::Error for $bad {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $bad;

            fn from_str(text: &str) -> Result<Self, $bad> {
                Self::parse(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// A day of the calendar, as in a due date; travels as `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

described!(
    Day,
    crate::schema::text_of(&["A day of the calendar, as in a due date; travels as `YYYY-MM-DD`."])
        .format(Some(format(KnownFormat::Date)))
        .pattern(Some(pattern::day()))
);

text_form!(Day, BadDay, "a day is written YYYY-MM-DD, as in 2026-11-21");

impl Day {
    /// Takes `YYYY-MM-DD` and nothing else.
    ///
    /// # Errors
    /// [`BadDay`] if the text is written in another way, or the calendar has no such day.
    pub fn parse(text: &str) -> Result<Self, BadDay> {
        rfc3339::full_date(text).map(Self).ok_or(BadDay)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Date { year, month, day } = self.0;
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// An instant, to the millisecond; travels as RFC 3339 in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

described!(
    Timestamp,
    crate::schema::text_of(&[
        "An instant, to the millisecond; travels as RFC 3339 in UTC. Any offset is taken; from",
        "0000-01-02T00:00:00Z to 9999-12-30T21:59:59.999Z."
    ])
    .format(Some(format(KnownFormat::DateTime)))
    .pattern(Some(pattern::instant()))
);

#[cfg(feature = "openapi")]
fn format(known: KnownFormat) -> SchemaFormat {
    SchemaFormat::KnownFormat(known)
}

text_form!(
    Timestamp,
    BadTimestamp,
    "an instant is written as RFC 3339 in UTC, as in 2026-11-21T14:02:07Z"
);

impl Timestamp {
    /// 0000-01-02T00:00:00Z, in milliseconds since 1970. A day is left on either side, so that an
    /// instant has a year of four digits in every time zone.
    const FIRST: i64 = -62_167_132_800_000;
    /// 9999-12-30T21:59:59.999Z, in milliseconds since 1970.
    const LAST: i64 = 253_402_207_199_999;

    /// Takes RFC 3339 with any offset. The offset itself is not kept, and what is finer than a
    /// millisecond is cut off.
    ///
    /// # Errors
    /// [`BadTimestamp`] if the text is written in another way, or the instant is before
    /// 0000-01-02T00:00:00Z or after 9999-12-30T21:59:59.999Z.
    pub fn parse(text: &str) -> Result<Self, BadTimestamp> {
        rfc3339::date_time(text)
            .and_then(Self::from_millis)
            .ok_or(BadTimestamp)
    }

    /// From milliseconds since 1970-01-01T00:00:00Z; `None` outside the years 0 to 9999.
    pub fn from_millis(millis: i64) -> Option<Self> {
        (Self::FIRST..=Self::LAST)
            .contains(&millis)
            .then_some(Self(millis))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The instant some time later; the last that there is, if that would be beyond it.
    #[must_use]
    pub fn plus(self, time: Duration) -> Self {
        Self(self.0.saturating_add(millis(time)).min(Self::LAST))
    }

    /// The instant some time earlier; the first that there is, if that would be before it.
    #[must_use]
    pub fn minus(self, time: Duration) -> Self {
        Self(self.0.saturating_sub(millis(time)).max(Self::FIRST))
    }

    /// How long ago an earlier instant was; zero if it is later.
    pub fn since(self, earlier: Self) -> Duration {
        let millis = self.0.saturating_sub(earlier.0);
        Duration::from_millis(u64::try_from(millis).unwrap_or(0))
    }
}

/// As many milliseconds as fit.
fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write(self.0, f)
    }
}
