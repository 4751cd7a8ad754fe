//! What no rule fits, and what the provider decides about it. What has been decided is not
//! asked again, however often the payment provider tells the same.

use std::fmt;

use api_types::{CheckoutStatus, Money, PaymentId, PaymentStatus, Timestamp};

use super::apply;
use super::booking::{Booking, other_amount};
use super::gateway::{Received, TooLarge};
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::reviews::{self, NewReview, Resolved, Review, ReviewKind};
use crate::db::{Db, DbError, ReadTx, TransactionError, WriteTx, customers, payments};
use crate::settings::Requests;

pub use crate::db::reviews::Resolution;

/// Why nothing was decided.
#[derive(Debug)]
pub enum ReviewError {
    /// There is no review with this id.
    Unknown(String),
    /// A review of this kind has no money that waits: what came has been booked, or nothing is
    /// known to have come.
    NothingWaits(ReviewKind),
    /// What waited has been settled or given up meanwhile.
    Over(PaymentId),
    /// Something broke here.
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
    /// It was carried out, for this money where there was any.
    Done(Option<Money>),
    /// Somebody had decided before, and nothing was changed.
    Before(Resolved),
}

/// The reviews that nobody has decided about, or all of them; the oldest first.
pub async fn list(db: &Db, all: bool) -> Result<Vec<Review>, DbError> {
    db.read(async |tx: &ReadTx| reviews::list(tx, all).await)
        .await
}

/// Carries out what somebody has decided, once.
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
    let (attempt, checkout) = apply::find(tx, attempt).await?;
    let booking = Booking::by_attempt(&checkout, &attempt, at).known_as(Some(payment.clone()));
    let came = Received {
        payment_id: found.provider_ref.clone(),
        amount,
    };
    booking.take_as_it_came(tx, &came).await?;
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
    let (attempt, checkout) = apply::find(tx, attempt).await?;
    let booking = Booking::by_attempt(&checkout, &attempt, at);
    match (&found.payment, waiting(found)) {
        (Some(payment), Some(amount)) => {
            still_waits(tx, payment).await?;
            booking.known_as(Some(payment.clone())).give_up(tx).await?;
            Ok(Some(amount))
        }
        _ if found.kind == ReviewKind::Unreadable
            && found.payment.is_none()
            && checkout.status == CheckoutStatus::NeedsReview =>
        {
            booking.give_up(tx).await?;
            Ok(None)
        }
        _ => Err(nothing),
    }
}

/// What waits for a decision: money that is not what was asked for. All other money is booked
/// when it comes.
fn waiting(found: &NewReview) -> Option<Money> {
    found.amount.filter(|_| found.kind == ReviewKind::Mismatch)
}

async fn still_waits(tx: &ReadTx, payment: &PaymentId) -> Result<(), ReviewError> {
    match payments::status(tx, payment).await? {
        Some(PaymentStatus::Pending) => Ok(()),
        _ => Err(ReviewError::Over(payment.clone())),
    }
}

/// The payment provider does not know a payment any more whose money was on its way.
pub(super) async fn lost(
    app: &App,
    (attempt, checkout): (&Attempt, &Checkout),
    provider_id: &str,
) -> Result<(), DbError> {
    let review = NewReview {
        kind: ReviewKind::ProviderLost,
        customer: Some(checkout.customer.clone()),
        checkout: Some(checkout.id.clone()),
        attempt: Some(attempt.id.clone()),
        payment: attempt.payment.clone(),
        gateway: attempt.gateway.clone(),
        provider_ref: provider_id.to_owned(),
        amount: None,
        asked: Some(attempt.way.total),
    };
    let now = app.now();
    app.db()
        .write(async |tx| reviews::note(tx, &review, now).await)
        .await?;
    Ok(())
}

/// Whether somebody has said that money which is more than can be kept has been sent back.
pub(super) async fn is_refused(
    tx: &WriteTx,
    attempt: &Attempt,
    money: &TooLarge,
) -> Result<bool, DbError> {
    let (gateway, id) = (attempt.gateway.as_str(), money.payment_id.as_str());
    let review = reviews::about(tx, ReviewKind::Unreadable, gateway, id).await?;
    let resolved = review.and_then(|review| review.resolved);
    Ok(resolved.is_some_and(|resolved| resolved.resolution == Resolution::Refused))
}

/// Whether somebody has decided about this very money, so that it means nothing any more. Where
/// it was taken and is another amount by now, somebody has to look again.
pub(super) async fn is_decided(
    tx: &WriteTx,
    attempt: &Attempt,
    money: &Received,
    now: Timestamp,
) -> Result<bool, DbError> {
    let (gateway, id) = (attempt.gateway.as_str(), money.payment_id.as_str());
    let review = reviews::about(tx, ReviewKind::Mismatch, gateway, id).await?;
    let Some((review, Some(resolved))) = review.map(|review| (review.found, review.resolved))
    else {
        return Ok(false);
    };
    let same = review.amount == Some(money.amount);
    match resolved.resolution {
        Resolution::Noted => Ok(false),
        Resolution::Refused => Ok(same),
        Resolution::Taken => {
            if !same {
                let again = NewReview {
                    kind: ReviewKind::Unreadable,
                    provider_ref: other_amount(money),
                    amount: Some(money.amount),
                    ..review
                };
                reviews::note(tx, &again, now).await?;
            }
            Ok(true)
        }
    }
}
