//! The proleptic Gregorian calendar: days counted from 1970-01-01.
//!
//! A year is reckoned from March to February here, so that the leap day is its
//! last and every month before it has a fixed place (Howard Hinnant,
//! "chrono-compatible low-level date algorithms").

/// The days from 0000-03-01 to 1970-01-01.
const TO_1970: i64 = 719_468;
/// The days of 400 years, after which the calendar repeats itself.
const FOUR_CENTURIES: i64 = 146_097;

/// A day of the years 0 to 9999. The derived order is that of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Date {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl Date {
    /// `None` where the calendar has no such day.
    pub(super) fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let there_is = year <= 9999
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        there_is.then_some(Self { year, month, day })
    }

    /// The days since 1970-01-01.
    pub(super) fn days_since_1970(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, months_since_march) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        let cycle = year.div_euclid(400);
        let year_of_cycle = year.rem_euclid(400);
        let day_of_year = (153 * months_since_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_cycle =
            year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
        cycle * FOUR_CENTURIES + day_of_cycle - TO_1970
    }
}

/// The year, month and day that lies so many days after 1970-01-01.
pub(super) fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + TO_1970;
    let cycle = days.div_euclid(FOUR_CENTURIES);
    let day_of_cycle = days.rem_euclid(FOUR_CENTURIES);
    let leaps = day_of_cycle / 1460 - day_of_cycle / 36_524 + day_of_cycle / 146_096;
    let year_of_cycle = (day_of_cycle - leaps) / 365;
    let day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let months_since_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_since_march + 2) / 5 + 1;
    let year = cycle * 400 + year_of_cycle;
    if months_since_march < 10 {
        (year, months_since_march + 3, day)
    } else {
        (year + 1, months_since_march - 9, day)
    }
}

/// How many days a month has.
pub(super) fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}
