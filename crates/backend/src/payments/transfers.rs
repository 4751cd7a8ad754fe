//! Bank transfers: the customer sends the money at their own bank, and the portal's provider enters
//! what came, because nobody else sees the account that it comes to.
//!
//! A transfer has no attempt and no window. Its checkout is `confirming` and its payment pending
//! from the moment it is made. It ends when the provider settles or cancels it, when the customer
//! cancels it, or when its time runs out.

use std::fmt;

use api_types::{
    BadMoney, CheckoutStatus, FailureCode, Money, PaymentId, PaymentStatus, PaymentStepKind,
    Timestamp,
};

use super::CheckoutError;
use super::posting::Posting;
use crate::app::App;
use crate::db::attempts::PaymentTerms;
use crate::db::checkout_steps::{self, Step};
use crate::db::checkouts::{self, Checkout};
use crate::db::{Db, DbError, ReadTx, TransactionError, WriteTx, customers, payments};
use crate::settings::Requests;

pub use crate::db::payments::PendingTransfer;

/// Why nothing was done with a transfer.
#[derive(Debug)]
pub enum TransferError {
    /// There is no payment with this id.
    Unknown(PaymentId),
    /// It is a payment, but not a transfer that was begun in the portal.
    NotATransfer(PaymentId),
    /// The amount that came cannot be read in the payment's currency.
    Amount(BadMoney),
    /// The amount that came is not more than zero.
    Nothing,
    /// It has been settled before, with this amount.
    SettledAs(PaymentId, Money),
    /// The payment is completed, so it cannot be cancelled.
    IsThere(PaymentId),
    /// The database failed.
    Broken(DbError),
}

impl fmt::Display for TransferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(id) => write!(f, "there is no payment {id}; see `backend list-pending`"),
            Self::NotATransfer(id) => write!(
                f,
                "payment {id} is no bank transfer that was begun in the portal; its payment \
                 provider, or payments.csv, says what becomes of it"
            ),
            Self::Amount(why) => write!(f, "--received: {why}"),
            Self::Nothing => f.write_str(
                "--received: it has to be more than nothing; if no money came, use cancel-payment",
            ),
            Self::SettledAs(id, total) => write!(
                f,
                "payment {id} has been settled with {total:?}; correct it by a payment of its \
                 own, as a refund"
            ),
            Self::IsThere(id) => write!(
                f,
                "payment {id} is completed, so it cannot be cancelled; give money back by a refund"
            ),
            Self::Broken(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TransferError {}

impl From<DbError> for TransferError {
    fn from(error: DbError) -> Self {
        Self::Broken(error)
    }
}

impl TransactionError for TransferError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Broken(error) if error.is_conflict())
    }
}

/// What came of settling or cancelling a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done, for this amount.
    Done(Money),
    /// It had been done before, and nothing was changed.
    Before,
}

/// Books the money of a transfer: as much as was asked for, or the amount `received`. It is booked
/// once, however often it is entered; a cancelled transfer is booked too. `requests` decides what
/// becomes of a held event that the money pays for.
///
/// # Errors
/// [`TransferError::Unknown`] if there is no such payment, [`TransferError::NotATransfer`] if it is
/// no transfer of the portal, [`TransferError::Amount`] if `received` cannot be read,
/// [`TransferError::Nothing`] if it is not more than zero, [`TransferError::SettledAs`] if the
/// payment was settled with another amount, [`TransferError::Broken`] if an amount or a sum is
/// beyond its bound or the database fails. Nothing is changed then.
pub async fn settle(
    db: &Db,
    id: &PaymentId,
    received: Option<&str>,
    (requests, now): (Requests, Timestamp),
) -> Result<Outcome, TransferError> {
    db.write(async |tx| {
        let (checkout, status, total) = find(tx, id).await?;
        let came = amount(received, total, &checkout)?;
        if status == PaymentStatus::Completed {
            return match received {
                Some(_) if came != total => Err(TransferError::SettledAs(id.clone(), total)),
                _ => Ok(Outcome::Before),
            };
        }
        let terms = terms_of(tx, &checkout, id).await?;
        let posting = Posting::by_transfer(&checkout, (terms, Some(id.clone())), (requests, now));
        posting.settle_transfer(tx, came).await?;
        finish(tx, &checkout, CheckoutStatus::Paid, None, now).await?;
        Ok(Outcome::Done(came))
    })
    .await
}

/// Cancels a transfer whose money will not come.
///
/// # Errors
/// [`TransferError::Unknown`] if there is no such payment, [`TransferError::NotATransfer`] if it is
/// no transfer of the portal, [`TransferError::IsThere`] if it is completed,
/// [`TransferError::Broken`] if the database fails. Nothing is changed then.
pub async fn cancel(db: &Db, id: &PaymentId, now: Timestamp) -> Result<Outcome, TransferError> {
    db.write(async |tx| {
        let (checkout, status, total) = find(tx, id).await?;
        match status {
            PaymentStatus::Completed => Err(TransferError::IsThere(id.clone())),
            PaymentStatus::Cancelled => Ok(Outcome::Before),
            _ => {
                payments::cancel(tx, id, None).await?;
                let end = CheckoutStatus::Cancelled;
                record_end(tx, &checkout, (id, end), now).await?;
                finish(tx, &checkout, end, None, now).await?;
                Ok(Outcome::Done(total))
            }
        }
    })
    .await
}

/// Lists the pending transfers, the oldest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn pending(db: &Db) -> Result<Vec<PendingTransfer>, DbError> {
    db.read(async |tx: &ReadTx| payments::pending_transfers(tx).await)
        .await
}

/// Whether the customer can still cancel a checkout that has no attempt.
pub(super) fn can_turn_back(checkout: &Checkout) -> bool {
    checkout.is_transfer() && checkout.status == CheckoutStatus::Confirming
}

/// Cancels a transfer that the customer does not send after all.
///
/// # Errors
/// [`CheckoutError::Over`] if the transfer is paid or in review, [`CheckoutError::Broken`] if the
/// database fails.
pub(super) async fn turn_back(app: &App, checkout: &Checkout) -> Result<(), CheckoutError> {
    let ended = end(app, checkout, CheckoutStatus::Cancelled, None).await?;
    match ended {
        CheckoutStatus::Failed | CheckoutStatus::Cancelled | CheckoutStatus::Expired => Ok(()),
        _ => Err(CheckoutError::Over),
    }
}

/// Ends overdue transfers, and abandoned ones whose items cannot be paid any more. Money that comes
/// later is booked as credit.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails. What
/// was ended before the error stays ended.
pub async fn end_overdue(app: &App) -> Result<(), DbError> {
    let now = app.now();
    let over = app
        .db()
        .read(async |tx: &ReadTx| {
            let overdue = checkouts::overdue_transfers(tx, now).await?;
            let abandoned = checkouts::abandoned_transfers(tx).await?;
            let late = (CheckoutStatus::Expired, Some(FailureCode::TimedOut));
            let ends = overdue.into_iter().map(|id| (id, late));
            let abandoned = abandoned.into_iter();
            let ends = ends.chain(abandoned.map(|id| (id, (CheckoutStatus::Cancelled, None))));
            let mut over = Vec::new();
            for (id, end) in ends {
                over.extend(checkouts::find(tx, &id).await?.map(|found| (found, end)));
            }
            Ok::<_, DbError>(over)
        })
        .await?;
    for (checkout, (status, why)) in over {
        end(app, &checkout, status, why).await?;
    }
    Ok(())
}

/// Ends a transfer without money, unless it has ended meanwhile, and returns how it stands.
async fn end(
    app: &App,
    checkout: &Checkout,
    status: CheckoutStatus,
    why: Option<FailureCode>,
) -> Result<CheckoutStatus, DbError> {
    let now = app.now();
    let (stands, version) = app
        .db()
        .write(async |tx| {
            let found = checkouts::find(tx, &checkout.id).await?;
            let found = found.filter(can_turn_back);
            let Some(payment) = found.as_ref().and_then(|found| found.payment.as_ref()) else {
                return Ok::<_, DbError>((checkout.status, None));
            };
            payments::cancel(tx, payment, why).await?;
            record_end(tx, checkout, (payment, status), now).await?;
            let version = finish(tx, checkout, status, why, now).await?;
            Ok((status, Some(version)))
        })
        .await?;
    if let Some(version) = version {
        let (id, to) = (&checkout.id, status.as_str());
        tracing::info!(checkout = %id, to, version, "a transfer has ended");
        app.publish_checkout(&checkout.customer, checkout.id.clone(), version);
    }
    Ok(stands)
}

async fn finish(
    tx: &WriteTx,
    checkout: &Checkout,
    status: CheckoutStatus,
    why: Option<FailureCode>,
    now: Timestamp,
) -> Result<u64, DbError> {
    checkouts::set_status(tx, &checkout.id, status, why, now).await?;
    checkouts::release(tx, &checkout.id).await?;
    customers::touch(tx, &checkout.customer).await
}

/// Adds the step that a transfer ended without money.
async fn record_end(
    tx: &WriteTx,
    checkout: &Checkout,
    (payment, status): (&PaymentId, CheckoutStatus),
    now: Timestamp,
) -> Result<(), DbError> {
    let kind = match status {
        CheckoutStatus::Expired => PaymentStepKind::Expired,
        _ => PaymentStepKind::Cancelled,
    };
    let step = Step::of_checkout(&checkout.id, kind, now);
    checkout_steps::note(tx, &step.with_payment(payment)).await
}

/// Finds the payment terms of a transfer. If its checkout has been paid by another method
/// meanwhile, the checkout has the terms of that one.
async fn terms_of(
    tx: &ReadTx,
    checkout: &Checkout,
    id: &PaymentId,
) -> Result<PaymentTerms, DbError> {
    let terms = checkout.payment_terms();
    if checkout.is_transfer() {
        return Ok(terms);
    }
    let (standing, surcharge) = (
        payments::standing(tx, id).await?,
        payments::surcharge(tx, id).await?,
    );
    Ok(match standing.zip(surcharge) {
        Some(((_, total), surcharge)) => PaymentTerms {
            total,
            surcharge,
            ..terms
        },
        None => terms,
    })
}

async fn find(
    tx: &ReadTx,
    id: &PaymentId,
) -> Result<(Checkout, PaymentStatus, Money), TransferError> {
    let standing = payments::standing(tx, id).await?;
    let (status, total) = standing.ok_or_else(|| TransferError::Unknown(id.clone()))?;
    let checkout = checkouts::of_payment(tx, id).await?;
    // What is written on a transfer is what tells one.
    let is_transfer = payments::reference(tx, id).await?.is_some();
    let checkout = checkout.filter(|_| is_transfer);
    let checkout = checkout.ok_or_else(|| TransferError::NotATransfer(id.clone()))?;
    Ok((checkout, status, total))
}

/// What came: the amount entered, or all that was asked for.
fn amount(said: Option<&str>, total: Money, of: &Checkout) -> Result<Money, TransferError> {
    let Some(said) = said else {
        return Ok(total);
    };
    let came = Money::parse(said, of.total.currency()).map_err(TransferError::Amount)?;
    if came.is_positive() {
        Ok(came)
    } else {
        Err(TransferError::Nothing)
    }
}
