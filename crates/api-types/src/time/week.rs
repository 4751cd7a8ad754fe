//! A week of a year, as an address names it (ISO 8601, `YYYY-Www`).

use std::fmt;

use super::{Day, Weekday};

/// A week. Its name is that of the ISO week with the same Thursday; its days are the seven
/// around that Thursday that begin with whichever day a reader's weeks begin with. So each
/// week has one name, on whatever day it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week {
    thursday: Day,
}

impl Week {
    /// The week that a day lies in, where weeks begin with `first`; `None` at the very ends of
    /// the calendar.
    pub fn of(day: Day, first: Weekday) -> Option<Self> {
        let begins = day.first_of_week(first)?;
        let to_thursday = Weekday::Thursday.days_after(first);
        let thursday = begins.plus(i64::from(to_thursday))?;
        Some(Self { thursday })
    }

    /// Takes `YYYY-Www` and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, week) = text.split_once("-W")?;
        let plain = |text: &str, len| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
        if !(plain(year, 4) && plain(week, 2)) {
            return None;
        }
        // The 4th of January always lies in the first week.
        let fourth = Day::parse(&format!("{year}-01-04")).ok()?;
        let first = Self::of(fourth, Weekday::Monday)?;
        let week: i64 = week.parse().ok()?;
        let thursday = first.thursday.plus((week - 1) * 7)?;
        let is_there = week >= 1 && thursday.year() == fourth.year();
        is_there.then_some(Self { thursday })
    }

    /// Its first day, where weeks begin with `first`.
    pub fn first(self, first: Weekday) -> Option<Day> {
        self.thursday.first_of_week(first)
    }

    /// The week after.
    pub fn next(self) -> Option<Self> {
        let thursday = self.thursday.plus(7)?;
        Some(Self { thursday })
    }

    /// The week before.
    pub fn previous(self) -> Option<Self> {
        let thursday = self.thursday.plus(-7)?;
        Some(Self { thursday })
    }

    /// Its number in the year, from 1.
    pub fn number(self) -> i64 {
        self.thursday.days_since(self.thursday.first_of_year()) / 7 + 1
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.thursday.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_week_that_the_year_does_not_have_is_no_week() {
        for good in ["2026-W01", "2026-W53", "2024-W52", "2020-W53"] {
            assert_eq!(Week::parse(good).unwrap().to_string(), good);
        }
        for bad in [
            "2025-W53", "2026-W00", "2026-W54", "2026-W1", "2026-47", "2026-w47", "",
        ] {
            assert_eq!(Week::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_day_lies_in_the_week_of_its_name(start in 30i64..=3_000_000, first in 1u8..=7) {
            let first = Weekday::from_number(first).unwrap();
            let Some(day) = Day::parse("0000-01-01").unwrap().plus(start) else { return Ok(()) };
            let Some(week) = Week::of(day, first) else { return Ok(()) };
            prop_assert_eq!(Week::parse(&week.to_string()), Some(week));
            let begins = week.first(first).unwrap();
            prop_assert_eq!(begins.weekday(), first);
            prop_assert!((0..7).contains(&day.days_since(begins)));
        }

        #[test]
        fn the_names_are_those_of_jiff(start in 30i64..=3_000_000) {
            let Some(day) = Day::parse("0000-01-01").unwrap().plus(start) else { return Ok(()) };
            let Some(week) = Week::of(day, Weekday::Monday) else { return Ok(()) };
            let theirs: jiff::civil::Date = day.to_string().parse().unwrap();
            let theirs = theirs.iso_week_date();
            prop_assert_eq!(week.to_string(), format!("{:04}-W{:02}", theirs.year(), theirs.week()));
        }
    }
}
