//! Money that an import brought before its payment provider reported it: the provider's payment is
//! joined with the imported one, so that the money is booked once.

use api_types::{PaymentKind, PaymentStatus, Timestamp};

use crate::db::attempts::{self, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::payments::{self, KeyedPayment, ProviderPayment};
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::{DbError, WriteTx};
use crate::gateways::ProviderState;

/// What an import knows of the money that a provider reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Imported {
    /// Nothing that counts: no import brought the money, or the provider had reported it before.
    Nothing,
    /// An import brought the money with this status, and the provider reports it for the first
    /// time.
    Confirmed(PaymentStatus),
    /// An import brought other money under the same key.
    Differs,
}

/// An attempt and its provider's state, with what an import knows of the same money.
pub(super) struct Joined {
    /// The attempt. It is linked to the imported payment if there is one.
    pub attempt: Attempt,
    /// The provider's state, as far as it can be applied.
    pub state: ProviderState,
    /// What an import knows of the money.
    pub imported: Imported,
}

impl Joined {
    /// A provider's state of which no import knows anything.
    pub fn without_import(attempt: Attempt, state: ProviderState) -> Self {
        Self {
            attempt,
            state,
            imported: Imported::Nothing,
        }
    }

    /// Whether an import brought the money and this is the first report of it by the provider.
    pub fn is_confirmed(&self) -> bool {
        matches!(self.imported, Imported::Confirmed(_))
    }
}

/// Joins a provider's state with what an import brought under the same key. If the two are not the
/// same money, a review is opened and the state is not applied until it is resolved.
///
/// # Errors
/// [`DbError::Refused`] if a payment that was expected of the attempt cannot be cancelled,
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount or
/// a sum is beyond its bound; otherwise as the database fails.
pub(super) async fn join(
    tx: &WriteTx,
    attempt: Attempt,
    checkout: &Checkout,
    state: &ProviderState,
    now: Timestamp,
) -> Result<Joined, DbError> {
    let (ProviderState::Paid(money) | ProviderState::Processing(Some(money))) = state else {
        return Ok(Joined::without_import(attempt, state.clone()));
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
        return Ok(Joined::without_import(attempt, state.clone()));
    };
    if !is_settled {
        // The import may be ahead of the provider's own word; only that settles.
        return Ok(Joined::without_import(
            attempt,
            ProviderState::Processing(None),
        ));
    }
    let surcharge = attempt.terms.surcharge_in(money.amount);
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
            asked: Some(attempt.terms.total),
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

/// Closes the review about a provider's key, because no import has other money under it any more.
///
/// # Errors
/// [`DbError`] if the database fails.
pub(super) async fn agrees(
    tx: &WriteTx,
    provider: &ProviderPayment,
    now: Timestamp,
) -> Result<(), DbError> {
    let ProviderPayment { gateway, id } = provider;
    let about = (ReviewKind::ImportDiffers, gateway.as_str(), id.as_str());
    reviews::settle(tx, about, "the import has been mended", now).await
}

/// Links the attempt to the imported payment, and cancels the pending payment that was expected of
/// it.
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
    attempts::set_payment(tx, &attempt.id, &known.id).await?;
    Ok(Attempt {
        payment: Some(known.id.clone()),
        ..attempt
    })
}
