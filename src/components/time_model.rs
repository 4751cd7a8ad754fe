//! Offered times as a customer looks at them: by the part of the day, and what tells them apart.

use api_types::{Day, OfferedDay, OfferedTime, Timestamp};

/// What stands for an offered time: two people may have the same hour free.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TimeKey {
    /// When it begins.
    pub starts_at: Timestamp,
    /// With whom.
    pub person: String,
}

impl TimeKey {
    /// What stands for this one.
    pub fn of(time: &OfferedTime) -> Self {
        Self {
            starts_at: time.starts_at,
            person: time.person.clone(),
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeOfDay {
    /// Before five: where the customer's clock is far from the provider's.
    Night,
    /// Before noon.
    Morning,
    /// Before five in the afternoon.
    Afternoon,
    /// What is left of the day.
    Evening,
}

impl TimeOfDay {
    fn of_hour(hour: u8) -> Self {
        match hour {
            0..5 => Self::Night,
            5..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

/// The times of a day by its parts, those without any left out. `hour` tells what the
/// customer's clock shows at a time.
pub fn by_time_of_day(
    times: &[OfferedTime],
    hour: impl Fn(&Timestamp) -> u8,
) -> Vec<(TimeOfDay, Vec<OfferedTime>)> {
    let mut parts: Vec<(TimeOfDay, Vec<OfferedTime>)> = Vec::new();
    for time in times {
        let part = TimeOfDay::of_hour(hour(&time.starts_at));
        // The clocks may go back within a day, so a part may come twice.
        match parts.iter_mut().find(|(known, _)| *known == part) {
            Some((_, times)) => times.push(time.clone()),
            None => parts.push((part, vec![time.clone()])),
        }
    }
    parts
}

/// What all of these times share; `None` where they differ in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// With whom they are.
    pub person: Option<String>,
    /// Where they are; within it `None` is a video session.
    pub location: Option<Option<String>>,
}

impl Shared {
    /// What these share.
    pub fn by(times: &[OfferedTime]) -> Self {
        let Some(first) = times.first() else {
            return Self::default();
        };
        let all = |same: fn(&OfferedTime, &OfferedTime) -> bool| {
            times.iter().all(|time| same(time, first))
        };
        Self {
            person: all(|a, b| a.person == b.person).then(|| first.person.clone()),
            location: all(|a, b| a.location == b.location).then(|| first.location.clone()),
        }
    }
}

/// The day whose times are shown: the one asked for where it has times, else the next one that
/// has, else the first.
pub fn day_to_show(days: &[OfferedDay], asked: Option<Day>) -> Option<Day> {
    let from = asked.and_then(|asked| days.iter().find(|offered| offered.day >= asked));
    from.or(days.first()).map(|offered| offered.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn time(at: &str, person: &str, location: Option<&str>) -> OfferedTime {
        let starts_at = Timestamp::parse(&format!("2026-12-01T{at}:00Z")).unwrap();
        OfferedTime {
            starts_at,
            ends_at: Timestamp::from_millis(starts_at.as_millis() + 45 * 60_000).unwrap(),
            person: person.to_owned(),
            location: location.map(str::to_owned),
            zone: "Europe/Dublin".to_owned(),
        }
    }

    fn utc_hour(at: &Timestamp) -> u8 {
        let hour = at.as_millis().div_euclid(3_600_000).rem_euclid(24);
        u8::try_from(hour).unwrap()
    }

    #[test]
    fn times_stand_by_the_part_of_the_day_and_empty_parts_are_left_out() {
        let times = ["04:59", "05:00", "11:45", "17:00", "23:30"].map(|at| time(at, "Ada", None));
        let parts: Vec<_> = by_time_of_day(&times, utc_hour)
            .into_iter()
            .map(|(part, times)| (part, times.len()))
            .collect();
        let expected = [
            (TimeOfDay::Night, 1),
            (TimeOfDay::Morning, 2),
            (TimeOfDay::Evening, 2),
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn an_hour_that_comes_twice_stays_in_its_one_part() {
        // The clocks go back over noon, so that the afternoon is followed by a morning.
        let times = ["10:00", "12:00", "14:00"].map(|at| time(at, "Ada", None));
        let hours = [11, 12, 11];
        let hour = |at: &Timestamp| {
            let index = times.iter().position(|time| time.starts_at == *at).unwrap();
            hours[index]
        };
        let parts = by_time_of_day(&times, hour);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].1.len(), 2, "both of the morning");
    }

    #[test]
    fn what_times_share_is_said_once() {
        let quay = Some("12 Quay Street");
        let alike = [time("09:00", "Ada", quay), time("10:00", "Ada", quay)];
        let shared = Shared::by(&alike);
        assert_eq!(shared.person.as_deref(), Some("Ada"));
        assert_eq!(shared.location, Some(Some("12 Quay Street".to_owned())));
        let other = [time("09:00", "Ada", quay), time("09:00", "Grace", None)];
        assert_eq!(Shared::by(&other), Shared::default());
        assert_eq!(Shared::by(&[]), Shared::default());
        let video = [time("09:00", "Ada", None), time("09:30", "Grace", None)];
        assert_eq!(Shared::by(&video).location, Some(None));
    }

    #[test]
    fn two_people_with_the_same_hour_free_are_two_times() {
        let (ada, grace) = (time("09:00", "Ada", None), time("09:00", "Grace", None));
        assert_ne!(TimeKey::of(&ada), TimeKey::of(&grace));
    }

    #[test]
    fn a_day_without_times_gives_way_to_the_next_one_that_has_some() {
        let offered = |text: &str| OfferedDay {
            day: day(text),
            times: vec![time("09:00", "Ada", None)],
        };
        let days = [offered("2026-12-01"), offered("2026-12-04")];
        for (asked, shown) in [
            (None, "2026-12-01"),
            (Some("2026-12-04"), "2026-12-04"),
            (Some("2026-12-02"), "2026-12-04"),
            (Some("2026-12-09"), "2026-12-01"),
        ] {
            let found = day_to_show(&days, asked.map(day));
            assert_eq!(found, Some(day(shown)), "{asked:?}");
        }
        assert_eq!(day_to_show(&[], Some(day("2026-12-01"))), None);
    }
}
