//! What is known of a checkout and of the money of an answer before the answer is followed.

use api_types::{PaymentId, PaymentStatus};

use super::booking::Booking;
use super::gateway::{ProviderState, Received, TOO_LARGE};
use super::imported::Joined;
use super::settle::{Booked, Known};
use crate::db::attempts::Attempt;
use crate::db::checkouts::Checkout;
use crate::db::payments::{self, KeyedPayment, ProviderPayment};
use crate::db::{DbError, ReadTx, WriteTx};

/// What is known about a checkout and the attempt that an answer is about, before the answer is
/// followed.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub(super) async fn known(
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
        total: attempt.way.total,
        payment: payment.map(|(status, total)| Booked { status, total }),
        other_money: checkout.payment.is_some() && checkout.payment != attempt.payment,
        too_large: attempt.said.as_deref() == Some(TOO_LARGE),
    })
}

/// Whether the money of an answer has been booked for the checkout as it came, though that was
/// not what was asked for. Where it is another amount by now, somebody has to look.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub(super) async fn is_booked(
    tx: &WriteTx,
    booking: &Booking<'_>,
    Joined { attempt, state, .. }: &Joined,
    checkout: &Checkout,
) -> Result<bool, DbError> {
    let ProviderState::Paid(money) = state else {
        return Ok(false);
    };
    let known = named(tx, attempt, money).await?;
    let known = known.filter(|known| {
        known.status == PaymentStatus::Completed && known.checkout.as_ref() == Some(&checkout.id)
    });
    let Some(known) = known else {
        return Ok(false);
    };
    if known.total != money.amount {
        booking.tell_other_amount(tx, &known.id, money).await?;
    }
    Ok(true)
}

/// What the money of an answer has become so far: by the provider's name for it, since a
/// provider may move money twice for one attempt; or else what the attempt has become.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub(super) async fn known_money(
    tx: &ReadTx,
    attempt: &Attempt,
    state: &ProviderState,
) -> Result<Option<(PaymentId, Booked)>, DbError> {
    let by_name = match state {
        ProviderState::Paid(money) => named(tx, attempt, money).await?,
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

/// The payment that stands under the name of money at its provider.
async fn named(
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
