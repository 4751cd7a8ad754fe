//! Serves the window that returns from the provider and the page that it ends on, which asks for
//! the status of the checkout. Neither has a session; each shows a proof that only this server can
//! have made.

use api_types::{AttemptId, CheckoutId, CheckoutStatus, PaymentStepKind};

use super::reconcile::{reconcile_within, refresh};
use super::{checkouts, times};
use crate::app::App;
use crate::db::checkout_steps::{self, Step};
use crate::db::{self, DbError, ReadTx, attempts};
use crate::failpoints::failpoint;

/// What the return page is given.
#[derive(Clone, PartialEq, Eq)]
pub struct Back {
    /// The checkout.
    pub checkout: CheckoutId,
    /// Its nonce.
    pub nonce: String,
}

/// Records that the window has returned with a proof `s`, and reads the provider, for four seconds
/// at most, so that the portal shows the new state. If the customer turned back there, which
/// `cancelled` proves, and has not paid, the checkout is cancelled. Returns `None` if the proof is
/// not the attempt's own.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn returned(
    app: &App,
    attempt: &AttemptId,
    s: &str,
    cancelled: Option<&str>,
) -> Result<Option<Back>, DbError> {
    let found = app
        .db()
        .read(async |tx: &ReadTx| attempts::find(tx, attempt).await)
        .await?;
    let secret = app.gateways().secret();
    let Some(found) = found.filter(|of| secret.proves_return(s, &of.checkout, attempt)) else {
        return Ok(None);
    };
    let now = app.now();
    app.db()
        .write(async |tx| {
            if attempts::record_returned(tx, attempt, now).await? {
                let step = Step::of_checkout(&found.checkout, PaymentStepKind::Returned, now);
                checkout_steps::note(tx, &step.at_attempt(attempt)).await?;
            }
            Ok::<_, DbError>(())
        })
        .await?;
    failpoint!("return.noted");
    reconcile_within(app, attempt, times::READ_ANSWERS_WITHIN).await;
    failpoint!("return.read");
    let is_proof = |proof: &str| secret.proves_turn_back(proof, &found.checkout, attempt);
    if cancelled.is_some_and(is_proof) {
        checkouts::turned_back(app, attempt).await?;
    }
    Ok(Some(Back {
        nonce: secret.nonce(&found.checkout, attempt),
        checkout: found.checkout,
    }))
}

/// Reads the status of a checkout for a caller who has its nonce, for one day; `None` for everybody
/// else.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn status(
    app: &App,
    id: &CheckoutId,
    n: &str,
) -> Result<Option<CheckoutStatus>, DbError> {
    let found = app
        .db()
        .read(async |tx: &ReadTx| {
            let Some(checkout) = db::checkouts::find(tx, id).await? else {
                return Ok(None);
            };
            let attempts = attempts::all_of_checkout(tx, id).await?;
            Ok::<_, DbError>(Some((checkout, attempts)))
        })
        .await?;
    let Some((checkout, attempts)) = found else {
        return Ok(None);
    };
    // The window of an attempt that has been superseded may come back too.
    let secret = app.gateways().secret();
    let mut attempts = attempts.into_iter();
    let named = attempts.find(|attempt| secret.proves_nonce(n, id, &attempt.id));
    let old = app.now().since(checkout.created_at) >= times::NONCE_LIVES;
    let Some(attempt) = named.filter(|_| !old) else {
        return Ok(None);
    };
    refresh(app, &attempt, &checkout).await?;
    let now = app
        .db()
        .read(async |tx: &ReadTx| db::checkouts::find(tx, id).await)
        .await?;
    Ok(now.map(|checkout| checkout.status))
}
