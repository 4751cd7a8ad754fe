//! Bank transfers: the customer sends the money at their own bank, and the provider says
//! what came of it, since nobody else sees the account that it comes to.
//!
//! A transfer has no attempt and no window. It is `confirming` from the moment it is made,
//! and so is its payment Pending; it ends by the provider's word, by the customer's turning
//! back, or when nobody has heard of it for long.

use std::fmt;

use api_types::{
    BadMoney, CheckoutStatus, FailureCode, Money, PaymentId, PaymentStatus, PaymentStepKind,
    Timestamp,
};

use super::apply;
use super::booking::Booking;
use super::checkouts::CheckoutError;
use crate::app::App;
use crate::db::attempts::Way;
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
    /// It is a payment, but no transfer that was begun in the portal.
    NotATransfer(PaymentId),
    /// The amount that came is not one of the payment's currency.
    Amount(BadMoney),
    /// The amount that came is nothing.
    Nothing,
    /// It has been settled before, with this amount.
    SettledAs(PaymentId, Money),
    /// The money is there, so it cannot be cancelled.
    IsThere(PaymentId),
    /// Something broke here.
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

/// What came of a word of the provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done, for this much.
    Done(Money),
    /// It had been done before, and nothing was changed.
    Before,
}

/// The money of a transfer has come: as much as was asked for, or as `received` says. It is
/// booked once, however often it is said; a transfer that had been given up is booked too.
/// What comes of asking for a time decides what becomes of a held one that it pays for.
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
        let way = way(tx, &checkout, id).await?;
        let booking = Booking::by_transfer(&checkout, (way, Some(id.clone())), (requests, now));
        booking.settle_transfer(tx, came).await?;
        finish(tx, &checkout, CheckoutStatus::Paid, None, now).await?;
        Ok(Outcome::Done(came))
    })
    .await
}

/// The money of a transfer will not come.
pub async fn cancel(db: &Db, id: &PaymentId, now: Timestamp) -> Result<Outcome, TransferError> {
    db.write(async |tx| {
        let (checkout, status, total) = find(tx, id).await?;
        match status {
            PaymentStatus::Completed => Err(TransferError::IsThere(id.clone())),
            PaymentStatus::Cancelled => Ok(Outcome::Before),
            _ => {
                payments::cancel(tx, id, None).await?;
                let end = CheckoutStatus::Cancelled;
                tell_end(tx, &checkout, (id, end), now).await?;
                finish(tx, &checkout, end, None, now).await?;
                Ok(Outcome::Done(total))
            }
        }
    })
    .await
}

/// The transfers that are waited for, the oldest first.
pub async fn pending(db: &Db) -> Result<Vec<PendingTransfer>, DbError> {
    db.read(async |tx: &ReadTx| payments::pending_transfers(tx).await)
        .await
}

/// Whether the customer can still turn back from a checkout without an attempt.
pub(super) fn can_turn_back(checkout: &Checkout) -> bool {
    checkout.is_transfer() && checkout.status == CheckoutStatus::Confirming
}

/// The customer does not send the money after all.
pub(super) async fn turn_back(app: &App, checkout: &Checkout) -> Result<(), CheckoutError> {
    let ended = end(app, checkout, CheckoutStatus::Cancelled, None).await?;
    match ended {
        CheckoutStatus::Failed | CheckoutStatus::Cancelled | CheckoutStatus::Expired => Ok(()),
        _ => Err(CheckoutError::Over),
    }
}

/// Ends the transfers that nobody has heard of for so long that nobody will, and those for
/// what cannot be paid any more. Money that comes all the same is credit.
pub async fn end_overdue(app: &App) -> Result<(), DbError> {
    let now = app.now();
    let over = app
        .db()
        .read(async |tx: &ReadTx| {
            let overdue = checkouts::overdue_transfers(tx, now).await?;
            let pointless = checkouts::pointless_transfers(tx).await?;
            let late = (CheckoutStatus::Expired, Some(FailureCode::TimedOut));
            let ends = overdue.into_iter().map(|id| (id, late));
            let pointless = pointless.into_iter();
            let ends = ends.chain(pointless.map(|id| (id, (CheckoutStatus::Cancelled, None))));
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
            tell_end(tx, checkout, (payment, status), now).await?;
            let version = finish(tx, checkout, status, why, now).await?;
            Ok((status, Some(version)))
        })
        .await?;
    if let Some(version) = version {
        let (id, to) = (&checkout.id, status.as_str());
        tracing::info!(checkout = %id, to, version, "a transfer has ended");
        apply::publish(app, &checkout.customer, checkout.id.clone(), version);
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

/// A transfer that is over without money, as a step of its story.
async fn tell_end(
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

/// What a transfer was asked for as. The checkout may have been paid another way meanwhile,
/// and then tells that one.
async fn way(tx: &ReadTx, checkout: &Checkout, id: &PaymentId) -> Result<Way, DbError> {
    let way = checkout.way();
    if checkout.is_transfer() {
        return Ok(way);
    }
    let (standing, surcharge) = (
        payments::standing(tx, id).await?,
        payments::surcharge(tx, id).await?,
    );
    Ok(match standing.zip(surcharge) {
        Some(((_, total), surcharge)) => Way {
            total,
            surcharge,
            ..way
        },
        None => way,
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

/// What came: as was said, or all of what was asked for.
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
