//! events.csv

use std::collections::BTreeMap;

use api_types::{Currency, CustomerId, EventId, EventStatus, InvoiceId, Money};
use jiff::tz::TimeZone;

use super::cells;
use super::fault::Faults;
use super::shift::Shift;
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
        "location",
        "video_url",
        "people",
        "fee",
        "deposit",
        "currency",
        "deposit_due_on",
        "invoice",
        "needs_confirmation",
        "confirmed_at",
    ],
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

const YES_OR_NO: [(bool, &str); 2] = [(true, "yes"), (false, "no")];

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
    let video_url = row.may("video_url", cells::url);
    let people = row.may("people", cells::line);
    let deposit_due_on = row.may("deposit_due_on", |text| shift.day(text));
    let invoice = row.may("invoice", InvoiceId::parse);
    let prices = prices(row);
    let needs_confirmation = row.may("needs_confirmation", |text| cells::word(text, &YES_OR_NO));
    let zone_name = row.need("zone", |text| {
        cells::zone(text).map(|zone| (text.to_owned(), zone))
    });
    let (zone, clock): (String, TimeZone) = zone_name?;
    let starts_at = row.need("starts_at", |text| shift.instant(text, &clock));
    let ends_at = row.need("ends_at", |text| shift.instant(text, &clock));
    let confirmed_at = row.may("confirmed_at", |text| shift.instant(text, &clock));
    let (starts_at, ends_at, (fee, deposit)) = (starts_at?, ends_at?, prices?);
    if ends_at < starts_at {
        row.fault("ends_at", "it ends before it starts".to_owned());
    }
    Some(NewEvent {
        id: id?,
        customer: customer?,
        service: service?,
        title: title?,
        starts_at,
        ends_at,
        zone,
        all_day: None,
        location: location?,
        video: video_url.as_ref()?.is_some(),
        video_url: video_url?,
        host: None,
        people: people?.map(names).unwrap_or_default(),
        status: status?,
        fee,
        deposit,
        deposit_due_on: deposit_due_on?,
        invoice: invoice?,
        needs_confirmation: needs_confirmation?.unwrap_or(false),
        confirmed_at: confirmed_at?,
        note: None,
    })
}

/// Names in one cell, with semicolons between them.
fn names(cell: String) -> Vec<String> {
    let names = cell.split(';').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Fee and deposit, which need a currency if they are there.
fn prices(row: &mut Cells<'_>) -> Option<(Option<Money>, Option<Money>)> {
    let Some(currency) = row.may("currency", Currency::parse)? else {
        for column in ["fee", "deposit"] {
            if row
                .may(column, |text| Ok::<_, String>(text.to_owned()))?
                .is_some()
            {
                row.fault(
                    "currency",
                    format!("{column} is filled in, so this has to be too"),
                );
                return None;
            }
        }
        return Some((None, None));
    };
    let fee = row.may("fee", |text| cells::no_less_than_zero(text, currency));
    let deposit = row.may("deposit", |text| cells::no_less_than_zero(text, currency));
    Some((fee?, deposit?))
}
