//! Weeks as a locale has them, and what a clock shows. Where a browser does not tell what day
//! weeks begin with, CLDR's regions do.

use api_types::{ClockChange, Day, Weekday};
use words::key;

use super::events::duration_words;
use super::isolate::isolate_owned;
use super::locale::locale;
use super::text::fill;
use crate::browser::intl::{self, InstantStyle};

/// The regions whose weeks begin with another day than Monday (CLDR 48, `firstDay`).
const SUNDAY: &str = "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH \
                      KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US \
                      VE VI WS YE ZA ZW";
const SATURDAY: &str = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";
const FRIDAY: &str = "MV";

const MINUTE_MILLIS: i64 = 60_000;

/// The day that weeks begin with.
pub fn first_weekday() -> Weekday {
    let tag = locale().tag;
    let told = intl::first_day_of_week(&tag).and_then(Weekday::from_number);
    told.unwrap_or_else(|| first_weekday_in(&intl::region(&tag).unwrap_or_default()))
}

/// The day that weeks begin with in a region, by its code of ISO 3166.
pub fn first_weekday_in(region: &str) -> Weekday {
    let is_one = |regions: &str| regions.split_whitespace().any(|one| one == region);
    if is_one(SUNDAY) {
        Weekday::Sunday
    } else if is_one(SATURDAY) {
        Weekday::Saturday
    } else if is_one(FRIDAY) {
        Weekday::Friday
    } else {
        Weekday::Monday
    }
}

/// The days of a week, as in `16 – 22 Nov 2026`.
pub fn days_of_week(first: &Day, last: &Day) -> String {
    let told = intl::format_day_range(&locale().tag, &first.to_string(), &last.to_string());
    told.map_or_else(|| super::day(first), isolate_owned)
}

/// What a clock shows so many minutes after midnight, as in `14:00`.
pub fn face_time(minute: u16) -> String {
    let millis = i64::from(minute) * MINUTE_MILLIS;
    isolate_owned(intl::format_instant(
        &locale().tag,
        millis,
        "UTC",
        InstantStyle::Time,
    ))
}

/// How the clocks change on a day, as in `Clocks go forward 1 hour at 01:00`.
pub fn clock_change_words(change: ClockChange) -> String {
    let by = duration_words(u32::from(change.minutes.unsigned_abs()));
    let way = if change.minutes < 0 {
        key::calendar_views::CLOCKS_BACK
    } else {
        key::calendar_views::CLOCKS_FORWARD
    };
    let at = face_time(change.at_minute);
    fill(way, [("by", &by), ("at", &at)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_as_they_do_in_a_region() {
        for (region, first) in [
            ("IE", Weekday::Monday),
            ("DE", Weekday::Monday),
            ("AE", Weekday::Monday),
            ("US", Weekday::Sunday),
            ("PT", Weekday::Sunday),
            ("JP", Weekday::Sunday),
            ("EG", Weekday::Saturday),
            ("IR", Weekday::Saturday),
            ("MV", Weekday::Friday),
            ("", Weekday::Monday),
            ("A", Weekday::Monday),
            ("us", Weekday::Monday),
        ] {
            assert_eq!(first_weekday_in(region), first, "{region}");
        }
    }

    #[test]
    fn every_region_stands_in_one_list_only() {
        let mut all: Vec<&str> = [SUNDAY, SATURDAY, FRIDAY]
            .iter()
            .flat_map(|regions| regions.split_whitespace())
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|region| {
            region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())
        }));
    }
}
