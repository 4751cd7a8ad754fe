//! Instants and days. They are different types: a day is never moved by a time zone.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! text_form {
    ($name:ident, $bad:ident, $inner:ty, $says:literal) => {
        /// A text of another shape than this type travels in.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $bad;

        impl fmt::Display for $bad {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($says)
            }
        }

        impl std::error::Error for $bad {}

        impl From<$inner> for $name {
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }

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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Date))]
pub struct Day(jiff::civil::Date);

text_form!(
    Day,
    BadDay,
    jiff::civil::Date,
    "a day is written YYYY-MM-DD, as in 2026-11-21"
);

impl Day {
    /// Takes `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Result<Self, BadDay> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(at, b)| match at {
                4 | 7 => b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shape {
            return Err(BadDay);
        }
        text.parse().map(Self).map_err(|_| BadDay)
    }

    /// The civil date, for calculating with.
    pub fn date(self) -> jiff::civil::Date {
        self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An instant, to the millisecond; travels as RFC 3339 in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime))]
pub struct Timestamp(jiff::Timestamp);

text_form!(
    Timestamp,
    BadTimestamp,
    jiff::Timestamp,
    "an instant is written as RFC 3339 in UTC, as in 2026-11-21T14:02:07Z"
);

impl Timestamp {
    /// Takes RFC 3339 with any offset; the offset itself is not kept.
    pub fn parse(text: &str) -> Result<Self, BadTimestamp> {
        let instant: jiff::Timestamp = text.parse().map_err(|_| BadTimestamp)?;
        Self::from_millis(instant.as_millisecond()).ok_or(BadTimestamp)
    }

    /// From milliseconds since 1970-01-01T00:00:00Z; `None` outside the years -9999 to 9999.
    pub fn from_millis(millis: i64) -> Option<Self> {
        jiff::Timestamp::from_millisecond(millis).ok().map(Self)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn as_millis(self) -> i64 {
        self.0.as_millisecond()
    }

    /// The instant, for calculating with.
    pub fn instant(self) -> jiff::Timestamp {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_only_year_month_and_day() {
        assert_eq!(Day::parse("2026-02-28").unwrap().to_string(), "2026-02-28");
        for text in [
            "2026-02-30",
            "26-02-28",
            "2026-2-8",
            "2026-02-28T00:00:00Z",
            "28.02.2026",
            "",
        ] {
            assert_eq!(Day::parse(text), Err(BadDay), "{text}");
        }
    }

    #[test]
    fn an_instant_is_kept_in_utc() {
        let instant = Timestamp::parse("2026-11-21T15:02:07+01:00").unwrap();
        assert_eq!(instant.to_string(), "2026-11-21T14:02:07Z");
        assert_eq!(Timestamp::from_millis(instant.as_millis()), Some(instant));
        assert_eq!(Timestamp::parse("2026-11-21"), Err(BadTimestamp));
    }
}
