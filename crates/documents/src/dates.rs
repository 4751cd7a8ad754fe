//! Days and instants as the portal's locale writes them: what the browser's
//! `Intl.DateTimeFormat` says on the screen, from the same tables. A day is
//! never moved by a time zone; an instant is told in the portal's.

use api_types::{Day, Timestamp};
use icu_calendar::{Date, Iso};
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{YMD, YMDT};
use icu_locale_core::Locale;
use icu_time::{DateTime, Time};
use jiff::civil;
use jiff::tz::TimeZone;

/// Writes days and instants.
#[derive(Debug)]
pub(crate) struct Dates {
    days: Option<DateTimeFormatter<YMD>>,
    instants: Option<DateTimeFormatter<YMDT>>,
    zone: TimeZone,
}

impl Dates {
    pub(crate) fn new(locale: &Locale, zone: &TimeZone) -> Self {
        let instant = YMD::medium().with_time_hm();
        Self {
            days: DateTimeFormatter::try_new(locale.into(), YMD::medium()).ok(),
            instants: DateTimeFormatter::try_new(locale.into(), instant).ok(),
            zone: zone.clone(),
        }
    }

    /// A day, as in `17 Nov 2026`.
    pub(crate) fn day(&self, day: Day) -> String {
        let written = self.days.as_ref().zip(calendar_day(day.date()));
        let written = written.map(|(formatter, date)| formatter.format(&date).to_string());
        // As the screen does where the browser knows no better.
        written.unwrap_or_else(|| day.to_string())
    }

    /// An instant, as in `17 Nov 2026, 14:02`.
    pub(crate) fn instant(&self, at: Timestamp) -> String {
        let here = at.instant().to_zoned(self.zone.clone()).datetime();
        let written = self.instants.as_ref().zip(moment(here));
        let written = written.map(|(formatter, moment)| {
            // CLDR puts a narrow space before AM and PM; browsers do not, because too
            // many pages read their own dates back.
            formatter
                .format(&moment)
                .to_string()
                .replace('\u{202f}', " ")
        });
        written.unwrap_or_else(|| at.to_string())
    }
}

fn calendar_day(date: civil::Date) -> Option<Date<Iso>> {
    let part = |part: i8| u8::try_from(part).ok();
    let (month, day) = part(date.month()).zip(part(date.day()))?;
    Date::try_new_iso(i32::from(date.year()), month, day).ok()
}

fn moment(here: civil::DateTime) -> Option<DateTime<Iso>> {
    let part = |part: i8| u8::try_from(part).ok();
    let (hour, minute) = part(here.hour()).zip(part(here.minute()))?;
    let time = Time::try_new(hour, minute, 0, 0).ok()?;
    calendar_day(here.date()).map(|date| DateTime { date, time })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Chromium's `Intl.DateTimeFormat` says with `dateStyle: "medium"` and
    /// `timeStyle: "short"`, in Europe/Dublin.
    const BROWSER: [(&str, &str, &str, &str); 6] = [
        (
            "en-IE",
            "1 Nov 2026",
            "21 Jun 2026, 14:05",
            "21 Nov 2026, 00:05",
        ),
        (
            "en-US",
            "Nov 1, 2026",
            "Jun 21, 2026, 2:05 PM",
            "Nov 21, 2026, 12:05 AM",
        ),
        (
            "de-DE",
            "01.11.2026",
            "21.06.2026, 14:05",
            "21.11.2026, 00:05",
        ),
        (
            "fr-FR",
            "1 nov. 2026",
            "21 juin 2026, 14:05",
            "21 nov. 2026, 00:05",
        ),
        ("ja-JP", "2026/11/01", "2026/06/21 14:05", "2026/11/21 0:05"),
        (
            "fil-PH",
            "Nob 1, 2026",
            "Hun 21, 2026, 2:05 PM",
            "Nob 21, 2026, 12:05 AM",
        ),
    ];

    #[test]
    fn days_and_instants_are_written_as_browsers_write_them() {
        let zone = TimeZone::posix("GMT0IST,M3.5.0/1,M10.5.0").unwrap();
        let instant = |text| Timestamp::parse(text).unwrap();
        for (tag, day, summer, winter) in BROWSER {
            let dates = Dates::new(&tag.parse().unwrap(), &zone);
            assert_eq!(dates.day(Day::parse("2026-11-01").unwrap()), day, "{tag}");
            let written = dates.instant(instant("2026-06-21T13:05:00Z"));
            assert_eq!(written, summer, "{tag}");
            let written = dates.instant(instant("2026-11-21T00:05:00Z"));
            assert_eq!(written, winter, "{tag}");
        }
    }
}
