//! events.csv

use std::collections::BTreeMap;

use api_types::{AllDay, CustomerId, Day, EventId, EventStatus, InvoiceId, Timestamp};
use jiff::tz::TimeZone;

use super::cells;
use super::fault::Faults;
use super::prices;
use super::shift::{self, Shift};
use super::table::{Cells, Found, Shape, Table};
use crate::db::events::NewEvent;

/// The file.
pub const SHAPE: Shape = Shape {
    file: "events.csv",
    needed: &[
        "id",
        "customer",
        "service",
        "title",
        "starts_at",
        "ends_at",
        "zone",
        "status",
    ],
    optional: &[
        "first_on",
        "last_on",
        "location",
        "video",
        "video_url",
        "people",
        "host",
        "fee",
        "deposit",
        "currency",
        "deposit_due_on",
        "invoice",
        "needs_confirmation",
        "confirmed_at",
        "note",
    ],
    printed: &["title"],
};

/// What a provider says of an event. That a time is kept, or was, only the portal says.
const STATUSES: [(EventStatus, &str); 6] = [
    (EventStatus::Requested, "requested"),
    (EventStatus::Booked, "booked"),
    (EventStatus::Attended, "attended"),
    (EventStatus::NoShow, "no_show"),
    (EventStatus::Declined, "declined"),
    (EventStatus::Cancelled, "cancelled"),
];

/// When something is: from when to when, and its days if it has no hours.
type When = (Timestamp, Timestamp, Option<AllDay>);

/// Reads the rows.
pub fn read(table: &Table, shift: Shift, faults: &mut Faults) -> Vec<Found<NewEvent>> {
    let mut lines = BTreeMap::new();
    table.rows(faults, |row| {
        let new = event(row, shift)?;
        if let Some(line) = lines.insert(new.id.clone(), row.line()) {
            row.fault(
                "id",
                format!("event {} stands in line {line} already", new.id),
            );
        }
        Some(new)
    })
}

fn event(row: &mut Cells<'_>, shift: Shift) -> Option<NewEvent> {
    let id = row.need("id", EventId::parse);
    let customer = row.need("customer", CustomerId::parse);
    let service = row.need("service", cells::line);
    let title = row.need("title", cells::line);
    let status = row.need("status", |text| cells::word(text, &STATUSES));
    let location = row.may("location", cells::line);
    let video = video(row);
    let people = row.may("people", cells::names);
    let host = row.may("host", cells::line);
    let deposit_due_on = row.may("deposit_due_on", |text| shift.day(text));
    let invoice = row.may("invoice", InvoiceId::parse);
    let prices = prices::read(row);
    let needs_confirmation = row.may("needs_confirmation", cells::yes);
    let note = row.may("note", cells::text);
    let zone_name = row.need("zone", |text| {
        cells::zone(text).map(|zone| (text.to_owned(), zone))
    });
    let (zone, clock): (String, TimeZone) = zone_name?;
    let when = when(row, shift, &clock);
    let confirmed_at = row.may("confirmed_at", |text| shift.instant(text, &clock));
    let ((starts_at, ends_at, all_day), (fee, deposit), (video, video_url)) =
        (when?, prices?, video?);
    let people = people?.unwrap_or_default();
    Some(NewEvent {
        id: id?,
        customer: customer?,
        service: service?,
        title: title?,
        starts_at,
        ends_at,
        zone,
        all_day,
        location: location?,
        video,
        video_url,
        host: host?.or_else(|| people.first().cloned()),
        people,
        status: status?,
        fee,
        deposit,
        deposit_due_on: deposit_due_on?,
        invoice: invoice?,
        needs_confirmation: needs_confirmation?.unwrap_or(false),
        confirmed_at: confirmed_at?,
        note: note?,
    })
}

/// Whether it is a video session, and its address if there is one: an address says so by itself.
fn video(row: &mut Cells<'_>) -> Option<(bool, Option<String>)> {
    let video = row.may("video", cells::yes);
    let url = row.may("video_url", cells::url)?;
    let video = video?;
    if video == Some(false) && url.is_some() {
        let message = "video_url is filled in, so this is yes, or left empty".to_owned();
        row.fault("video", message);
    }
    Some((video.unwrap_or(url.is_some()), url))
}

/// When it is: an event has hours, or days without hours.
fn when(row: &mut Cells<'_>, shift: Shift, clock: &TimeZone) -> Option<When> {
    let starts_at = row.may("starts_at", |text| shift.instant(text, clock));
    let ends_at = row.may("ends_at", |text| shift.instant(text, clock));
    let first_on = row.may("first_on", |text| shift.day(text));
    let last_on = row.may("last_on", |text| shift.day(text));
    let hours = (starts_at?, ends_at?);
    let days = (first_on?, last_on?);
    let (column, message) = match (hours, days) {
        ((Some(starts_at), Some(ends_at)), (None, None)) => {
            if ends_at < starts_at {
                row.fault("ends_at", "it ends before it starts".to_owned());
            }
            return Some((starts_at, ends_at, None));
        }
        ((None, None), (Some(first), Some(last))) => return days_from(row, first, last, clock),
        ((None, None), (None, None)) => (
            "starts_at",
            "it is empty; fill in starts_at and ends_at, \
             or first_on and last_on if it has no hours",
        ),
        ((starts_at, _), (None, None)) => (
            if starts_at.is_none() {
                "starts_at"
            } else {
                "ends_at"
            },
            "it is empty, and has to be filled in",
        ),
        ((None, None), (first_on, _)) => (
            if first_on.is_none() {
                "first_on"
            } else {
                "last_on"
            },
            "it is empty, and has to be filled in",
        ),
        _ => (
            if days.0.is_some() {
                "first_on"
            } else {
                "last_on"
            },
            "an event has hours or days; leave starts_at and ends_at empty, \
             or first_on and last_on",
        ),
    };
    row.fault(column, message.to_owned());
    None
}

/// From the midnight that the first day begins with to the one that the last day ends with.
fn days_from(row: &mut Cells<'_>, first: Day, last: Day, clock: &TimeZone) -> Option<When> {
    if last < first {
        row.fault("last_on", "it lies before first_on".to_owned());
    }
    let starts_at = shift::start_of(first, clock)?;
    let ends_at = shift::start_of(last.plus(1)?, clock)?;
    Some((starts_at, ends_at, Some(AllDay { first, last })))
}
