//! Stores with an attempt what its provider has said: ids, page, state, and the fee of its money.

use api_types::{Money, Timestamp};

use super::provider;
use crate::db::attempts::{self, AtProvider, Attempt};
use crate::db::{DbError, WriteTx, payments};
use crate::gateways::{ProviderPayment, ProviderState, TOO_LARGE};

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
    next_read_at: Option<Timestamp>,
) -> Result<(), DbError> {
    provider::add_ids(tx, &attempt.gateway, &said.ids, &attempt.id).await?;
    let before = attempt.said.as_deref();
    let last_word = before.is_some() && !attempt.is_watched;
    if before == Some("paid") {
        // It was read again for what has become of the money, and that is told now.
        return match attempt.is_watched {
            true => attempts::leave(tx, &attempt.id).await,
            false => Ok(()),
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
    let next = next_read_at.filter(|_| !state.is_final());
    attempts::record_answer(tx, &attempt.id, &at_provider, state.word(), next).await
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
