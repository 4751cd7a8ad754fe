//! What a customer does with a checkout: reads it, opens another window to it, cancels it.

use std::sync::Arc;

use api_types::{AttemptId, Checkout, CheckoutId, CheckoutStatus, CreateLaunch, CustomerId, Page};

use super::CheckoutError;
use super::abandoned::exceeds_remaining;
use super::launch::add_token;
use super::lookup::{find_attempt, find_own};
use super::reconcile::{reconcile_within, refresh};
use super::{apply, provider, times, transfers, view};
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::{DbError, ReadTx, checkouts, customers};
use crate::failpoints::failpoint;
use crate::gateways::{Closing, Ended, Gateway, GatewayError};

/// Reads a customer's checkout from the database, without asking the provider.
///
/// # Errors
/// [`CheckoutError::NotFound`] if the customer has no such checkout, [`CheckoutError::Broken`] if
/// the database fails.
pub async fn stored_view(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
) -> Result<Checkout, CheckoutError> {
    app.db()
        .read(async |tx: &ReadTx| {
            let (checkout, attempt) = find_own(tx, customer, id).await?;
            Ok(view::of(app, tx, &checkout, attempt.as_ref()).await?)
        })
        .await
}

/// Reads a customer's checkout. If it is not over and was not read within the last seconds, the
/// provider is read first, for four seconds at most.
///
/// # Errors
/// [`CheckoutError::NotFound`] if the customer has no such checkout, [`CheckoutError::Broken`] if
/// the database fails. A provider that cannot be read is no error.
pub async fn look(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
) -> Result<Checkout, CheckoutError> {
    let (checkout, attempt) = app
        .db()
        .read(async |tx: &ReadTx| find_own(tx, customer, id).await)
        .await?;
    if let Some(attempt) = attempt {
        refresh(app, &attempt, &checkout).await?;
    }
    stored_view(app, customer, id).await
}

/// Lists a customer's checkouts that are not over, the newest first.
///
/// # Errors
/// [`CheckoutError::Broken`] if the database fails.
pub async fn live(app: &App, customer: &CustomerId) -> Result<Page<Checkout>, CheckoutError> {
    app.db()
        .read(async |tx: &ReadTx| {
            let mut data = Vec::new();
            for checkout in checkouts::live(tx, customer).await? {
                let attempt = attempts::of_checkout(tx, &checkout.id).await?;
                data.push(view::of(app, tx, &checkout, attempt.as_ref()).await?);
            }
            Ok(Page {
                data,
                next_cursor: None,
                previous_cursor: None,
                version: customers::version(tx, customer).await?,
            })
        })
        .await
}

/// Prepares another window, link or QR code to a checkout: records a launch token that leads there
/// too.
///
/// # Errors
/// [`CheckoutError::BadToken`] if the token is malformed or leads to another checkout,
/// [`CheckoutError::NotFound`] if the customer has no such checkout, [`CheckoutError::Over`] if it
/// has no page or cannot be paid any more, [`CheckoutError::Broken`] if the database fails.
pub async fn launch_again(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
    request: &CreateLaunch,
) -> Result<Checkout, CheckoutError> {
    if !request.launch_token.is_whole() {
        return Err(CheckoutError::BadToken);
    }
    app.db()
        .write(async |tx| {
            let (checkout, attempt) = find_own(tx, customer, id).await?;
            let can_be_paid = [CheckoutStatus::Created, CheckoutStatus::Open];
            if attempt.is_none() || !can_be_paid.contains(&checkout.status) {
                return Err(CheckoutError::Over);
            }
            add_token(app, tx, &request.launch_token, id).await
        })
        .await?;
    stored_view(app, customer, id).await
}

/// Cancels a checkout, at the provider first and then here. It is refused once pay was pressed. A
/// bank transfer can be cancelled while it is confirming, because only the customer knows whether
/// they send it. A checkout that ended without money stays as it is.
///
/// # Errors
/// [`CheckoutError::NotFound`] if the customer has no such checkout, [`CheckoutError::Over`] if it
/// is paid or in review, or pay was pressed, [`CheckoutError::GatewayAway`] if the provider cannot
/// be reached or is no longer set up, [`CheckoutError::Broken`] if the database fails.
pub async fn cancel(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
) -> Result<Checkout, CheckoutError> {
    let (checkout, attempt) = app
        .db()
        .read(async |tx: &ReadTx| find_own(tx, customer, id).await)
        .await?;
    let Some(attempt) = attempt else {
        transfers::turn_back(app, &checkout).await?;
        return stored_view(app, customer, id).await;
    };
    match checkout.status {
        CheckoutStatus::Created | CheckoutStatus::Open => {}
        CheckoutStatus::Failed | CheckoutStatus::Cancelled | CheckoutStatus::Expired => {
            return stored_view(app, customer, id).await;
        }
        _ => return Err(CheckoutError::Over),
    }
    match &attempt.at_provider {
        Some(_) => cancel_there(app, &attempt).await?,
        // Nobody has been given the address of a page that is not known here yet. Should the
        // provider make it all the same, it is cancelled then.
        None => {
            apply::end_attempt(app, &attempt.id, Ended::Cancelled, None).await?;
        }
    }
    let checkout = stored_view(app, customer, id).await?;
    let over = checkout.status.is_final() && checkout.status != CheckoutStatus::Paid;
    if over {
        Ok(checkout)
    } else {
        Err(CheckoutError::Over)
    }
}

/// Cancels a payment at its provider, and applies what the provider answers.
async fn cancel_there(app: &App, attempt: &Attempt) -> Result<(), CheckoutError> {
    let gateway = app.gateways().find(&attempt.gateway).cloned();
    let gateway = gateway.ok_or(CheckoutError::GatewayAway)?;
    let cancelled = match gateway.abilities().closing {
        Closing::ByCall => {
            // Read meanwhile, it would be seen to have ended by itself.
            let reads = &app.gateways().reads;
            reads
                .run_exclusively(&attempt.id, call_cancel(app, &gateway, attempt))
                .await
        }
        Closing::ByNotCapturing | Closing::Never => Err(GatewayError::Unsupported.into()),
    };
    match cancelled {
        // It is past cancelling: what it is instead is read.
        Err(CancelError::Gateway(GatewayError::TooLate | GatewayError::Refused)) => {
            reconcile_within(app, &attempt.id, times::READ_ANSWERS_WITHIN).await;
            Ok(())
        }
        // The page stays open there, so the attempt is still read: money that comes by it is
        // honoured as late money is.
        Err(CancelError::Gateway(GatewayError::Unsupported)) => {
            apply::end_attempt(app, &attempt.id, Ended::Cancelled, None).await?;
            Ok(())
        }
        Err(CancelError::Gateway(GatewayError::Away)) => Err(CheckoutError::GatewayAway),
        Err(CancelError::Database(error)) => Err(error.into()),
        Ok(()) => Ok(()),
    }
}

/// Why a payment could not be cancelled at its provider.
enum CancelError {
    Gateway(GatewayError),
    Database(DbError),
}

impl From<GatewayError> for CancelError {
    fn from(error: GatewayError) -> Self {
        Self::Gateway(error)
    }
}

impl From<DbError> for CancelError {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

async fn call_cancel(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    attempt: &Attempt,
) -> Result<(), CancelError> {
    let known = app
        .db()
        .read(async |tx: &ReadTx| provider::known(tx, attempt).await)
        .await?;
    failpoint!("cancel.before");
    let answer = gateway.cancel(&known).await;
    failpoint!("cancel.after");
    apply::apply_answer(app, gateway, &attempt.id, &answer?).await?;
    Ok(())
}

/// Cancels the checkout of a customer who turned back at the provider, if this is still its current
/// attempt and nothing has been paid. Anything else is left to the next read.
///
/// # Errors
/// [`DbError`] if the database fails.
pub(super) async fn turned_back(app: &App, id: &AttemptId) -> Result<(), DbError> {
    let (attempt, checkout) = app
        .db()
        .read(async |tx: &ReadTx| find_attempt(tx, id).await)
        .await?;
    let is_open = matches!(
        checkout.status,
        CheckoutStatus::Created | CheckoutStatus::Open
    );
    if attempt.is_superseded() || !is_open {
        return Ok(());
    }
    match cancel_there(app, &attempt).await {
        Err(CheckoutError::Broken(error)) => Err(error),
        Err(error) => {
            tracing::warn!(attempt = %id, %error, "a checkout that was turned back from stays open");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// Reads a customer's abandoned checkouts from their providers, after another process has changed
/// the account. They end at the provider and here unless pay was pressed.
pub(crate) async fn end_abandoned(app: &App, customer: &CustomerId) {
    let abandoned = app
        .db()
        .read(async |tx: &ReadTx| {
            let mut abandoned = Vec::new();
            for checkout in checkouts::live(tx, customer).await? {
                let items = checkouts::items(tx, &checkout).await?;
                if exceeds_remaining(&items) {
                    abandoned.extend(attempts::of_checkout(tx, &checkout.id).await?);
                }
            }
            Ok::<_, DbError>(abandoned)
        })
        .await;
    match abandoned {
        Ok(abandoned) => {
            for attempt in abandoned {
                reconcile_within(app, &attempt.id, times::READ_ANSWERS_WITHIN).await;
            }
        }
        Err(error) => tracing::error!(%error, "checkouts could not be looked after"),
    }
}
