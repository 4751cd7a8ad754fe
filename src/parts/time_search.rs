//! Looking for an offered time: which days are asked for, and what is chosen.

use api_types::{Day, EventId, OfferedTime, OfferedTimes, TimesQuery, Timestamp};
use leptos::prelude::*;

use crate::components::{TimeKey, day_to_show};
use crate::i18n;
use crate::state::{Loaded, Step, load_when, use_time_zones};

/// How many days are looked at together: five weeks.
const TOGETHER: i64 = 35;

/// What times are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimesOf {
    /// Of which service.
    pub service: String,
    /// Whether as a video session.
    pub video: bool,
    /// The event that is to be moved.
    pub moving: Option<Moving>,
}

/// An event that is to be moved, and what it has now, which is no other time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moving {
    /// Which.
    pub event: EventId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// Who takes part, the one whose time it takes among them.
    pub people: Vec<String>,
}

/// Why there is no chosen time, where there should be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTime {
    /// Nothing has been chosen.
    NotChosen,
    /// The chosen one went to somebody else, or is not offered any more.
    Taken,
}

/// A search for a time. What is chosen stays chosen for as long as it is offered.
#[derive(Clone, Copy)]
pub struct TimeSearch {
    pub(super) times: Loaded<OfferedTimes>,
    pub(super) stretch: Memo<Option<(Day, Day)>>,
    pub(super) today: RwSignal<Option<Day>>,
    pub(super) last_on: Memo<Option<Day>>,
    pub(super) day: Memo<Option<Day>>,
    pub(super) wrong: RwSignal<Option<NoTime>>,
    pub(super) on_day: Callback<(Day, Step)>,
    chosen: RwSignal<Option<TimeKey>>,
    picked: Memo<Option<OfferedTime>>,
}

impl TimeSearch {
    /// Looks for times of `what`, on the days around the one that the address
    /// names; `on_day` lets it name another one.
    pub fn new(
        what: Memo<Option<TimesOf>>,
        asked: Memo<Option<Day>>,
        on_day: Callback<(Day, Step)>,
    ) -> Self {
        let zones = use_time_zones();
        let today = RwSignal::new(i18n::today_here());
        let stretch = Memo::new(move |_| Some(stretch_with(today.get()?, asked.get())));
        let query = Memo::new(move |_| Some(query(&what.get()?, stretch.get()?, zones.shown())));
        let times = load_when(
            move || Some((query.get()?, what.get()?)),
            |api, (query, what)| async move {
                let times = api.offered_times(&query).await?;
                Ok(without_present(times, &what))
            },
        );
        let day = Memo::new(move |_| {
            times
                .of(|times| day_to_show(&times.days, asked.get()))
                .flatten()
        });
        let chosen = RwSignal::new(None::<TimeKey>);
        let picked = Memo::new(move |_| {
            let (chosen, day) = (chosen.get()?, day.get()?);
            times.of(|times| offered(times, day, &chosen)).flatten()
        });
        let last_on = Memo::new(move |before: Option<&Option<Day>>| {
            let told = times.of(|times| times.last_on);
            told.or(before.copied().flatten())
        });
        let search = Self {
            times,
            stretch,
            today,
            last_on,
            day,
            wrong: RwSignal::new(None),
            on_day,
            chosen,
            picked,
        };
        search.follow(asked);
        search
    }

    /// The chosen time, for as long as it is on screen and offered.
    pub fn picked(self) -> Option<OfferedTime> {
        self.picked.get()
    }

    /// Chooses a time.
    pub(super) fn choose(self, time: &OfferedTime) {
        self.chosen.set(Some(TimeKey::of(time)));
        self.wrong.set(None);
    }

    /// What stands for the chosen time.
    pub(super) fn chosen_time(self) -> Option<TimeKey> {
        self.chosen.get()
    }

    /// A time is needed, and there is none.
    pub fn is_missing(self) {
        self.wrong.set(Some(NoTime::NotChosen));
    }

    /// The server says that the chosen time is gone: the list is read again.
    pub fn is_taken(self) {
        self.chosen.set(None);
        self.wrong.set(Some(NoTime::Taken));
        self.times.retry();
    }

    fn follow(self, asked: Memo<Option<Day>>) {
        // By the server's clock, once it has told: a device's may be wrong.
        Effect::new(move |_| {
            let told = self.times.of(|times| times.today);
            if told.is_some() && told != self.today.get_untracked() {
                self.today.set(told);
            }
        });
        // Where nobody asked for a day, the first one with times is shown.
        Effect::new(move |_| {
            let next = self
                .times
                .of(|times| times.next_on.filter(|_| times.days.is_empty()));
            if let (Some(next), None) = (next.flatten(), asked.get_untracked()) {
                self.on_day.run((next, Step::InPlace));
            }
        });
        // A chosen time that is not in the list any more while its day still is on screen.
        Effect::new(move |before: Option<(Option<OfferedTime>, Option<Day>)>| {
            let now = (self.picked.get(), self.day.get());
            let is_known = self.times.of(|_| ()).is_some();
            if let (Some((Some(last), day)), None) = (&before, &now.0)
                && is_known
                && self.chosen.get_untracked() == Some(TimeKey::of(last))
                && (*day == now.1 || !self.times.of(|times| has_day(times, *day)).unwrap_or(true))
            {
                self.chosen.set(None);
                self.wrong.set(Some(NoTime::Taken));
            }
            now
        });
    }
}

/// The days that are looked at together and hold the day asked for. They are
/// counted from today on, so that the first of them are never over.
fn stretch_with(today: Day, asked: Option<Day>) -> (Day, Day) {
    let after = asked.map_or(0, |asked| asked.days_since(today).max(0));
    let first = today.plus(after / TOGETHER * TOGETHER).unwrap_or(today);
    (first, last_of(first))
}

fn last_of(first: Day) -> Day {
    first.plus(TOGETHER - 1).unwrap_or(first)
}

/// The first day of the stretch before, if there is one from today on.
pub(super) fn earlier(today: Day, stretch: (Day, Day)) -> Option<Day> {
    (stretch.0 > today)
        .then(|| stretch.0.plus(-TOGETHER))
        .flatten()
}

/// The first day of the stretch after, if times are offered for it at all.
pub(super) fn later(last_on: Day, stretch: (Day, Day)) -> Option<Day> {
    stretch.1.plus(1).filter(|next| *next <= last_on)
}

fn query(what: &TimesOf, (from, to): (Day, Day), zone: String) -> TimesQuery {
    TimesQuery {
        service: what.service.clone(),
        video: what.video,
        from,
        to,
        zone,
        moving: what.moving.as_ref().map(|moving| moving.event.clone()),
    }
}

/// The time that an event has now is no other one to move it to.
fn without_present(mut times: OfferedTimes, what: &TimesOf) -> OfferedTimes {
    if let Some(now) = &what.moving {
        let is_now = |time: &OfferedTime| {
            time.starts_at == now.starts_at && now.people.contains(&time.person)
        };
        for day in &mut times.days {
            day.times.retain(|time| !is_now(time));
        }
        times.days.retain(|day| !day.times.is_empty());
    }
    times
}

fn offered(times: &OfferedTimes, day: Day, wanted: &TimeKey) -> Option<OfferedTime> {
    let day = times.days.iter().find(|offered| offered.day == day)?;
    let found = day.times.iter().find(|time| TimeKey::of(time) == *wanted);
    found.cloned()
}

fn has_day(times: &OfferedTimes, day: Option<Day>) -> bool {
    times.days.iter().any(|offered| Some(offered.day) == day)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use api_types::OfferedDay;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn time(at: &str, person: &str) -> OfferedTime {
        OfferedTime {
            starts_at: Timestamp::parse(at).unwrap(),
            ends_at: Timestamp::parse(at).unwrap(),
            person: person.to_owned(),
            location: None,
            zone: "Europe/Dublin".to_owned(),
        }
    }

    #[test]
    fn five_weeks_from_today_on_are_looked_at_first() {
        let today = day("2026-11-22");
        let first = (day("2026-11-22"), day("2026-12-26"));
        for asked in [
            None,
            Some("2026-11-22"),
            Some("2026-12-26"),
            Some("2020-01-01"),
        ] {
            assert_eq!(stretch_with(today, asked.map(day)), first, "{asked:?}");
        }
        let second = (day("2026-12-27"), day("2027-01-30"));
        assert_eq!(stretch_with(today, Some(day("2026-12-27"))), second);
        assert_eq!(earlier(today, first), None);
        assert_eq!(earlier(today, second), Some(today));
        assert_eq!(later(day("2026-12-27"), first), Some(day("2026-12-27")));
        assert_eq!(later(day("2026-12-26"), first), None);
    }

    proptest! {
        #[test]
        fn every_day_from_today_on_is_in_its_stretch(after in 0i64..=400) {
            let today = day("2026-11-22");
            let asked = today.plus(after).unwrap();
            let (first, last) = stretch_with(today, Some(asked));
            prop_assert!(first <= asked && asked <= last);
            prop_assert!(last.days_since(first) <= 42, "more than the server takes");
            if let Some(before) = earlier(today, (first, last)) {
                prop_assert_eq!(later(last, stretch_with(today, Some(before))), Some(first));
            }
        }
    }

    #[test]
    fn the_present_time_of_an_event_is_no_other_one() {
        let (now, other) = (
            time("2026-12-01T09:00:00Z", "Ada"),
            time("2026-12-01T09:00:00Z", "Eve"),
        );
        let alone = time("2026-12-02T09:00:00Z", "Ada");
        let times = OfferedTimes {
            days: vec![
                OfferedDay {
                    day: day("2026-12-01"),
                    times: vec![now.clone(), other.clone()],
                },
                OfferedDay {
                    day: day("2026-12-02"),
                    times: vec![alone.clone()],
                },
            ],
            next_on: None,
            last_on: day("2027-01-20"),
            today: day("2026-11-22"),
            version: 1,
        };
        let what = |present: &OfferedTime| TimesOf {
            service: "Physiotherapy".to_owned(),
            video: false,
            moving: Some(Moving {
                event: EventId::parse("E-1").unwrap(),
                starts_at: present.starts_at,
                people: vec!["Eoin".to_owned(), present.person.clone()],
            }),
        };
        let left = without_present(times.clone(), &what(&now));
        assert_eq!(left.days[0].times, [other]);
        let left = without_present(times, &what(&alone));
        assert_eq!(left.days.len(), 1, "a day without other times is none");
    }
}
