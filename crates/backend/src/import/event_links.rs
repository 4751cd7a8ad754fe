//! event_links.csv

use api_types::{EventId, EventLink};

use super::cells;
use super::fault::Faults;
use super::table::{Found, Shape, Table};
use crate::db::events::EventDocumentKind;

/// The file.
pub const SHAPE: Shape = Shape {
    file: "event_links.csv",
    needed: &["event", "kind", "title", "url"],
    optional: &["to_complete"],
    printed: &[],
};

const KINDS: [(EventDocumentKind, &str); 2] = [
    (
        EventDocumentKind::Document,
        EventDocumentKind::Document.as_str(),
    ),
    (
        EventDocumentKind::Referral,
        EventDocumentKind::Referral.as_str(),
    ),
];

/// A document of an event.
#[derive(Clone, Debug)]
pub struct NewPaper {
    /// The event; it may be known from before.
    pub event: EventId,
    /// What it is.
    pub kind: EventDocumentKind,
    /// Where it is, and whether it is to be filled in.
    pub link: EventLink,
}

/// Reads the rows, in the order in which they are shown.
pub fn read(table: &Table, faults: &mut Faults) -> Vec<Found<NewPaper>> {
    table.rows(faults, |row| {
        let event = row.need("event", EventId::parse);
        let kind = row.need("kind", |text| cells::word(text, &KINDS));
        let title = row.need("title", cells::line);
        let url = row.need("url", cells::url);
        let to_complete = row.may("to_complete", cells::yes);
        let (kind, to_complete) = (kind?, to_complete?);
        if kind == EventDocumentKind::Referral && to_complete.is_some() {
            let message = "a referral is not filled in by the customer; leave it empty";
            row.fault("to_complete", message.to_owned());
        }
        Some(NewPaper {
            event: event?,
            kind,
            link: EventLink {
                title: title?,
                url: url?,
                to_complete,
            },
        })
    })
}
