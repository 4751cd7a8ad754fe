//! What customers may do with their calendar: as it is written in the settings, and what of it
//! cannot be meant.

use std::time::Duration;

use serde::Deserialize;

/// The longest horizon in days. Times are computed on each request, so that the horizon has to be
/// bounded.
const LONGEST_HORIZON: u16 = 366;
/// What stands for the place in the address of a map.
const PLACE: &str = "{place}";

/// What comes of asking for an offered time, where no deposit is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requests {
    /// Nothing can be asked for.
    Off,
    /// The provider answers each request.
    Ask,
    /// An offered time is booked at once.
    Book,
}

/// What customers may do with their calendar.
#[derive(Clone, Debug)]
pub struct CalendarSettings {
    /// What comes of asking for an offered time.
    pub requests: Requests,
    /// How long before it begins a time is offered last.
    pub lead: Duration,
    /// For how many days from today times are offered.
    pub horizon_days: u16,
    /// How many requests and held times a customer may have at once.
    pub most_open: u32,
    /// For how long a time is kept for its deposit.
    pub hold: Duration,
    /// The rules of cancelling; `None` where customers cannot.
    pub cancel: Option<CancelRules>,
    /// The rules of moving; `None` where customers cannot.
    pub reschedule: Option<RescheduleRules>,
    /// Whether customers can write about events.
    pub discussion: bool,
    /// Whether customers can have a feed.
    pub feed: bool,
    /// Where a map shows a place: an `https` address with `{place}` in it.
    pub map: Option<String>,
}

/// The rules of cancelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancelRules {
    /// How long before it begins cancelling an event costs nothing last.
    pub free_before: Duration,
    /// What of the fee it costs later, in percent.
    pub late_percent: u32,
}

/// The rules of moving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RescheduleRules {
    /// How long before it begins an event can be moved last.
    pub before: Duration,
    /// How often; `None` where there is no limit.
    pub most: Option<u32>,
}

impl Default for CalendarSettings {
    /// Everything that needs the provider's attention is off.
    fn default() -> Self {
        CalendarPart::default().into()
    }
}

impl CalendarSettings {
    /// Notes what cannot be meant.
    pub(super) fn check(&self, problems: &mut Vec<String>) {
        let horizon = hours(u64::from(self.horizon_days) * 24);
        if !(1..=LONGEST_HORIZON).contains(&self.horizon_days) {
            problems.push(format!(
                "calendar.horizon_days is {}: times are offered for 1 to {LONGEST_HORIZON} days",
                self.horizon_days
            ));
        } else if self.lead >= horizon {
            problems.push(
                "calendar.lead_hours is longer than calendar.horizon_days: nothing would be offered"
                    .into(),
            );
        }
        if self.most_open == 0 {
            problems.push(
                "calendar.most_open is 0: to let nobody ask, write calendar.requests = \"off\""
                    .into(),
            );
        }
        if self.hold < Duration::from_secs(60) {
            problems.push("calendar.hold_minutes must be at least 1".into());
        }
        if let Some(percent) = self.cancel.map(|rules| rules.late_percent)
            && percent > 100
        {
            problems.push(format!(
                "calendar.cancel.late_percent is {percent}: write 0 to 100, since nobody owes more than the fee"
            ));
        }
        if self.reschedule.is_some_and(|rules| rules.most == Some(0)) {
            problems.push(
                "calendar.reschedule.most is 0: to let nobody move events, leave \
                 [calendar.reschedule] out"
                    .into(),
            );
        }
        if let Some(map) = &self.map
            && !leads_to_places(map)
        {
            problems.push(format!(
                "calendar.map: `{map}` is no address that begins with https:// and has \
                 {PLACE} in it after the host"
            ));
        }
    }
}

/// Whoever sets the host of a map by the name of a place would choose where customers go.
fn leads_to_places(map: &str) -> bool {
    let host = |place: &str| {
        let url = url::Url::parse(&map.replace(PLACE, place)).ok()?;
        url.host_str().map(str::to_owned)
    };
    map.starts_with("https://")
        && map.contains(PLACE)
        && host("a").is_some_and(|a| Some(a) == host("b"))
}

/// The calendar as it is written. What is left out is as by default.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CalendarPart {
    requests: Requests,
    lead_hours: u16,
    horizon_days: u16,
    most_open: u32,
    hold_minutes: u16,
    discussion: bool,
    feed: bool,
    map: Option<String>,
    cancel: Option<CancelPart>,
    reschedule: Option<ReschedulePart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CancelPart {
    free_hours: u16,
    #[serde(default)]
    late_percent: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReschedulePart {
    hours: u16,
    most: Option<u32>,
}

impl Default for CalendarPart {
    fn default() -> Self {
        Self {
            requests: Requests::Off,
            lead_hours: 12,
            horizon_days: 60,
            most_open: 3,
            hold_minutes: 20,
            discussion: false,
            feed: true,
            map: None,
            cancel: None,
            reschedule: None,
        }
    }
}

impl From<CalendarPart> for CalendarSettings {
    fn from(part: CalendarPart) -> Self {
        Self {
            requests: part.requests,
            lead: hours(part.lead_hours.into()),
            horizon_days: part.horizon_days,
            most_open: part.most_open,
            hold: Duration::from_secs(u64::from(part.hold_minutes) * 60),
            cancel: part.cancel.map(|rules| CancelRules {
                free_before: hours(rules.free_hours.into()),
                late_percent: rules.late_percent,
            }),
            reschedule: part.reschedule.map(|rules| RescheduleRules {
                before: hours(rules.hours.into()),
                most: rules.most,
            }),
            discussion: part.discussion,
            feed: part.feed,
            map: part.map,
        }
    }
}

const fn hours(hours: u64) -> Duration {
    Duration::from_secs(hours * 3600)
}
