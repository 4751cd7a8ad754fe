//! Days of the week, and days counted on from another.

use super::Day;
use super::calendar::{Date, date_of};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weekday {
    /// The first day of a week by ISO 8601.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth: the year that it lies in is the year of its week by ISO 8601.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The last.
    Sunday,
}

impl Weekday {
    /// All of them, as ISO 8601 counts them.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// 1 for Monday to 7 for Sunday, as ISO 8601 counts and `Intl.Locale` says.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The day of that number; `None` for one that is not 1 to 7.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.number() == number)
    }

    /// How many days from `first` on to this one: 0 to 6.
    pub fn days_after(self, first: Self) -> u8 {
        (self.number() + 7 - first.number()) % 7
    }
}

impl Day {
    /// Which day of the week it is.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        let after_monday = (self.0.days_since_1970() + 3).rem_euclid(7);
        let index = usize::try_from(after_monday).unwrap_or_default();
        Weekday::ALL.get(index).copied().unwrap_or(Weekday::Monday)
    }

    /// So many days later, or earlier; `None` outside the years 0 to 9999.
    pub fn plus(self, days: i64) -> Option<Self> {
        let (year, month, day) = date_of(self.0.days_since_1970().checked_add(days)?);
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        Date::new(u16::try_from(year).ok()?, month, day).map(Self)
    }

    /// How many days this one lies after another; less than nothing where it lies before.
    pub fn days_since(self, other: Self) -> i64 {
        self.0.days_since_1970() - other.0.days_since_1970()
    }

    /// The first day of the week that it lies in, where weeks begin with `first`; `None` where
    /// that lies before the year 0.
    pub fn first_of_week(self, first: Weekday) -> Option<Self> {
        self.plus(-i64::from(self.weekday().days_after(first)))
    }

    /// The day of the month, from 1.
    pub fn of_month(self) -> u8 {
        self.0.day
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn days_and_weekdays_are_those_of_jiff(start in 0i64..=3_000_000, more in -20_000i64..=20_000) {
            let first = Day::parse("0000-01-01").unwrap();
            let Some(day) = first.plus(start) else { return Ok(()) };
            let theirs = jiff::civil::date(0, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
            prop_assert_eq!(day.to_string(), theirs.to_string());
            prop_assert_eq!(i64::from(day.weekday().number()), i64::from(theirs.weekday().to_monday_one_offset()));
            prop_assert_eq!(day.days_since(first), start);
            if let Some(other) = day.plus(more) {
                prop_assert_eq!(other.days_since(day), more);
                prop_assert_eq!(other.plus(-more), Some(day));
            }
        }

        #[test]
        fn a_week_begins_at_most_six_days_before(start in 7i64..=3_000_000, first in 1u8..=7) {
            let first = Weekday::from_number(first).unwrap();
            let Some(day) = Day::parse("0000-01-01").unwrap().plus(start) else { return Ok(()) };
            let begins = day.first_of_week(first).unwrap();
            prop_assert_eq!(begins.weekday(), first);
            prop_assert!((0..7).contains(&day.days_since(begins)));
        }
    }
}
