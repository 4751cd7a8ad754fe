//! The part of an event that lies on a day. Pure: the days and the minutes are those that the
//! server placed it on.

use api_types::{CalendarDays, ClockChange, Day, PlacedEvent};

/// How many minutes a day has on a clock's face, whatever the clocks do on it.
pub const DAY_MINUTES: u16 = 24 * 60;

/// The part of an event that lies on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayPart {
    /// The event.
    pub placed: PlacedEvent,
    /// What the clock shows when it begins on this day, in minutes since midnight: 0 where it goes
    /// on from the day before.
    pub from: u16,
    /// What the clock shows when it ends on this day, in minutes since midnight: 1440 where it goes
    /// on to the day after.
    pub to: u16,
    /// Whether it begins on this day.
    pub begins: bool,
    /// Whether it ends on this day.
    pub ends: bool,
}

impl DayPart {
    /// The part on this day; `None` where it does not touch it.
    pub fn on(day: Day, placed: &PlacedEvent) -> Option<Self> {
        // Nothing ends before it begins: what takes no time at midnight touches one day.
        let last_on = placed.last_on.max(placed.first_on);
        if day < placed.first_on || last_on < day {
            return None;
        }
        let begins = day == placed.first_on;
        let ends = day == last_on;
        let no_hours = placed.event.all_day.is_some();
        Some(Self {
            placed: placed.clone(),
            from: if begins && !no_hours {
                placed.from_minute.min(DAY_MINUTES)
            } else {
                0
            },
            to: if ends && !no_hours {
                placed.to_minute.min(DAY_MINUTES)
            } else {
                DAY_MINUTES
            },
            begins,
            ends,
        })
    }

    /// Whether it takes all of the day: it has no hours, or none of them is left.
    pub fn is_whole(&self) -> bool {
        self.from == 0 && self.to == DAY_MINUTES
    }

    /// Whether all of it lies on this one day.
    pub fn is_all_of_it(&self) -> bool {
        self.begins && self.ends
    }
}

/// What touches a day, in the order to read it: what takes all of it, then by its hours.
pub fn parts_on(day: Day, events: &[PlacedEvent]) -> Vec<DayPart> {
    let mut parts: Vec<DayPart> = events
        .iter()
        .filter_map(|placed| DayPart::on(day, placed))
        .collect();
    // The sort is stable: what begins together keeps the server's order.
    parts.sort_by_key(|part| (!part.is_whole(), part.from));
    parts
}

/// What is known of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayContents {
    /// How the clocks change on it.
    pub change: Option<ClockChange>,
    /// What touches it, in order.
    pub parts: Vec<DayPart>,
}

impl DayContents {
    /// `None` where the day is none of those that are known.
    pub fn of(day: Day, known: &CalendarDays) -> Option<Self> {
        let told = known.days.iter().find(|told| told.day == day)?;
        Some(Self {
            change: told.clock_change,
            parts: parts_on(day, &known.events),
        })
    }
}
