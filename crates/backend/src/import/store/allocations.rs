//! Allocations: which payment pays for which invoice.

use std::collections::BTreeSet;

use api_types::{Currency, CustomerId, DocumentState, Money, PaymentId, PaymentStatus, Timestamp};

use super::Store;
use super::put::Place;
use crate::db::allocate::Target;
use crate::db::{DbError, allocate, events, invoices, payments};
use crate::import::allocations::NewAllocation;
use crate::import::cells;
use crate::import::table::Found;

impl Store<'_> {
    /// With `--update`, releases all that the payments of the rows paid for before, since the rows
    /// replace it. What the portal has applied itself stays.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub async fn release(&mut self, rows: &[Found<NewAllocation>]) -> Result<(), DbError> {
        if !self.update {
            return Ok(());
        }
        let known: BTreeSet<_> = rows.iter().map(|found| &found.row.payment).collect();
        for called in known {
            let payment = &self.resolve_alias(called).await?;
            if self.is_applied_by_portal(called, payment).await? {
                continue;
            }
            if let Some((customer, _)) = payments::owner(self.tx, payment).await? {
                allocate::release(self.tx, payment).await?;
                self.touched.insert(customer);
            }
        }
        Ok(())
    }

    /// Whether the portal, and not the files, says what a payment pays for: its provider reported
    /// it first, or has reported that money of it went back. `called` is its id in the files.
    async fn is_applied_by_portal(
        &self,
        called: &PaymentId,
        payment: &PaymentId,
    ) -> Result<bool, DbError> {
        Ok(called != payment || allocate::provider_refunds(self.tx, payment).await? > 0)
    }

    /// Writes allocations in the order in which the money was applied, completed money first:
    /// pending money gets what is left.
    ///
    /// # Errors
    /// [`DbError::Refused`] or [`DbError::TooLarge`] if amounts have no sum; otherwise as the
    /// database fails. What is wrong with a row is noted as a fault and is no error.
    pub async fn allocations(&mut self, rows: &[Found<NewAllocation>]) -> Result<(), DbError> {
        let mut ordered = Vec::new();
        for found in rows {
            let payment = self.resolve_alias(&found.row.payment).await?;
            let status = payments::status(self.tx, &payment).await?;
            let is_pending = status == Some(PaymentStatus::Pending);
            let applied_at = self.applied_at(&payment).await?;
            ordered.push(((is_pending, applied_at, payment), found));
        }
        ordered.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (_, found) in ordered {
            self.allocation(found).await?;
        }
        Ok(())
    }

    async fn allocation(&mut self, found: &Found<NewAllocation>) -> Result<(), DbError> {
        let NewAllocation { target, amount, .. } = &found.row;
        let payment = &self.resolve_alias(&found.row.payment).await?;
        let place = Place {
            file: "allocations.csv",
            line: found.line,
            what: "allocation of",
            id: payment.as_str(),
        };
        let target_is_refused = match target {
            Target::Invoice(invoice) => self.is_refused("invoice", invoice.as_str()),
            Target::Event(event) => self.is_refused("event", event.as_str()),
        };
        if target_is_refused || self.is_refused("payment", payment.as_str()) {
            return Ok(());
        }
        let Some((customer, currency)) = payments::owner(self.tx, payment).await? else {
            let message = format!("there is no payment {payment}; add a row to payments.csv");
            self.fault(&place, "payment", message);
            return Ok(());
        };
        let fits = match target {
            Target::Invoice(invoice) => {
                let owner = invoices::owner(self.tx, invoice).await?;
                let owner = owner.map(|(customer, currency)| (customer, Some(currency)));
                let what = format!("invoice {invoice}; add a row to invoices.csv");
                fits((&customer, currency), owner, "invoice", &what)
            }
            Target::Event(event) => {
                let owner = events::owner(self.tx, event).await?;
                let fee = events::fee(self.tx, &customer, event).await?;
                let priced_in = fee.and_then(|of| of.fee).map(|fee| fee.currency());
                let owner = owner.map(|customer| (customer, priced_in));
                let what = format!("event {event}; add a row to events.csv");
                fits((&customer, currency), owner, "event", &what)
            }
        };
        if let Err((column, message)) = fits {
            self.fault(&place, column, message);
            return Ok(());
        }
        match cells::money(amount, currency) {
            Ok(amount) if amount.is_positive() => self.take(found, &place, amount).await?,
            Ok(_) => {
                let message = "it has to be more than zero".to_owned();
                self.fault(&place, "amount", message);
            }
            Err(why) => self.fault(&place, "amount", format!("{why}; here stands \"{amount}\"")),
        }
        self.touched.insert(customer);
        Ok(())
    }

    async fn take(
        &mut self,
        found: &Found<NewAllocation>,
        place: &Place<'_>,
        amount: Money,
    ) -> Result<(), DbError> {
        let NewAllocation { target, .. } = &found.row;
        let payment = &self.resolve_alias(&found.row.payment).await?;
        let (column, what) = match target {
            Target::Invoice(invoice) => ("invoice", format!("invoice {invoice}")),
            Target::Event(event) => ("event", format!("event {event}")),
        };
        if allocate::exists(self.tx, payment, target).await? {
            let called = &found.row.payment;
            let by_portal = self.is_applied_by_portal(called, payment).await?;
            if by_portal && (self.update || called != payment) {
                return Ok(());
            }
            let message = format!(
                "payment {payment} pays for {what} already; \
                 to replace what it pays for, import with --update"
            );
            self.fault(place, column, message);
            return Ok(());
        }
        if allocate::has_gone_back(self.tx, payment, target).await? {
            // It was applied, and the payment provider has told what became of it since.
            return Ok(());
        }
        let room = match target {
            Target::Invoice(invoice) => allocate::room(self.tx, payment, invoice).await?,
            Target::Event(event) => allocate::room_for_event(self.tx, payment, event).await?,
        };
        let credited = self.room_beyond_credit_notes(target, room.open).await?;
        let most = room.open.checked_add(credited);
        let most = most.map_err(|why| DbError::Refused(why.to_string()))?;
        if room.left.minor() < amount.minor() {
            let why = match payments::status(self.tx, payment).await? {
                Some(PaymentStatus::Cancelled) => "is cancelled, and pays for nothing".to_owned(),
                _ => format!("has only {:?} left", room.left),
            };
            self.fault(place, "amount", format!("payment {payment} {why}"));
        } else if most.minor() < amount.minor() {
            let why = self.no_room(target, most).await?;
            self.fault(place, "amount", format!("{what} {why}"));
        } else {
            let at = self.applied_at(payment).await?;
            let beyond = amount.minor() - room.open.minor();
            if let Target::Invoice(invoice) = target
                && beyond > 0
            {
                let beyond = Money::from_minor(beyond, amount.currency());
                allocate::release_later(self.tx, invoice, payment, at, beyond).await?;
                *self.beyond.entry(invoice.clone()).or_default() += beyond.minor();
            }
            allocate::to(self.tx, payment, target, amount, at).await?;
            self.count("allocations", false);
        }
        Ok(())
    }

    /// What credit notes have taken back of an invoice, as far as this import has not yet given
    /// it money for that. A provider's records say what was paid before the credit note came;
    /// what is beyond the rest of the invoice by now is credit, as where the credit note comes
    /// last.
    async fn room_beyond_credit_notes(
        &self,
        target: &Target,
        like: Money,
    ) -> Result<Money, DbError> {
        let Target::Invoice(invoice) = target else {
            return Ok(Money::zero(like.currency()));
        };
        let credited = allocate::credit_notes_total(self.tx, invoice).await?;
        let used = self.beyond.get(invoice).copied().unwrap_or(0);
        Ok(Money::from_minor(
            (credited.minor() - used).max(0),
            like.currency(),
        ))
    }

    /// Why there is no more room at what a payment is to pay for.
    async fn no_room(&self, target: &Target, open: Money) -> Result<String, DbError> {
        let is_there = match target {
            Target::Invoice(invoice) => {
                invoices::document(self.tx, invoice).await? == Some(DocumentState::Open)
            }
            Target::Event(_) => open.is_positive(),
        };
        Ok(match target {
            _ if is_there => format!("has only {open:?} left to pay"),
            Target::Invoice(_) => {
                "is void or replaced; leave the money unallocated, as credit".to_owned()
            }
            Target::Event(_) => {
                "has nothing left to pay ahead: it is paid, invoiced, cancelled or free".to_owned()
            }
        })
    }

    /// Money is applied when it is there, or else is as it was begun.
    async fn applied_at(&self, payment: &PaymentId) -> Result<Timestamp, DbError> {
        let moved = payments::moved_at(self.tx, payment).await?;
        Ok(moved.unwrap_or(self.now))
    }
}

/// Whether a payment may pay for something: there is such a thing, of the same customer, and
/// in the same currency where it has one.
fn fits(
    payment: (&CustomerId, Currency),
    owner: Option<(CustomerId, Option<Currency>)>,
    column: &'static str,
    missing: &str,
) -> Result<(), (&'static str, String)> {
    let Some((other, other_currency)) = owner else {
        return Err((column, format!("there is no {missing}")));
    };
    let (customer, currency) = payment;
    if *customer != other {
        let message = format!("the payment is {customer}'s and the {column} is {other}'s");
        return Err((column, message));
    }
    match other_currency {
        Some(other) if other != currency => {
            let message = format!("the payment is in {currency} and the {column} in {other}");
            Err((column, message))
        }
        _ => Ok(()),
    }
}
