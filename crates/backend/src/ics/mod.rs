//! Events for other calendars (RFC 5545): one event as a file, all of them as a feed.
//!
//! The same account gives the same bytes, because nothing here depends on the time or on chance. So
//! a feed that has not changed is recognised by its hash.

mod event;
mod lines;
#[cfg(test)]
mod tests;
mod token;
mod zone;

use std::collections::BTreeMap;

use anyhow::Error;
use api_types::{InvoiceSummary, Timestamp};
use words::Catalogue;

use self::lines::Lines;
use crate::app::App;
use crate::db::events::Entry;
use crate::settings::PublicUrl;

pub use token::FeedToken;

/// The media type of the files.
pub const CONTENT_TYPE: &str = "text/calendar; charset=utf-8";
/// How often calendars are asked to read a feed: once an hour.
const READ_EVERY: &str = "PT1H";

/// Writes the calendars of one portal.
#[derive(Clone, Debug)]
pub struct Writer<'a> {
    /// The portal's address. Its host makes ids unique.
    pub url: &'a PublicUrl,
    /// The provider's name.
    pub provider: &'a str,
    /// The texts in the portal's first language.
    pub words: &'a Catalogue,
}

impl<'a> Writer<'a> {
    /// Makes a writer for a running portal.
    pub fn of(app: &'a App) -> Self {
        let settings = app.settings();
        Self {
            url: &settings.public_url,
            provider: &settings.portal.name,
            words: app.words(),
        }
    }

    /// Writes a file with one event.
    ///
    /// # Errors
    /// [`Error`] if an instant is beyond those that `jiff` can represent, or `icalendar` cannot
    /// write a property.
    pub fn single(&self, entry: &Entry) -> Result<String, Error> {
        let mut lines = Lines::default();
        self.head(&mut lines)?;
        self.body(&mut lines, std::slice::from_ref(entry), &[])?;
        Ok(lines.finish("VCALENDAR"))
    }

    /// Writes a feed of events and the due days of invoices.
    ///
    /// # Errors
    /// [`Error`] if an instant is beyond those that `jiff` can represent, or `icalendar` cannot
    /// write a property.
    pub fn feed(&self, entries: &[Entry], due: &[InvoiceSummary]) -> Result<String, Error> {
        let mut lines = Lines::default();
        self.head(&mut lines)?;
        lines.text("NAME", self.provider)?;
        lines.text("X-WR-CALNAME", self.provider)?;
        lines.with("REFRESH-INTERVAL", &[("VALUE", "DURATION")], READ_EVERY)?;
        lines.plain("X-PUBLISHED-TTL", READ_EVERY)?;
        self.body(&mut lines, entries, due)?;
        Ok(lines.finish("VCALENDAR"))
    }

    fn head(&self, lines: &mut Lines) -> Result<(), Error> {
        lines.begin("VCALENDAR");
        lines.plain("VERSION", "2.0")?;
        lines.plain("PRODID", "-//Portico//Calendar//EN")?;
        lines.plain("CALSCALE", "GREGORIAN")?;
        // It tells, and asks for no answer.
        lines.plain("METHOD", "PUBLISH")
    }

    fn body(
        &self,
        lines: &mut Lines,
        entries: &[Entry],
        due: &[InvoiceSummary],
    ) -> Result<(), Error> {
        for (name, (from, to)) in spans(entries) {
            zone::write(lines, name, from, to)?;
        }
        for entry in entries {
            event::write(lines, self, entry)?;
        }
        for invoice in due {
            event::write_due(lines, self, invoice)?;
        }
        Ok(())
    }
}

/// The zones that events with hours take place in, each with the first and the last instant.
fn spans(entries: &[Entry]) -> BTreeMap<&str, (Timestamp, Timestamp)> {
    let mut spans = BTreeMap::new();
    for event in entries.iter().map(|entry| &entry.event) {
        if event.all_day.is_none() {
            let span = (event.starts_at, event.ends_at);
            let (from, to) = spans.entry(event.zone.as_str()).or_insert(span);
            *from = event.starts_at.min(*from);
            *to = event.ends_at.max(*to);
        }
    }
    spans
}
