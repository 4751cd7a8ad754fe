//! Reviews: answers of payment providers that no rule covers, and what the portal's provider
//! decides about them. A resolved review is not opened again, however often the payment provider
//! reports the same.

use std::fmt;

use api_types::{CheckoutStatus, Money, PaymentId, PaymentStatus, Timestamp};

use super::lookup::find_attempt;
use super::posting::Posting;
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::reviews::{self, NewReview, Resolved, Review, ReviewKind};
use crate::db::{Db, DbError, ReadTx, TransactionError, WriteTx, customers, payments};
use crate::gateways::Received;
use crate::settings::Requests;

pub use crate::db::reviews::Resolution;

/// Why a review was not resolved.
#[derive(Debug)]
pub enum ReviewError {
    /// There is no review with this id.
    Unknown(String),
    /// A review of this kind has no money to decide about: what came has been booked, or no money
    /// is known to have come.
    NothingWaits(ReviewKind),
    /// The payment has been completed or cancelled meanwhile.
    Over(PaymentId),
    /// The database failed.
    Broken(DbError),
}

impl fmt::Display for ReviewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(id) => write!(f, "there is no review {id}; see `backend list-reviews`"),
            Self::NothingWaits(ReviewKind::Unreadable) => f.write_str(
                "no money waits in a review of unreadable: nothing of what came is booked; send it \
                 back at the payment provider and use --refuse, or use --noted",
            ),
            Self::NothingWaits(ReviewKind::ImportDiffers) => f.write_str(
                "an import says otherwise than the payment provider; mend its row and import it \
                 with --update, or use --noted",
            ),
            Self::NothingWaits(kind) => write!(
                f,
                "no money waits in a review of {kind}: what came is booked as it came; use --noted"
            ),
            Self::Over(id) => write!(
                f,
                "payment {id} does not wait any more; see `backend explain {id}`, and use --noted"
            ),
            Self::Broken(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReviewError {}

impl From<DbError> for ReviewError {
    fn from(error: DbError) -> Self {
        Self::Broken(error)
    }
}

impl TransactionError for ReviewError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Broken(error) if error.is_conflict())
    }
}

/// What came of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was carried out, for this money if there was any.
    Done(Option<Money>),
    /// The review was resolved before, and nothing was changed.
    Before(Resolved),
}

/// Lists the open reviews, or all of them, the oldest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn list(db: &Db, all: bool) -> Result<Vec<Review>, DbError> {
    db.read(async |tx: &ReadTx| reviews::list(tx, all).await)
        .await
}

/// Carries out a decision about a review, once.
///
/// # Errors
/// [`ReviewError::Unknown`] if there is no such review, [`ReviewError::NothingWaits`] if it has no
/// money to take or refuse, [`ReviewError::Over`] if the payment does not wait any more,
/// [`ReviewError::Broken`] if an amount or a sum is beyond its bound or the database fails. Nothing
/// is changed then.
pub async fn resolve(
    db: &Db,
    id: &str,
    (resolution, note): (Resolution, Option<&str>),
    at: (Requests, Timestamp),
) -> Result<Outcome, ReviewError> {
    db.write(async |tx| {
        let review = reviews::find(tx, id).await?;
        let review = review.ok_or_else(|| ReviewError::Unknown(id.to_owned()))?;
        // What was noted only still waits.
        let decided = |before: &Resolved| {
            before.resolution != Resolution::Noted || resolution == Resolution::Noted
        };
        if let Some(before) = review.resolved.filter(decided) {
            return Ok(Outcome::Before(before));
        }
        let money = match resolution {
            Resolution::Taken => Some(take(tx, &review.found, at).await?),
            Resolution::Refused => refuse(tx, &review.found, at).await?,
            Resolution::Noted => None,
        };
        reviews::resolve(tx, id, resolution, note, at.1).await?;
        if let Some(customer) = &review.found.customer {
            customers::touch(tx, customer).await?;
        }
        Ok(Outcome::Done(money))
    })
    .await
}

async fn take(
    tx: &WriteTx,
    found: &NewReview,
    at: (Requests, Timestamp),
) -> Result<Money, ReviewError> {
    let nothing = ReviewError::NothingWaits(found.kind);
    let (Some(attempt), Some(amount)) = (&found.attempt, waiting(found)) else {
        return Err(nothing);
    };
    let payment = found.payment.as_ref().ok_or(nothing)?;
    still_waits(tx, payment).await?;
    let (attempt, checkout) = find_attempt(tx, attempt).await?;
    let posting = Posting::by_attempt(&checkout, &attempt, at).known_as(Some(payment.clone()));
    let came = Received {
        payment_id: found.provider_ref.clone(),
        amount,
    };
    posting.take_as_it_came(tx, &came).await?;
    // Money of it may have gone back meanwhile, which counts from now on: it is read once more.
    attempts::read_next_at(tx, &attempt.id, at.1).await?;
    Ok(amount)
}

async fn refuse(
    tx: &WriteTx,
    found: &NewReview,
    at: (Requests, Timestamp),
) -> Result<Option<Money>, ReviewError> {
    let nothing = ReviewError::NothingWaits(found.kind);
    let Some(attempt) = &found.attempt else {
        return Err(nothing);
    };
    let (attempt, checkout) = find_attempt(tx, attempt).await?;
    let posting = Posting::by_attempt(&checkout, &attempt, at);
    match (&found.payment, waiting(found)) {
        (Some(payment), Some(amount)) => {
            still_waits(tx, payment).await?;
            posting.known_as(Some(payment.clone())).give_up(tx).await?;
            Ok(Some(amount))
        }
        _ if found.kind == ReviewKind::Unreadable
            && found.payment.is_none()
            && checkout.status == CheckoutStatus::NeedsReview =>
        {
            posting.give_up(tx).await?;
            Ok(None)
        }
        // Nothing came, and nothing is waited for any more. Should money come all the same, it is
        // booked as late money is.
        _ if matches!(found.kind, ReviewKind::Overdue | ReviewKind::ProviderLost)
            && checkout.status == CheckoutStatus::Confirming =>
        {
            posting.give_up_awaited(tx).await?;
            Ok(None)
        }
        _ => Err(nothing),
    }
}

/// The money that waits for a decision: only money that is not what was asked for waits, because
/// all other money is booked when it comes.
fn waiting(found: &NewReview) -> Option<Money> {
    found.amount.filter(|_| found.kind == ReviewKind::Mismatch)
}

async fn still_waits(tx: &ReadTx, payment: &PaymentId) -> Result<(), ReviewError> {
    match payments::status(tx, payment).await? {
        Some(PaymentStatus::Pending) => Ok(()),
        _ => Err(ReviewError::Over(payment.clone())),
    }
}

/// Opens a review about money that was on its way: the payment provider no longer knows the
/// payment, or the money takes longer than it ever should.
///
/// # Errors
/// [`DbError`] if the database fails.
pub(super) async fn open_awaited(
    app: &App,
    kind: ReviewKind,
    (attempt, checkout): (&Attempt, &Checkout),
    provider_id: &str,
) -> Result<(), DbError> {
    let review = NewReview {
        kind,
        customer: Some(checkout.customer.clone()),
        checkout: Some(checkout.id.clone()),
        attempt: Some(attempt.id.clone()),
        payment: attempt.payment.clone(),
        gateway: attempt.gateway.clone(),
        provider_ref: provider_id.to_owned(),
        amount: None,
        asked: Some(attempt.terms.total),
    };
    let now = app.now();
    app.db()
        .write(async |tx| reviews::note(tx, &review, now).await)
        .await?;
    Ok(())
}
