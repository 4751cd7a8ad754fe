//! The first and last days of months and years, for choosing periods.

use super::Day;
use super::calendar::{Date, days_in_month};

impl Day {
    /// The first day of this day's month.
    pub fn first_of_month(self) -> Self {
        Self(Date { day: 1, ..self.0 })
    }

    /// The last day of this day's month.
    pub fn last_of_month(self) -> Self {
        let Date { year, month, .. } = self.0;
        Self(Date {
            day: days_in_month(year, month),
            ..self.0
        })
    }

    /// The last day of the month before this day's; `None` before the year 0.
    pub fn last_of_month_before(self) -> Option<Self> {
        let Date { year, month, .. } = self.0;
        let (year, month) = if month > 1 {
            (year, month - 1)
        } else {
            (year.checked_sub(1)?, 12)
        };
        Date::new(year, month, days_in_month(year, month)).map(Self)
    }

    /// The first day of this day's year.
    pub fn first_of_year(self) -> Self {
        let year = self.0.year;
        Self(Date {
            year,
            month: 1,
            day: 1,
        })
    }

    /// The last day of this day's year.
    pub fn last_of_year(self) -> Self {
        let year = self.0.year;
        Self(Date {
            year,
            month: 12,
            day: 31,
        })
    }

    /// The last day of the year before this day's; `None` before the year 0.
    pub fn last_of_year_before(self) -> Option<Self> {
        let year = self.0.year.checked_sub(1)?;
        Date::new(year, 12, 31).map(Self)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.0.year
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn months_and_years_end_where_the_calendar_ends_them() {
        for (of, first, last, before) in [
            ("2026-11-21", "2026-11-01", "2026-11-30", "2026-10-31"),
            ("2024-02-10", "2024-02-01", "2024-02-29", "2024-01-31"),
            ("2026-03-31", "2026-03-01", "2026-03-31", "2026-02-28"),
            ("2026-01-01", "2026-01-01", "2026-01-31", "2025-12-31"),
        ] {
            let of = day(of);
            assert_eq!(of.first_of_month(), day(first));
            assert_eq!(of.last_of_month(), day(last));
            assert_eq!(of.last_of_month_before(), Some(day(before)));
        }
        let of = day("2026-11-21");
        assert_eq!(of.first_of_year(), day("2026-01-01"));
        assert_eq!(of.last_of_year(), day("2026-12-31"));
        assert_eq!(of.last_of_year_before(), Some(day("2025-12-31")));
    }

    #[test]
    fn before_the_year_0_there_is_nothing() {
        assert_eq!(day("0000-01-31").last_of_month_before(), None);
        assert_eq!(day("0000-12-31").last_of_year_before(), None);
    }
}
