//! A stretch of days, and the ones that have a name. Pure: no clock, no zone.

use api_types::Day;

/// From a day to a day, both included; an end that is not there is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
}

impl DayRange {
    /// Whether it ends before it begins.
    pub fn is_backwards(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to < from)
    }
}

/// A stretch of days that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// From the first day to the last.
    AllTime,
    /// The month that today lies in.
    ThisMonth,
    /// The month before.
    LastMonth,
    /// The year that today lies in.
    ThisYear,
    /// The year before.
    LastYear,
}

impl Preset {
    /// All of them, in the order to offer them.
    pub const ALL: [Self; 5] = [
        Self::AllTime,
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisYear,
        Self::LastYear,
    ];

    /// Those that have a first and a last day.
    pub const BOUNDED: [Self; 4] = [
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisYear,
        Self::LastYear,
    ];

    /// Its days, seen from today.
    pub fn range(self, today: Day) -> DayRange {
        let between = |from, to| DayRange {
            from: Some(from),
            to: Some(to),
        };
        match self {
            Self::AllTime => DayRange::default(),
            Self::ThisMonth => between(today.first_of_month(), today.last_of_month()),
            Self::LastMonth => {
                let last = today.last_of_month_before().unwrap_or(today);
                between(last.first_of_month(), last)
            }
            Self::ThisYear => between(today.first_of_year(), today.last_of_year()),
            Self::LastYear => {
                let last = today.last_of_year_before().unwrap_or(today);
                between(last.first_of_year(), last)
            }
        }
    }

    /// The one that has these days, seen from today.
    pub fn of(range: DayRange, today: Day) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|preset| preset.range(today) == range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: &str, to: &str) -> DayRange {
        DayRange {
            from: Day::parse(from).ok(),
            to: Day::parse(to).ok(),
        }
    }

    #[test]
    fn each_preset_has_its_days_seen_from_today() {
        for (today, preset, from, to) in [
            ("2026-11-21", Preset::ThisMonth, "2026-11-01", "2026-11-30"),
            ("2026-11-21", Preset::LastMonth, "2026-10-01", "2026-10-31"),
            ("2026-03-31", Preset::LastMonth, "2026-02-01", "2026-02-28"),
            ("2024-03-31", Preset::LastMonth, "2024-02-01", "2024-02-29"),
            ("2026-01-05", Preset::LastMonth, "2025-12-01", "2025-12-31"),
            ("2026-11-21", Preset::ThisYear, "2026-01-01", "2026-12-31"),
            ("2026-11-21", Preset::LastYear, "2025-01-01", "2025-12-31"),
            ("2026-11-21", Preset::AllTime, "", ""),
        ] {
            let today = Day::parse(today).unwrap();
            assert_eq!(
                preset.range(today),
                range(from, to),
                "{preset:?} on {today}"
            );
            assert_eq!(Preset::of(range(from, to), today), Some(preset));
        }
    }

    #[test]
    fn other_days_are_no_preset() {
        let today = Day::parse("2026-11-21").unwrap();
        for other in [
            range("2026-11-01", "2026-11-29"),
            range("2026-11-01", ""),
            range("", "2026-11-30"),
        ] {
            assert_eq!(Preset::of(other, today), None);
        }
    }

    #[test]
    fn only_an_end_before_the_beginning_is_backwards() {
        assert!(range("2026-11-02", "2026-11-01").is_backwards());
        assert!(!range("2026-11-01", "2026-11-01").is_backwards());
        assert!(!range("2026-11-02", "").is_backwards());
        assert!(!DayRange::default().is_backwards());
    }
}
