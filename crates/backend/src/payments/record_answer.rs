//! Stores with an attempt what its provider has said: ids, page, state, and the fee of its money.

use std::time::Duration;

use api_types::{DisputeState, Money, Timestamp};

use super::{provider, times};
use crate::db::attempts::{self, AtProvider, Attempt};
use crate::db::{DbError, WriteTx, payments};
use crate::gateways::{ProviderPayment, ProviderState, RefundStatus, TOO_LARGE};

/// Records the provider's ids, page and state with the attempt, unless a later state is recorded
/// already, because answers may arrive out of order.
///
/// # Errors
/// [`DbError::Taken`] if another attempt of the gateway has the provider's id; otherwise as the
/// database fails.
pub(super) async fn record_answer(
    tx: &WriteTx,
    attempt: &Attempt,
    said: &ProviderPayment,
    state: &ProviderState,
    (now, next_read_at): (Timestamp, Option<Timestamp>),
) -> Result<(), DbError> {
    provider::add_ids(tx, &attempt.gateway, &said.ids, &attempt.id).await?;
    let before = attempt.said.as_deref();
    let last_word = before.is_some() && !attempt.is_watched;
    if before == Some("paid") {
        // What becomes of the money is told by then, unless some of it is still to be decided.
        return match undecided_pause(said, now.since(attempt.created_at)) {
            Some(pause) => attempts::read_next_at(tx, &attempt.id, now.plus(pause)).await,
            None if attempt.is_watched => attempts::leave(tx, &attempt.id).await,
            None => Ok(()),
        };
    }
    // Money that is too large is forgotten only for money that is not.
    let is_kept = match before {
        Some(TOO_LARGE) => !matches!(state, ProviderState::Paid(_)),
        _ => last_word && !state.is_final(),
    };
    if is_kept {
        return Ok(());
    }
    let at_provider = at_provider(attempt, said);
    let next = match state.is_final() {
        true => undecided_pause(said, now.since(attempt.created_at)).map(|pause| now.plus(pause)),
        false => next_read_at,
    };
    attempts::record_answer(tx, &attempt.id, &at_provider, state.word(), next).await
}

/// After what pause a payment is read again that is over, and of which more is to be known: what
/// could not be read now, the fee, or whether money goes back, since a notification may be lost.
fn undecided_pause(said: &ProviderPayment, age: Duration) -> Option<Duration> {
    let mut refunds = said.events.refunds.iter();
    let mut disputes = said.events.disputes.iter();
    if said.awaits_fee && age < times::FEE_WITHIN {
        Some(times::FEE_AGAIN)
    } else if said.events.is_missing || refunds.any(|refund| refund.status == RefundStatus::Pending)
    {
        Some(times::REFUND_AGAIN_AT_LAST)
    } else if disputes.any(|dispute| dispute.state == DisputeState::Open) {
        Some(times::DISPUTE_AGAIN)
    } else {
        None
    }
}

/// How the provider knows the attempt by now: a page that it does not tell any more stays as it was.
fn at_provider(attempt: &Attempt, said: &ProviderPayment) -> AtProvider {
    let before = attempt.at_provider.as_ref();
    let (url, form) = match (&said.page, before) {
        (Some(page), _) => (page.url.clone(), page.form.clone()),
        (None, Some(before)) => (before.url.clone(), before.form.clone()),
        (None, None) => (String::new(), None),
    };
    AtProvider {
        id: said.id.clone(),
        url,
        form,
    }
}

/// Stores what the provider keeps of money that has come.
///
/// # Errors
/// [`DbError`] if the database fails.
pub(super) async fn record_fee(
    tx: &WriteTx,
    attempt: &Attempt,
    state: &ProviderState,
    fee: Option<Money>,
) -> Result<(), DbError> {
    let (ProviderState::Paid(money), Some(fee)) = (state, fee) else {
        return Ok(());
    };
    let key = payments::ProviderPayment {
        gateway: attempt.gateway.clone(),
        id: money.payment_id.clone(),
    };
    payments::set_fee(tx, &key, fee).await
}
