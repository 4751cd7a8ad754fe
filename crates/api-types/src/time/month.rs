//! A month of a year, as an address names it.

use std::fmt;

use super::Day;
use super::calendar::Date;

/// A month of a year, `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// The month that a day lies in.
    pub fn of(day: Day) -> Self {
        let Date { year, month, .. } = day.0;
        Self { year, month }
    }

    /// Takes `YYYY-MM` and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        Day::parse(&format!("{text}-01")).ok().map(Self::of)
    }

    /// Its first day.
    pub fn first(self) -> Day {
        let Self { year, month } = self;
        Day(Date {
            year,
            month,
            day: 1,
        })
    }

    /// Its last day.
    pub fn last(self) -> Day {
        self.first().last_of_month()
    }

    /// The month after; `None` after the year 9999.
    pub fn next(self) -> Option<Self> {
        self.last().plus(1).map(Self::of)
    }

    /// The month before; `None` before the year 0.
    pub fn previous(self) -> Option<Self> {
        self.first().plus(-1).map(Self::of)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_as_year_and_month_and_nothing_else() {
        for good in ["2026-11", "0000-01", "9999-12"] {
            assert_eq!(Month::parse(good).unwrap().to_string(), good);
        }
        for bad in [
            "",
            "2026",
            "2026-13",
            "2026-00",
            "2026-1",
            "2026-11-01",
            "26-11",
        ] {
            assert_eq!(Month::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn months_follow_one_another_over_the_years() {
        let month = |text: &str| Month::parse(text).unwrap();
        assert_eq!(month("2026-12").next(), Some(month("2027-01")));
        assert_eq!(month("2026-01").previous(), Some(month("2025-12")));
        assert_eq!(month("9999-12").next(), None);
        assert_eq!(month("0000-01").previous(), None);
        assert_eq!(month("2024-02").last(), Day::parse("2024-02-29").unwrap());
    }
}
