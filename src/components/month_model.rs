//! The days of a month in weeks, and where a key leads from one of them. Pure: it knows no
//! events and no clock.

use api_types::{Day, Month, Weekday};

/// A week of a month's grid. A place is empty only where the calendar itself ends.
pub type GridWeek = [Option<Day>; 7];

/// The weeks that a month touches, from the first to the last: 4 to 6 of them. What they hold
/// of the months beside is shown too.
pub fn weeks_of(month: Month, first: Weekday) -> Vec<GridWeek> {
    let (begins, ends) = (month.first(), month.last());
    let before = i64::from(begins.weekday().days_after(first));
    let length = ends.days_since(begins) + 1;
    let weeks = (before + length + 6) / 7;
    let week = |number: i64| {
        let mut days = [None; 7];
        for (place, day) in (0..).zip(&mut days) {
            *day = begins.plus(number * 7 + place - before);
        }
        days
    };
    (0..weeks).map(week).collect()
}

/// The first and the last day that a month's grid shows.
pub fn grid_days(month: Month, first: Weekday) -> (Day, Day) {
    let weeks = weeks_of(month, first);
    let mut shown = weeks.iter().flatten().flatten().copied();
    let begins = shown.next().unwrap_or(month.first());
    (begins, shown.next_back().unwrap_or(month.last()))
}

/// A way from one day to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayMove {
    /// So many days on, or back.
    Days(i64),
    /// So many months on, or back: the same day there, or the month's last.
    Months(i64),
    /// To the first day of the week.
    WeekStart,
    /// To its last day.
    WeekEnd,
    /// To the first day of the month.
    MonthStart,
    /// To its last day.
    MonthEnd,
}

/// What is held down together with a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Shift.
    pub shift: bool,
    /// Control.
    pub control: bool,
    /// Alt or Meta: such keys are the browser's own.
    pub other: bool,
}

impl DayMove {
    /// Where a key leads, by the names of UI Events and the grid pattern of the ARIA Authoring
    /// Practices; `None` for every other key. `backwards` is whether lines run from right to
    /// left.
    pub fn by_key(key: &str, held: Held, backwards: bool) -> Option<Self> {
        let along = if backwards { -1 } else { 1 };
        let plain = held == Held::default();
        let only_shift = !held.control && !held.other;
        let only_control = !held.shift && !held.other;
        let months = if held.shift { 12 } else { 1 };
        match key {
            "ArrowRight" if plain => Some(Self::Days(along)),
            "ArrowLeft" if plain => Some(Self::Days(-along)),
            "ArrowDown" if plain => Some(Self::Days(7)),
            "ArrowUp" if plain => Some(Self::Days(-7)),
            "PageDown" if only_shift => Some(Self::Months(months)),
            "PageUp" if only_shift => Some(Self::Months(-months)),
            "Home" if plain => Some(Self::WeekStart),
            "End" if plain => Some(Self::WeekEnd),
            "Home" if only_control => Some(Self::MonthStart),
            "End" if only_control => Some(Self::MonthEnd),
            _ => None,
        }
    }

    /// Where it leads from a day; the same day where the calendar ends.
    pub fn from(self, day: Day, first: Weekday) -> Day {
        let there = match self {
            Self::Days(days) => day.plus(days),
            Self::Months(months) => months_later(day, months),
            Self::WeekStart => day.first_of_week(first),
            Self::WeekEnd => day.first_of_week(first).and_then(|start| start.plus(6)),
            Self::MonthStart => Some(day.first_of_month()),
            Self::MonthEnd => Some(day.last_of_month()),
        };
        there.unwrap_or(day)
    }
}

fn months_later(day: Day, months: i64) -> Option<Day> {
    let step = if months < 0 {
        Month::previous
    } else {
        Month::next
    };
    let month = (0..months.unsigned_abs()).try_fold(Month::of(day), |month, _| step(month))?;
    let same = month.first().plus(i64::from(day.of_month()) - 1)?;
    Some(same.min(month.last()))
}
