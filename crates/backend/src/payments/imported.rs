//! Money that an import has brought before its payment provider told of it: the provider's word
//! joins the payment that is there, so that the money is booked once.

use api_types::{PaymentKind, PaymentStatus, Timestamp};

use super::gateway::ProviderState;
use crate::db::attempts::{self, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::payments::{self, KeyedPayment, ProviderPayment};
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::{DbError, WriteTx};

/// An attempt and what its provider said of it, with what an import knows of the same money.
pub(super) struct Joined {
    /// The attempt, which has become the imported payment where there is one.
    pub attempt: Attempt,
    /// What the provider said, as far as it can be followed.
    pub state: ProviderState,
}

/// Joins what a provider says with what an import has brought under the same key. Where the two
/// are not the same money, somebody has to look, and the answer is not followed until then.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub(super) async fn join(
    tx: &WriteTx,
    attempt: Attempt,
    checkout: &Checkout,
    state: &ProviderState,
    now: Timestamp,
) -> Result<Joined, DbError> {
    let as_told = |attempt| Joined {
        attempt,
        state: state.clone(),
    };
    let (ProviderState::Paid(money) | ProviderState::Processing(Some(money))) = state else {
        return Ok(as_told(attempt));
    };
    let provider = ProviderPayment {
        gateway: attempt.gateway.clone(),
        id: money.payment_id.clone(),
    };
    let known = payments::find_by_provider(tx, &provider).await?;
    let Some(known) = known.filter(|known| known.only_imported) else {
        return Ok(as_told(attempt));
    };
    if matches!(state, ProviderState::Processing(_)) {
        // The import may be ahead of the provider's own word; only that settles.
        let state = ProviderState::Processing(None);
        return Ok(Joined { attempt, state });
    }
    let is_same = known.kind == PaymentKind::Payment
        && known.customer == checkout.customer
        && known.total == money.amount;
    if !is_same {
        let review = NewReview {
            kind: ReviewKind::ImportDiffers,
            customer: Some(checkout.customer.clone()),
            checkout: Some(checkout.id.clone()),
            attempt: Some(attempt.id.clone()),
            payment: Some(known.id),
            gateway: provider.gateway,
            provider_ref: provider.id,
            amount: Some(money.amount),
            asked: Some(attempt.way.total),
        };
        reviews::note(tx, &review, now).await?;
        let state = ProviderState::Unreadable;
        return Ok(Joined { attempt, state });
    }
    become_it(tx, attempt, checkout, &known).await.map(as_told)
}

async fn become_it(
    tx: &WriteTx,
    attempt: Attempt,
    checkout: &Checkout,
    known: &KeyedPayment,
) -> Result<Attempt, DbError> {
    payments::confirm_payment(tx, &known.id, &checkout.id).await?;
    if let Some(expected) = attempt.payment.as_ref().filter(|id| **id != known.id)
        && payments::status(tx, expected).await? == Some(PaymentStatus::Pending)
    {
        // What was expected of the attempt has come as the imported payment.
        payments::cancel(tx, expected, None).await?;
    }
    attempts::became(tx, &attempt.id, &known.id).await?;
    Ok(Attempt {
        payment: Some(known.id.clone()),
        ..attempt
    })
}
