//! What a person offers week by week, and the times that come of it: by the clock of the
//! offer's own zone, also where that clock is changed.

use api_types::{Day, Money};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::entities::offers::{Column, Entity, Model};
use crate::db::{DbError, ReadTx, stored};
use crate::zones::zone_named;

const MINUTE: i64 = 60_000;
const MINUTES_A_DAY: i64 = 24 * 60;

/// A span of time in milliseconds since 1970; its end is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub from: i64,
    pub to: i64,
}

impl Span {
    /// Whether both are going on at some time.
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// What lies in both.
    pub fn and(self, other: Self) -> Self {
        Self {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        }
    }
}

/// The weekly times of one person for one service.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub service: String,
    pub person: String,
    pub minutes: i64,
    pub location: Option<String>,
    pub video: bool,
    pub fee: Option<Money>,
    /// Never more than the fee.
    pub deposit: Option<Money>,
    pub known_only: bool,
    pub zone_name: String,
    zone: TimeZone,
    weekday: i64,
    from_minute: i64,
    to_minute: i64,
    every_minutes: i64,
    first_on: Option<Day>,
    last_on: Option<Day>,
}

impl Offer {
    /// The times that begin in a span, in order.
    pub fn within(&self, span: Span) -> Vec<Span> {
        let mut times = Vec::new();
        let days = self
            .date(span.from)
            .zip(self.date(span.to.saturating_sub(1)));
        let Some((first, last)) = days.filter(|_| span.from < span.to) else {
            return times;
        };
        for date in first.series(jiff::Span::new().days(1)) {
            if date > last {
                break;
            }
            if self.holds_on(date) {
                times.extend(self.on(date));
            }
        }
        times.retain(|time| (span.from..span.to).contains(&time.from));
        times
    }

    /// Whether it holds on some day from this one on.
    pub fn holds_from(&self, today: Day) -> bool {
        self.last_on.is_none_or(|last| last >= today)
    }

    fn holds_on(&self, date: Date) -> bool {
        let day = Day::from(date);
        i64::from(date.weekday().to_monday_one_offset()) == self.weekday
            && self.first_on.is_none_or(|first| first <= day)
            && self.last_on.is_none_or(|last| day <= last)
    }

    /// The times of one day, in order. On the day of a clock change a time that does not exist is
    /// not offered, one that the clock shows twice is offered twice, and none is longer than
    /// the person is there.
    fn on(&self, date: Date) -> Vec<Span> {
        let until = self.clock(date, self.to_minute);
        let until = until.and_then(|until| self.zone.to_ambiguous_timestamp(until).later().ok());
        let Some(until) = until.map(|until| until.as_millisecond()) else {
            return Vec::new();
        };
        let step = usize::try_from(self.every_minutes)
            .unwrap_or(usize::MAX)
            .max(1);
        let mut times: Vec<Span> = (self.from_minute..=self.to_minute - self.minutes)
            .step_by(step)
            .filter_map(|minute| self.clock(date, minute))
            .flat_map(|clock| self.instants(clock))
            .map(|from| Span {
                from,
                to: from + self.minutes * MINUTE,
            })
            .filter(|time| time.to <= until)
            .collect();
        // Both passes of an hour that comes twice, one after the other.
        times.sort_unstable();
        times
    }

    /// When the clock shows something: never, once, or twice.
    fn instants(&self, clock: DateTime) -> impl Iterator<Item = i64> + use<> {
        let at = self.zone.to_ambiguous_timestamp(clock);
        let (first, second) = match at.offset() {
            AmbiguousOffset::Gap { .. } => (None, None),
            AmbiguousOffset::Fold { .. } => (at.earlier().ok(), at.later().ok()),
            AmbiguousOffset::Unambiguous { .. } => (at.unambiguous().ok(), None),
        };
        first
            .into_iter()
            .chain(second)
            .map(jiff::Timestamp::as_millisecond)
    }

    /// What the clock shows so many minutes after midnight, by the clock itself.
    fn clock(&self, date: Date, minute: i64) -> Option<DateTime> {
        let date = if minute < MINUTES_A_DAY {
            date
        } else {
            date.tomorrow().ok()?
        };
        let minute = minute % MINUTES_A_DAY;
        let (hour, minute) = (
            i8::try_from(minute / 60).ok()?,
            i8::try_from(minute % 60).ok()?,
        );
        Some(date.at(hour, minute, 0, 0))
    }

    fn date(&self, millis: i64) -> Option<Date> {
        let instant = jiff::Timestamp::from_millisecond(millis).ok()?;
        Some(self.zone.to_datetime(instant).date())
    }
}

/// What is offered of a service, or of all of them, in the order of their ids.
pub(super) async fn offers(tx: &ReadTx, service: Option<&str>) -> Result<Vec<Offer>, DbError> {
    let mut rows = Entity::find();
    if let Some(service) = service {
        rows = rows.filter(Column::Service.eq(service));
    }
    let rows = rows.order_by_asc(Column::Id).all(tx.conn()).await?;
    rows.into_iter().map(offer).collect()
}

fn offer(row: Model) -> Result<Offer, DbError> {
    let money = |minor: Option<i64>| {
        let stored = minor.zip(row.currency.as_deref());
        let money = stored.map(|(minor, currency)| stored::money(minor, currency));
        Ok::<_, DbError>(money.transpose()?.filter(Money::is_positive))
    };
    let fee = money(row.fee_minor)?;
    let deposit = money(row.deposit_minor)?.zip(fee);
    let zone = zone_named(&row.zone);
    Ok(Offer {
        fee,
        deposit: deposit.map(|(deposit, fee)| {
            Money::from_minor(deposit.minor().min(fee.minor()), fee.currency())
        }),
        zone: zone
            .map_err(|_| DbError::Unreadable(format!("offer {}: zone {}", row.id, row.zone)))?,
        first_on: stored::parsed_option(row.first_on.as_deref())?,
        last_on: stored::parsed_option(row.last_on.as_deref())?,
        service: row.service,
        person: row.person,
        minutes: row.minutes,
        location: row.location,
        video: row.video,
        known_only: row.known_only,
        zone_name: row.zone,
        weekday: row.weekday,
        from_minute: row.from_minute,
        to_minute: row.to_minute,
        every_minutes: row.every_minutes,
    })
}
