//! Events with their documents, and what is offered when.

use std::collections::BTreeMap;

use super::Store;
use super::put::{Known, Place};
use crate::db::closures::NewClosure;
use crate::db::events::NewEvent;
use crate::db::offers::NewOffer;
use crate::db::{DbError, closures, events, invoices, offers};
use crate::import::event_links::NewPaper;
use crate::import::table::Found;

impl Store<'_> {
    /// Writes events.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn events(&mut self, rows: &[Found<NewEvent>]) -> Result<(), DbError> {
        for Found { line, row } in rows {
            let place = Place {
                file: "events.csv",
                line: *line,
                what: "event",
                id: row.id.as_str(),
            };
            let known = events::owner(self.tx, &row.id).await?;
            let known = known.map(|customer| Known {
                customer,
                currency: None,
            });
            if !self
                .may_put(&place, &row.customer, None, known.as_ref())
                .await?
            {
                continue;
            }
            if let Some(invoice) = &row.invoice {
                if self.is_refused("invoice", invoice.as_str()) {
                    self.refuse(&place);
                    continue;
                }
                let owner = invoices::owner(self.tx, invoice).await?;
                if owner.is_none_or(|(customer, _)| customer != row.customer) {
                    let customer = &row.customer;
                    let message = format!("customer {customer} has no invoice {invoice}");
                    self.fault(&place, "invoice", message);
                    continue;
                }
            }
            let outcome = events::put(self.tx, row, self.now).await;
            if let (Err(DbError::Taken(_)), Some(host)) = (&outcome, &row.host) {
                let message = format!(
                    "{host} has another event then that was asked for in the portal; \
                     move one of the two"
                );
                self.fault(&place, "starts_at", message);
                continue;
            }
            self.record_written(&place, "events", known.is_some(), outcome)?;
            self.touched.insert(row.customer.clone());
        }
        Ok(())
    }

    /// Writes documents of events. With `--update`, the rows of an event replace all that it had.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn event_links(&mut self, rows: &[Found<NewPaper>]) -> Result<(), DbError> {
        // Whether each event that a row names can have documents.
        let mut checked = BTreeMap::new();
        for Found { line, row } in rows {
            let place = Place {
                file: "event_links.csv",
                line: *line,
                what: "event",
                id: row.event.as_str(),
            };
            let good = match checked.get(&row.event) {
                Some(good) => *good,
                None => {
                    let good = self.may_have_documents(&place, row).await?;
                    checked.insert(&row.event, good);
                    good
                }
            };
            if good {
                events::add_document(self.tx, &row.event, row.kind, &row.link).await?;
                self.count("event links", false);
            }
        }
        Ok(())
    }

    async fn may_have_documents(
        &mut self,
        place: &Place<'_>,
        row: &NewPaper,
    ) -> Result<bool, DbError> {
        let event = &row.event;
        if self.is_refused("event", event.as_str()) {
            return Ok(false);
        }
        let Some(customer) = events::owner(self.tx, event).await? else {
            let message = format!("there is no event {event}; add a row to events.csv");
            self.fault(place, "event", message);
            return Ok(false);
        };
        if !self.update && events::count_documents(self.tx, event).await? > 0 {
            let message = format!(
                "event {event} has documents or referrals already; \
                 to replace all of them, import with --update"
            );
            self.fault(place, "event", message);
            return Ok(false);
        }
        events::clear_documents(self.tx, event).await?;
        self.touched.insert(customer);
        Ok(true)
    }

    /// Writes offers, and compares those of one service once all of them are written.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn offers(&mut self, rows: &[Found<NewOffer>]) -> Result<(), DbError> {
        for Found { line, row } in rows {
            let place = offer_at(*line, row);
            let known = offers::exists(self.tx, &row.id).await?;
            if known && !self.may_change(&place) {
                continue;
            }
            let outcome = offers::put(self.tx, row).await;
            self.record_written(&place, "offers", known, outcome)?;
        }
        for Found { line, row } in rows {
            if let Some(other) = offers::at_odds(self.tx, &row.id, self.today).await? {
                let message = format!(
                    "offer {other} of {} has other minutes, another fee or another deposit; \
                     give both the same, end one by last_on, or call one something else",
                    row.service
                );
                self.fault(&offer_at(*line, row), "service", message);
            }
        }
        Ok(())
    }

    /// Writes closures.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn closures(&mut self, rows: &[Found<NewClosure>]) -> Result<(), DbError> {
        for Found { line, row } in rows {
            let place = Place {
                file: "closures.csv",
                line: *line,
                what: "closure",
                id: &row.id,
            };
            let known = closures::exists(self.tx, &row.id).await?;
            if known && !self.may_change(&place) {
                continue;
            }
            if let Some(person) = &row.person
                && !offers::has_person(self.tx, person).await?
            {
                let message = format!(
                    "nothing is offered by {person}; write the name as offers.csv does, \
                     or leave it empty for everybody"
                );
                self.fault(&place, "person", message);
                continue;
            }
            let outcome = closures::put(self.tx, row).await;
            self.record_written(&place, "closures", known, outcome)?;
        }
        Ok(())
    }
}

fn offer_at(line: usize, row: &NewOffer) -> Place<'_> {
    Place {
        file: "offers.csv",
        line,
        what: "offer",
        id: &row.id,
    }
}
