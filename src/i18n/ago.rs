//! How long ago something was, in a figure that stays the same for a while: it
//! is to be read, not to be watched.

use super::isolate::isolate_owned;
use super::locale::locale;
use crate::browser::intl;

/// How long ago, rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ago {
    count: u32,
    unit: &'static str,
}

impl Ago {
    /// Of so many seconds; less than ten read as now.
    pub fn of_seconds(seconds: u64) -> Self {
        let (count, unit) = match seconds {
            0..60 => (seconds / 10 * 10, "second"),
            60..3_600 => (seconds / 60, "minute"),
            3_600..86_400 => (seconds / 3_600, "hour"),
            _ => (seconds / 86_400, "day"),
        };
        Self {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            unit,
        }
    }

    /// In words, as in `20 seconds ago`.
    pub fn words(self) -> String {
        isolate_owned(intl::format_ago(&locale().tag, self.count, self.unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_in_the_largest_unit_and_seconds_in_tens() {
        for (seconds, count, unit) in [
            (0, 0, "second"),
            (9, 0, "second"),
            (29, 20, "second"),
            (60, 1, "minute"),
            (3_599, 59, "minute"),
            (7_300, 2, "hour"),
            (200_000, 2, "day"),
        ] {
            assert_eq!(Ago::of_seconds(seconds), Ago { count, unit }, "{seconds}");
        }
    }
}
