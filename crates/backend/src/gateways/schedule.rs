//! How long a provider's payments live, how often they are read, and when a person has to look.

use std::time::Duration;

use api_types::Timestamp;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// The times of a gateway's payments, counted from when an attempt was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// How long the customer has to pay.
    pub lifetime: Duration,
    /// Up to which age a payment is read, how often. The ages go up; after the last one it is not
    /// read by itself any more, and what happens later is reported by a notification.
    pub reads: &'static [ReadPhase],
    /// How long money that is on its way is waited for before a person has to look.
    pub waits_for_money: Duration,
}

/// How often payments of some age are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadPhase {
    /// Up to this age,
    pub until: Duration,
    /// every so long.
    pub every: Duration,
}

/// How often payments are read that are decided within minutes: every few seconds while the
/// customer may be waiting, then ever less often, for a week.
pub const READS_FOR_A_WEEK: &[ReadPhase] = &[
    phase(10, MINUTE, 5, SECOND),
    phase(1, HOUR, 30, SECOND),
    phase(1, DAY, 5, MINUTE),
    phase(7, DAY, 1, HOUR),
];

/// The same for payments whose money may be on its way for weeks.
pub const READS_FOR_A_MONTH: &[ReadPhase] = &[
    phase(10, MINUTE, 5, SECOND),
    phase(1, HOUR, 30, SECOND),
    phase(1, DAY, 5, MINUTE),
    phase(7, DAY, 1, HOUR),
    phase(35, DAY, 6, HOUR),
];

const fn phase(count: u32, until: Duration, times: u32, every: Duration) -> ReadPhase {
    ReadPhase {
        until: until.saturating_mul(count),
        every: every.saturating_mul(times),
    }
}

impl Schedule {
    /// When the background reads a payment next; `None` when it is not read by itself any more.
    pub fn next_read(&self, created_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let age = now.since(created_at);
        let phase = self.reads.iter().find(|phase| age < phase.until)?;
        Some(now.plus(phase.every))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_becomes_gentle_and_then_stops() {
        let made = Timestamp::parse("2026-11-21T12:00:00Z").unwrap();
        let schedule = Schedule {
            lifetime: HOUR,
            reads: READS_FOR_A_WEEK,
            waits_for_money: DAY,
        };
        for (age, pause) in [
            (Duration::ZERO, Some(5 * SECOND)),
            (9 * MINUTE, Some(5 * SECOND)),
            (10 * MINUTE, Some(30 * SECOND)),
            (2 * HOUR, Some(5 * MINUTE)),
            (3 * DAY, Some(HOUR)),
            (7 * DAY, None),
        ] {
            let now = made.plus(age);
            let expected = pause.map(|pause| now.plus(pause));
            assert_eq!(schedule.next_read(made, now), expected, "{age:?}");
        }
        let patient = Schedule {
            reads: READS_FOR_A_MONTH,
            ..schedule
        };
        let now = made.plus(34 * DAY);
        assert_eq!(patient.next_read(made, now), Some(now.plus(6 * HOUR)));
        assert_eq!(patient.next_read(made, made.plus(35 * DAY)), None);
    }
}
