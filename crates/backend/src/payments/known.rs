//! Reads what is known of a checkout and of the money of an answer before the answer is applied.

use api_types::{PaymentId, PaymentStatus, Timestamp};

use super::imported::Joined;
use super::posting::{Posting, other_amount};
use super::settle::{Booked, Known};
use crate::db::attempts::Attempt;
use crate::db::checkouts::Checkout;
use crate::db::payments::{self, KeyedPayment, ProviderPayment};
use crate::db::reviews::{self, NewReview, Resolution, ReviewKind};
use crate::db::{DbError, ReadTx, WriteTx};
use crate::gateways::{ProviderState, Received, TOO_LARGE, TooLarge};

/// Reads what is known about a checkout and the attempt that an answer is about, before the answer
/// is applied.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub(super) async fn read_known(
    tx: &ReadTx,
    checkout: &Checkout,
    joined: &Joined,
) -> Result<Known, DbError> {
    let attempt = &joined.attempt;
    let payment = match &attempt.payment {
        // It is what came just now, and nothing that was there before.
        Some(_) if joined.is_confirmed() => None,
        Some(id) => payments::standing(tx, id).await?,
        None => None,
    };
    Ok(Known {
        status: checkout.status,
        is_superseded: attempt.is_superseded(),
        total: attempt.terms.total,
        payment: payment.map(|(status, total)| Booked { status, total }),
        other_money: checkout.payment.is_some() && checkout.payment != attempt.payment,
        too_large: attempt.said.as_deref() == Some(TOO_LARGE),
    })
}

/// Whether the money of an answer has been booked for the checkout as it came, although it was not
/// what was asked for. If the amount differs by now, a review is opened.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub(super) async fn is_booked(
    tx: &WriteTx,
    posting: &Posting<'_>,
    Joined { attempt, state, .. }: &Joined,
    checkout: &Checkout,
) -> Result<bool, DbError> {
    let ProviderState::Paid(money) = state else {
        return Ok(false);
    };
    let known = find_by_provider_id(tx, attempt, money).await?;
    let known = known.filter(|known| {
        known.status == PaymentStatus::Completed && known.checkout.as_ref() == Some(&checkout.id)
    });
    let Some(known) = known else {
        return Ok(false);
    };
    if known.total != money.amount {
        posting.record_other_amount(tx, &known.id, money).await?;
    }
    Ok(true)
}

/// Finds what the money of an answer has become so far: by the provider's id for it, since a
/// provider may move money twice for one attempt; otherwise by the payment of the attempt.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub(super) async fn known_money(
    tx: &ReadTx,
    attempt: &Attempt,
    state: &ProviderState,
) -> Result<Option<(PaymentId, Booked)>, DbError> {
    let by_name = match state {
        ProviderState::Paid(money) => find_by_provider_id(tx, attempt, money).await?,
        _ => None,
    };
    if let Some(KeyedPayment {
        id, status, total, ..
    }) = by_name
    {
        return Ok(Some((id, Booked { status, total })));
    }
    let Some(id) = attempt.payment.clone() else {
        return Ok(None);
    };
    let standing = payments::standing(tx, &id).await?;
    let booked = standing.map(|(status, total)| Booked { status, total });
    // Money by another name than that of what is there already is other money.
    let booked = booked.filter(|of| of.status != PaymentStatus::Completed);
    Ok(booked.map(|booked| (id, booked)))
}

/// Finds the payment that has the provider's id of the money.
async fn find_by_provider_id(
    tx: &ReadTx,
    attempt: &Attempt,
    money: &Received,
) -> Result<Option<KeyedPayment>, DbError> {
    let provider = ProviderPayment {
        gateway: attempt.gateway.clone(),
        id: money.payment_id.clone(),
    };
    payments::find_by_provider(tx, &provider).await
}

/// Whether a review was resolved by sending back money that is beyond its bound.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
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

/// Whether a review about this money has been resolved, so that the answer changes nothing any
/// more. If the money was taken and its amount differs by now, another review is opened.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
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
