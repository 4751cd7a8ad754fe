//! Converts a checkout to its form in the API.

use api_types::{Checkout, CheckoutItem, CheckoutStatus, MethodKind, TransferInstructions};

use super::transfers;
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::{DbError, ReadTx, checkouts, customers, launch_tokens, payments};

/// Converts a checkout to its form in the API, reading all of it from one snapshot.
///
/// # Errors
/// [`DbError::Unreadable`] if there is no such customer or a stored value cannot be read,
/// [`DbError::TooLarge`] if an amount is beyond its bound; otherwise as the database fails.
pub(super) async fn of(
    app: &App,
    tx: &ReadTx,
    checkout: &checkouts::Checkout,
    attempt: Option<&Attempt>,
) -> Result<Checkout, DbError> {
    let items = checkouts::items(tx, checkout).await?;
    let gateway = attempt.map(|attempt| attempt.gateway.as_str());
    let secret = app.gateways().secret();
    let can_cancel = match attempt {
        Some(_) => matches!(
            checkout.status,
            CheckoutStatus::Created | CheckoutStatus::Open
        ),
        None => transfers::can_turn_back(checkout),
    };
    Ok(Checkout {
        id: checkout.id.clone(),
        status: checkout.status,
        pays_for: checkout.pays_for.clone(),
        items: items.into_iter().map(item).collect(),
        total: checkout.total,
        surcharge: checkout.surcharge,
        method: checkout.method.clone(),
        option: checkout.option.clone(),
        pay_host: app.gateways().pay_host(gateway.unwrap_or_default()),
        instructions: instructions(app, tx, checkout).await?,
        launched: match attempt {
            Some(attempt) => launch_tokens::launched(tx, &attempt.id).await?,
            None => false,
        },
        can_cancel,
        failure: checkout.failure,
        payment: checkout.payment.clone(),
        attempt: number(tx, checkout, attempt).await?,
        expected_on: match checkout.status {
            CheckoutStatus::Confirming => {
                let terms = app.terms();
                terms.expected_on(&checkout.method, checkout.created_at)
            }
            _ => None,
        },
        created_at: checkout.created_at,
        expires_at: checkout.expires_at,
        as_of: app.now(),
        nonce: attempt
            .map(|attempt| secret.nonce(&checkout.id, &attempt.id))
            .unwrap_or_default(),
        version: customers::version(tx, &checkout.customer).await?,
    })
}

/// The number of the current attempt. A bank transfer counts as an attempt although it has no row.
async fn number(
    tx: &ReadTx,
    checkout: &checkouts::Checkout,
    attempt: Option<&Attempt>,
) -> Result<u32, DbError> {
    if let Some(attempt) = attempt {
        return Ok(attempt.number);
    }
    let before = attempts::all_of_checkout(tx, &checkout.id).await?;
    Ok(before.last().map_or(1, |last| last.number + 1))
}

fn item(item: checkouts::Item) -> CheckoutItem {
    CheckoutItem {
        invoice: item.invoice,
        event: item.event,
        number: item.number,
        amount: item.amount,
    }
}

/// The instructions of a bank transfer, while it is pending.
async fn instructions(
    app: &App,
    tx: &ReadTx,
    checkout: &checkouts::Checkout,
) -> Result<Option<TransferInstructions>, DbError> {
    let is_waited_for = checkout.paid_by.kind == MethodKind::BankTransfer
        && checkout.status == CheckoutStatus::Confirming;
    let Some(payment) = checkout.payment.as_ref().filter(|_| is_waited_for) else {
        return Ok(None);
    };
    let reference = payments::reference(tx, payment).await?;
    Ok(reference.map(|reference| TransferInstructions {
        details: app.terms().instructions(&checkout.method),
        reference,
    }))
}
