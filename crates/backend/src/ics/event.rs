//! Writes one event, or one due day, as an entry of another calendar.

use anyhow::Error;
use api_types::{Day, EventSummary, InvoiceSummary};
use words::key;

use super::Writer;
use super::lines::Lines;
use super::zone;
use crate::db::events::{Entry, Standing};

/// Writes an event. Its id and the number of its changes let a calendar recognise it when it is
/// moved or cancelled.
///
/// # Errors
/// [`Error`] if an instant is beyond those that `jiff` can represent, or `icalendar` cannot write a
/// property.
pub(super) fn write(lines: &mut Lines, by: &Writer<'_>, entry: &Entry) -> Result<(), Error> {
    let event = &entry.event;
    lines.begin("VEVENT");
    lines.plain("UID", &format!("{}@{}", event.id, by.url.host()))?;
    let changed = zone::utc(entry.changed_at.instant());
    lines.plain("DTSTAMP", &changed)?;
    lines.plain("LAST-MODIFIED", &changed)?;
    lines.plain("SEQUENCE", &entry.sequence.to_string())?;
    match event.all_day {
        Some(days) => whole_days(lines, days.first, days.last)?,
        None => {
            zone::instant(lines, "DTSTART", event.starts_at, &event.zone)?;
            // An event without length has no end: an end has to be later than the start (3.8.2.2).
            if event.ends_at > event.starts_at {
                zone::instant(lines, "DTEND", event.ends_at, &event.zone)?;
            }
        }
    }
    let status = match Standing::of(event.status) {
        Standing::Tentative => "TENTATIVE",
        Standing::Confirmed => "CONFIRMED",
        Standing::Cancelled => "CANCELLED",
    };
    lines.plain("STATUS", status)?;
    lines.text("SUMMARY", &event.title)?;
    if let Some(place) = event.location.as_deref().or(event.video_url.as_deref()) {
        lines.text("LOCATION", place)?;
    }
    let page = by.url.join(&format!("/calendar/events/{}", event.id));
    lines.text("DESCRIPTION", &description(by, entry, &page))?;
    lines.plain("URL", &page)?;
    lines.end("VEVENT");
    Ok(())
}

/// Writes the due day of an invoice. It is marked as transparent, so that it takes up no time.
///
/// # Errors
/// [`Error`] if `icalendar` cannot write a property.
pub(super) fn write_due(
    lines: &mut Lines,
    by: &Writer<'_>,
    invoice: &InvoiceSummary,
) -> Result<(), Error> {
    let remaining = invoice.remaining;
    let amount = format!("{} {}", remaining.currency(), remaining.amount_text());
    let told = [("number", invoice.number.as_str()), ("amount", &amount)];
    lines.begin("VEVENT");
    lines.plain("UID", &format!("due-{}@{}", invoice.id, by.url.host()))?;
    let issued = civil(invoice.issued_on);
    lines.plain("DTSTAMP", &format!("{issued}T000000Z"))?;
    whole_days(lines, invoice.due_on, invoice.due_on)?;
    lines.plain("STATUS", "CONFIRMED")?;
    lines.plain("TRANSP", "TRANSPARENT")?;
    lines.text("SUMMARY", &by.words.fill(key::ics::DUE, told))?;
    lines.text("DESCRIPTION", &invoice.name)?;
    let page = format!("/invoices/{}", invoice.id);
    lines.plain("URL", &by.url.join(&page))?;
    lines.end("VEVENT");
    Ok(())
}

/// Writes days without hours. The end is the day after the last one (3.6.1).
fn whole_days(lines: &mut Lines, first: Day, last: Day) -> Result<(), Error> {
    let date = [("VALUE", "DATE")];
    lines.with("DTSTART", &date, &civil(first))?;
    let after = last.date().tomorrow().unwrap_or(last.date());
    lines.with("DTEND", &date, &civil(after.into()))
}

fn civil(day: Day) -> String {
    day.date().strftime("%Y%m%d").to_string()
}

fn description(by: &Writer<'_>, entry: &Entry, page: &str) -> String {
    let EventSummary {
        people,
        video,
        video_url,
        ..
    } = &entry.event;
    let mut parts = Vec::new();
    if !people.is_empty() {
        let people = people.join(", ");
        parts.push(by.words.fill(key::ics::WITH, [("people", &people)]));
    }
    match video_url {
        Some(url) => parts.push(by.words.fill(key::ics::VIDEO, [("address", url)])),
        None if *video => parts.push(by.words.get(key::ics::VIDEO_AWAITED)),
        None => {}
    }
    parts.extend(entry.note.clone());
    parts.push(page.to_owned());
    parts.join("\n")
}
