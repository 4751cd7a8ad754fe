//! The way back: the window returns from the provider, and the page that it
//! ends on asks how the payment stands. Neither has a session; each proves
//! itself by what only this server can have given it.

use api_types::{AttemptId, CheckoutId, CheckoutStatus};

use super::reconcile::{reconcile_within, refresh};
use super::times;
use crate::app::App;
use crate::db::{DbError, ReadTx, attempts, checkouts};
use crate::points::point;

/// What the return page is given.
#[derive(Clone, PartialEq, Eq)]
pub struct Back {
    /// The checkout.
    pub checkout: CheckoutId,
    /// Its nonce.
    pub nonce: String,
}

/// The window has come back with an `s`; `None` if it is not the attempt's own. The provider
/// is read first, for a few seconds at most, so that the portal finds what has happened.
pub async fn returned(app: &App, attempt: &AttemptId, s: &str) -> Result<Option<Back>, DbError> {
    let found = app
        .db()
        .read(async |tx: &ReadTx| attempts::find(tx, attempt).await)
        .await?;
    let secret = app.payments().secret();
    let Some(found) = found.filter(|of| secret.proves_return(s, &of.checkout, attempt)) else {
        return Ok(None);
    };
    let now = app.now();
    app.db()
        .write(async |tx| attempts::returned(tx, attempt, now).await)
        .await?;
    point!("return.noted");
    reconcile_within(app, attempt, times::READ_ANSWERS_WITHIN).await;
    point!("return.read");
    Ok(Some(Back {
        nonce: secret.nonce(&found.checkout, attempt),
        checkout: found.checkout,
    }))
}

/// How a checkout stands, for whoever has its nonce and for a day; `None` for everybody else.
pub async fn status(
    app: &App,
    id: &CheckoutId,
    n: &str,
) -> Result<Option<CheckoutStatus>, DbError> {
    let found = app
        .db()
        .read(async |tx: &ReadTx| {
            let Some(checkout) = checkouts::find(tx, id).await? else {
                return Ok(None);
            };
            let attempt = attempts::of_checkout(tx, id).await?;
            Ok::<_, DbError>(attempt.map(|attempt| (checkout, attempt)))
        })
        .await?;
    let secret = app.payments().secret();
    let known = found.filter(|(checkout, attempt)| {
        let old = times::passed(checkout.created_at, times::NONCE_LIVES, app.now());
        secret.proves_nonce(n, id, &attempt.id) && !old
    });
    let Some((checkout, attempt)) = known else {
        return Ok(None);
    };
    refresh(app, &attempt, &checkout).await?;
    let now = app
        .db()
        .read(async |tx: &ReadTx| checkouts::find(tx, id).await)
        .await?;
    Ok(now.map(|checkout| checkout.status))
}
