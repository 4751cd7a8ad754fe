//! Money that an import has brought before its payment provider told of it: the provider's word
//! joins the payment that is there, so that the money is booked once.

use api_types::{PaymentKind, PaymentStatus, Timestamp};

use super::gateway::ProviderState;
use crate::db::attempts::{self, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::payments::{self, KeyedPayment, ProviderPayment};
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::{DbError, WriteTx};

/// What an import says of the money that a provider tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Imported {
    /// Nothing that counts: it has not brought the money, or the provider had told of it before.
    Nothing,
    /// It brought the money as this, and the provider has told of it now for the first time.
    Confirmed(PaymentStatus),
    /// It has other money under the same key.
    Differs,
}

/// An attempt and what its provider said of it, with what an import knows of the same money.
pub(super) struct Joined {
    /// The attempt, which has become the imported payment where there is one.
    pub attempt: Attempt,
    /// What the provider said, as far as it can be followed.
    pub state: ProviderState,
    /// What an import says of it.
    pub imported: Imported,
}

impl Joined {
    /// What a provider said, where no import says anything of it.
    pub fn as_told(attempt: Attempt, state: ProviderState) -> Self {
        Self {
            attempt,
            state,
            imported: Imported::Nothing,
        }
    }

    /// Whether an import had brought the money, and nothing has followed from it yet.
    pub fn is_confirmed(&self) -> bool {
        matches!(self.imported, Imported::Confirmed(_))
    }
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
    let (ProviderState::Paid(money) | ProviderState::Processing(Some(money))) = state else {
        return Ok(Joined::as_told(attempt, state.clone()));
    };
    let is_settled = matches!(state, ProviderState::Paid(_));
    let provider = ProviderPayment {
        gateway: attempt.gateway.clone(),
        id: money.payment_id.clone(),
    };
    let known = payments::find_by_provider(tx, &provider).await?;
    let Some(known) = known.filter(|known| known.only_imported) else {
        if is_settled {
            agrees(tx, &provider, now).await?;
        }
        return Ok(Joined::as_told(attempt, state.clone()));
    };
    if !is_settled {
        // The import may be ahead of the provider's own word; only that settles.
        return Ok(Joined::as_told(attempt, ProviderState::Processing(None)));
    }
    let surcharge = attempt.way.surcharge_in(money.amount);
    let is_same = known.kind == PaymentKind::Payment
        && known.customer == checkout.customer
        && known.total == money.amount
        && (known.surcharge.is_zero() || known.surcharge == surcharge);
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
        return Ok(Joined {
            attempt,
            state: ProviderState::Unreadable,
            imported: Imported::Differs,
        });
    }
    agrees(tx, &provider, now).await?;
    if known.status == PaymentStatus::Completed && known.surcharge != surcharge {
        payments::take_surcharge(tx, &known, surcharge, now).await?;
    }
    Ok(Joined {
        attempt: become_it(tx, attempt, checkout, &known).await?,
        state: state.clone(),
        imported: Imported::Confirmed(known.status),
    })
}

/// No import has other money any more under the key that a provider tells: what there was to
/// look into has come to its end.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub(super) async fn agrees(
    tx: &WriteTx,
    provider: &ProviderPayment,
    now: Timestamp,
) -> Result<(), DbError> {
    let ProviderPayment { gateway, id } = provider;
    let about = (ReviewKind::ImportDiffers, gateway.as_str(), id.as_str());
    reviews::settle(tx, about, "the import has been mended", now).await
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
