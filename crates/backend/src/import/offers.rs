//! offers.csv

use std::collections::BTreeMap;

use api_types::Weekday;

use super::cells;
use super::fault::Faults;
use super::prices::{self, Prices};
use super::shift::Shift;
use super::table::{Cells, Found, Shape, Table};
use crate::db::offers::NewOffer;

/// The file.
pub const SHAPE: Shape = Shape {
    file: "offers.csv",
    needed: &[
        "id", "service", "person", "weekday", "from", "to", "zone", "minutes",
    ],
    optional: &[
        "every_minutes",
        "location",
        "video",
        "fee",
        "deposit",
        "currency",
        "first_on",
        "last_on",
        "known_only",
    ],
    printed: &[],
};

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "mon"),
    (Weekday::Tuesday, "tue"),
    (Weekday::Wednesday, "wed"),
    (Weekday::Thursday, "thu"),
    (Weekday::Friday, "fri"),
    (Weekday::Saturday, "sat"),
    (Weekday::Sunday, "sun"),
];

/// Reads the rows.
pub fn read(table: &Table, shift: Shift, faults: &mut Faults) -> Vec<Found<NewOffer>> {
    let mut lines = BTreeMap::new();
    table.rows(faults, |row| {
        let new = offer(row, shift)?;
        hold_together(row, &new);
        if let Some(line) = lines.insert(new.id.clone(), row.line()) {
            let message = format!("offer {} stands in line {line} already", new.id);
            row.fault("id", message);
        }
        Some(new)
    })
}

fn offer(row: &mut Cells<'_>, shift: Shift) -> Option<NewOffer> {
    let id = row.need("id", cells::id);
    let service = row.need("service", cells::line);
    let person = row.need("person", cells::line);
    let weekday = row.need("weekday", |text| cells::word(text, &WEEKDAYS));
    let from = row.need("from", cells::time_of_day);
    let to = row.need("to", cells::time_of_day);
    // Only its name is kept: what its clock shows is known on the day.
    let zone = row.need("zone", |text| cells::zone(text).map(|_| text.to_owned()));
    let minutes = row.need("minutes", cells::minutes);
    let every_minutes = row.may("every_minutes", cells::minutes);
    let location = row.may("location", cells::line);
    let video = row.may("video", cells::yes);
    let prices: Option<Prices> = prices::read(row);
    let first_on = row.may("first_on", |text| shift.day(text));
    let last_on = row.may("last_on", |text| shift.day(text));
    let known_only = row.may("known_only", cells::yes);
    let (minutes, (fee, deposit)) = (minutes?, prices?);
    Some(NewOffer {
        id: id?,
        service: service?,
        person: person?,
        weekday: weekday?,
        from_minute: from?,
        to_minute: to?,
        zone: zone?,
        minutes,
        every_minutes: every_minutes?.unwrap_or(minutes),
        location: location?,
        video: video?.unwrap_or(false),
        fee,
        deposit,
        first_on: first_on?,
        last_on: last_on?,
        known_only: known_only?.unwrap_or(false),
    })
}

/// Notes what each cell may say by itself, but not beside the others.
fn hold_together(row: &mut Cells<'_>, new: &NewOffer) {
    if new.to_minute <= new.from_minute {
        let message = "it has to be later than from; what goes on after midnight is an offer \
             of the next day";
        row.fault("to", message.to_owned());
    } else if new.to_minute - new.from_minute < new.minutes {
        let message = "nothing that long fits between from and to, so nothing would be offered";
        row.fault("minutes", message.to_owned());
    }
    if new.location.is_none() && !new.video {
        let message = "it is empty, and has to be filled in, unless video is yes";
        row.fault("location", message.to_owned());
    }
    if let Some(deposit) = new.deposit
        && new.fee.is_none_or(|fee| fee.minor() < deposit.minor())
    {
        let message = "a deposit is a part of the fee, and cannot be more than that".to_owned();
        row.fault("deposit", message);
    }
    if let Some((first, last)) = new.first_on.zip(new.last_on)
        && last < first
    {
        row.fault("last_on", "it lies before first_on".to_owned());
    }
}
