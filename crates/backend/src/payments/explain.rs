//! Lists everything that is known about a checkout, a payment or an invoice, in order of time, so
//! that support can answer "I paid and it still says I owe". It contains no address and no token.

use std::fmt;

use api_types::{CheckoutId, InvoiceId, PaymentId, Timestamp};

use crate::db::attempts::{self, Attempt};
use crate::db::checkout_steps::{self, Step};
use crate::db::refund_orders::{self, RefundOrderStatus};
use crate::db::reviews::{self, Review};
use crate::db::webhook_events::{self, EventReference};
use crate::db::{Db, DbError, ReadTx, checkouts, explain, invoices, payments, provider_ids};

/// Why nothing can be explained.
#[derive(Debug)]
pub enum ExplainError {
    /// There is nothing with this id.
    Unknown(String),
    /// The database failed.
    Broken(DbError),
}

impl fmt::Display for ExplainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(id) => write!(f, "there is no checkout, payment or invoice {id}"),
            Self::Broken(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ExplainError {}

impl From<DbError> for ExplainError {
    fn from(error: DbError) -> Self {
        Self::Broken(error)
    }
}

/// What is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// How each thing stands, one line each.
    pub stands: Vec<String>,
    /// What happened, the earliest first.
    pub happened: Vec<ExplainedStep>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedStep {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: String,
}

/// Collects what is known about the checkout, payment or invoice with an id.
///
/// # Errors
/// [`ExplainError::Unknown`] if no checkout, payment or invoice has the id,
/// [`ExplainError::Broken`] if a stored value cannot be read or the database fails.
pub async fn explain(db: &Db, id: &str) -> Result<Explained, ExplainError> {
    db.read(async |tx: &ReadTx| {
        let mut explained = Explained::default();
        if let Some(checkout) = known_checkout(tx, id).await? {
            explained.checkout(tx, &checkout).await?;
        } else if let Some(payment) = known_payment(tx, id).await? {
            match checkouts::of_payment(tx, &payment).await? {
                Some(checkout) => explained.checkout(tx, &checkout.id).await?,
                None => explained.payments(tx, &[payment], None).await?,
            }
        } else if let Some(invoice) = known_invoice(tx, id).await? {
            explained.invoice(tx, &invoice).await?;
        } else {
            return Err(ExplainError::Unknown(id.to_owned()));
        }
        // What happened at the same instant stays in the order of its telling.
        explained.happened.sort_by_key(|step| step.at);
        Ok(explained)
    })
    .await
}

async fn known_checkout(tx: &ReadTx, id: &str) -> Result<Option<CheckoutId>, DbError> {
    let Ok(id) = CheckoutId::parse(id) else {
        return Ok(None);
    };
    Ok(checkouts::find(tx, &id).await?.map(|found| found.id))
}

async fn known_payment(tx: &ReadTx, id: &str) -> Result<Option<PaymentId>, DbError> {
    let Ok(id) = PaymentId::parse(id) else {
        return Ok(None);
    };
    let id = payments::by_alias(tx, &id).await?.unwrap_or(id);
    Ok(payments::status(tx, &id).await?.map(|_| id))
}

async fn known_invoice(tx: &ReadTx, id: &str) -> Result<Option<InvoiceId>, DbError> {
    let Ok(id) = InvoiceId::parse(id) else {
        return Ok(None);
    };
    Ok(invoices::document(tx, &id).await?.map(|_| id))
}

impl Explained {
    fn add(&mut self, at: Timestamp, what: String) {
        let step = ExplainedStep { at, what };
        // A payment's steps are among its checkout's.
        if !self.happened.contains(&step) {
            self.happened.push(step);
        }
    }

    async fn invoice(&mut self, tx: &ReadTx, id: &InvoiceId) -> Result<(), DbError> {
        if let Some(document) = invoices::document(tx, id).await? {
            self.stands.push(format!("invoice {id}  {document:?}"));
        }
        for checkout in explain::checkouts_of_invoice(tx, id).await? {
            self.checkout(tx, &checkout).await?;
        }
        let paid_by = explain::payments_of_invoice(tx, id).await?;
        self.payments(tx, &paid_by, Some(id)).await
    }

    async fn checkout(&mut self, tx: &ReadTx, id: &CheckoutId) -> Result<(), DbError> {
        let Some(checkout) = checkouts::find(tx, id).await? else {
            return Ok(());
        };
        let failure = checkout.failure.map(|why| format!(" ({})", why.as_str()));
        self.stands.push(format!(
            "checkout {id}  {}{}  {:?} by {}  of {}  for {}",
            checkout.status.as_str(),
            failure.unwrap_or_default(),
            checkout.total,
            checkout.method,
            checkout.customer,
            checkout.description,
        ));
        self.attempts(tx, id).await?;
        for step in checkout_steps::of_checkout(tx, id).await? {
            self.step(&step);
        }
        for review in reviews::of_checkout(tx, id).await? {
            self.review(&review);
        }
        let payments = explain::payments_of_checkout(tx, id).await?;
        self.payments(tx, &payments, None).await
    }

    /// Adds the attempts, with what their providers last said.
    async fn attempts(&mut self, tx: &ReadTx, id: &CheckoutId) -> Result<(), DbError> {
        for attempt in attempts::all_of_checkout(tx, id).await? {
            let (its, number, gateway) = (&attempt.id, attempt.number, &attempt.gateway);
            let called = match &attempt.at_provider {
                Some(at) => format!("{gateway} calls it {}", at.id),
                None => format!("{gateway} has not answered"),
            };
            self.stands.push(format!(
                "attempt {its}  number {number}  {:?} by {}  {called}",
                attempt.terms.total, attempt.terms.method,
            ));
            let made = format!("attempt {its} of checkout {id} was made");
            self.add(attempt.created_at, made);
            let said = attempt.said.as_deref().unwrap_or("nothing yet");
            let watched = match attempt.is_watched {
                true => "is read again",
                false => "is not read again",
            };
            self.add(
                attempt.last_read_at,
                format!("attempt {its} was last read: {gateway} said {said}; it {watched}"),
            );
            self.notifications(tx, &attempt).await?;
        }
        Ok(())
    }

    /// Adds the notifications about an attempt, by whatever id they name it.
    async fn notifications(&mut self, tx: &ReadTx, attempt: &Attempt) -> Result<(), DbError> {
        let (its, gateway) = (&attempt.id, &attempt.gateway);
        let mut ids = vec![EventReference::own(its.as_str())];
        for (kind, id) in provider_ids::of_attempt(tx, its).await? {
            ids.push(EventReference {
                kind: Some(kind),
                id,
            });
        }
        for id in ids {
            for event in webhook_events::naming(tx, gateway, &id).await? {
                let followed = if event.is_done { "followed" } else { "waits" };
                let event_id = &event.event_id;
                self.add(
                    event.received_at,
                    format!("notification {event_id} of {gateway} about attempt {its}: {followed}"),
                );
            }
        }
        Ok(())
    }

    /// Adds the refunds of a payment that were asked for here.
    async fn refund_orders(&mut self, tx: &ReadTx, id: &PaymentId) -> Result<(), DbError> {
        for order in refund_orders::of_payment(tx, id).await? {
            let (key, amount, gateway) = (&order.id, order.amount, &order.gateway);
            let asked = format!("refund {key} of {amount:?} of payment {id} was asked for");
            self.add(order.created_at, asked);
            let became = match (order.status, &order.provider_ref) {
                (RefundOrderStatus::Asked, _) => "is not known yet".to_owned(),
                (RefundOrderStatus::Refused, _) => format!("was not sent by {gateway}"),
                (RefundOrderStatus::Known, Some(theirs)) => {
                    format!("is known to {gateway} as {theirs}")
                }
                (RefundOrderStatus::Known, None) => format!("is known to {gateway}"),
            };
            self.add(order.updated_at, format!("refund {key} {became}"));
        }
        Ok(())
    }

    /// Adds payments, with the entries of the account for them and for an invoice.
    async fn payments(
        &mut self,
        tx: &ReadTx,
        ids: &[PaymentId],
        invoice: Option<&InvoiceId>,
    ) -> Result<(), DbError> {
        for id in ids {
            let Some((status, total)) = payments::standing(tx, id).await? else {
                continue;
            };
            let fee = payments::fee(tx, id).await?;
            let fee = fee.map(|fee| format!("  the provider keeps {fee:?}"));
            let fee = fee.unwrap_or_default();
            let line = format!("payment {id}  {}  {total:?}{fee}", status.as_str());
            if !self.stands.contains(&line) {
                self.stands.push(line);
            }
            for step in checkout_steps::of_payment(tx, id).await? {
                self.step(&step);
            }
            for review in reviews::of_payment(tx, id).await? {
                self.review(&review);
            }
            self.refund_orders(tx, id).await?;
        }
        for part in explain::allocated(tx, ids).await? {
            let (payment, to, amount) = (part.payment, part.to, part.amount);
            self.add(
                part.at,
                format!("{amount:?} of payment {payment} is for {to}"),
            );
        }
        for entry in explain::ledger_entries(tx, ids, invoice).await? {
            let of = [("invoice", entry.invoice), ("payment", entry.payment)];
            let of = of
                .into_iter()
                .filter_map(|(what, id)| Some(format!(" {what} {}", id?)));
            let of: String = of.collect();
            let (kind, amount, balance) = (entry.kind, entry.amount, entry.balance);
            self.add(
                entry.at,
                format!("entry {kind} {amount:?}{of}; the balance is {balance:?}"),
            );
        }
        Ok(())
    }

    fn step(&mut self, step: &Step) {
        let amount = step.amount.map(|amount| format!(" {amount:?}"));
        let attempt = step.attempt.as_ref().map(|id| format!(" attempt {id}"));
        let payment = step.payment.as_ref().map(|id| format!(" payment {id}"));
        let about: String = [amount, attempt, payment].into_iter().flatten().collect();
        self.add(step.at, format!("step {}{about}", step.kind.as_str()));
    }

    fn review(&mut self, review: &Review) {
        let (id, found) = (&review.id, &review.found);
        let came = found.amount.map(|amount| format!(", {amount:?} came"));
        let asked = found
            .asked
            .map(|asked| format!(", {asked:?} was asked for"));
        let amounts: String = [came, asked].into_iter().flatten().collect();
        self.add(
            review.created_at,
            format!("review {id} {}{amounts}", found.kind),
        );
        if let Some(resolved) = &review.resolved {
            let note = resolved.note.as_deref().unwrap_or_default();
            let what = format!("review {id} {} {note}", resolved.resolution);
            self.add(resolved.at, what.trim_end().to_owned());
        }
    }
}
