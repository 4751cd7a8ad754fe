//! Answers the launch page, which asks where to go. The page has only its token, and the answer to
//! a wrong token is the same as to a right one that has to wait.

use api_types::{
    AttemptId, CheckoutId, CheckoutStatus, FormField, LaunchAnswer, LaunchToken, PaymentStepKind,
    Timestamp,
};

use super::{CheckoutError, times};
use crate::app::App;
use crate::db::checkout_steps::{self, Step};
use crate::db::checkouts::{self, Checkout};
use crate::db::{DbError, ReadTx, WriteTx, attempts, customers, launch_tokens};
use crate::failpoints::failpoint;
use crate::secrets;

/// What a token leads to: the current attempt of its checkout.
struct LaunchTarget {
    checkout: Checkout,
    attempt: AttemptId,
    /// The provider's page, if it can be used.
    go: Option<LaunchAnswer>,
}

/// Answers a launch page: the provider's page, once, or that it has to ask again. The page may ask
/// before its checkout is made and before the provider has answered.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn launch(app: &App, token: &LaunchToken) -> Result<LaunchAnswer, DbError> {
    if !token.is_whole() {
        return Ok(LaunchAnswer::Wait);
    }
    let hash = secrets::hash_of(token);
    let now = app.now();
    let is_news = app
        .db()
        .read(async |tx: &ReadTx| {
            let Some(token) = launch_tokens::find(tx, &hash, now).await? else {
                return Ok(false);
            };
            let Some(target) = target_of(app, tx, &token.checkout).await? else {
                return Ok(false);
            };
            let asked_before = token.asked_for.is_some_and(|of| of == target.attempt);
            Ok::<_, DbError>(target.go.is_some() || !asked_before)
        })
        .await?;
    // Guesses, and pages that ask again and again, write nothing.
    if is_news {
        hand_out(app, &hash).await
    } else {
        Ok(LaunchAnswer::Wait)
    }
}

/// Records that the page has asked, and returns the address if there is one by now.
async fn hand_out(app: &App, hash: &str) -> Result<LaunchAnswer, DbError> {
    let now = app.now();
    let (answer, news) = app
        .db()
        .write(async |tx| {
            let Some(token) = launch_tokens::find(tx, hash, now).await? else {
                return Ok((LaunchAnswer::Wait, None));
            };
            let Some(target) = target_of(app, tx, &token.checkout).await? else {
                return Ok((LaunchAnswer::Wait, None));
            };
            let is_first = !launch_tokens::launched(tx, &target.attempt).await?;
            launch_tokens::record_use(tx, hash, &target.attempt, now).await?;
            let answer = match &target.go {
                Some(go) if launch_tokens::spend(tx, hash, now).await? => {
                    record_opened(tx, &target, now).await?;
                    go.clone()
                }
                _ => LaunchAnswer::Wait,
            };
            if !is_first {
                return Ok((answer, None));
            }
            let version = customers::touch(tx, &target.checkout.customer).await?;
            Ok::<_, DbError>((answer, Some((target.checkout, version))))
        })
        .await?;
    if matches!(answer, LaunchAnswer::Go { .. }) {
        failpoint!("launch.handed_out");
    }
    if let Some((checkout, version)) = news {
        tracing::info!(checkout = %checkout.id, version, "a window has been launched");
        app.publish_checkout(&checkout.customer, checkout.id, version);
    }
    Ok(answer)
}

/// Adds the step that the address was handed out, once per attempt.
async fn record_opened(tx: &WriteTx, target: &LaunchTarget, now: Timestamp) -> Result<(), DbError> {
    if !attempts::record_opened(tx, &target.attempt, now).await? {
        return Ok(());
    }
    let step = Step::of_checkout(&target.checkout.id, PaymentStepKind::Opened, now);
    checkout_steps::note(tx, &step.at_attempt(&target.attempt)).await
}

/// Finds what a token of a checkout leads to; `None` for a checkout that is paid without a page.
async fn target_of(
    app: &App,
    tx: &ReadTx,
    id: &CheckoutId,
) -> Result<Option<LaunchTarget>, DbError> {
    let found = checkouts::find(tx, id).await?;
    let attempt = attempts::of_checkout(tx, id).await?;
    let Some((checkout, attempt)) = found.zip(attempt) else {
        return Ok(None);
    };
    let can_be_used = checkout.status == CheckoutStatus::Open;
    let gateway = app.gateways().find(&attempt.gateway);
    let page = attempt.at_provider.filter(|_| can_be_used).zip(gateway);
    let go = page.map(|(at, gateway)| LaunchAnswer::Go {
        url: at.url,
        form: at.form.map(|fields| {
            let fields = fields.into_iter();
            fields
                .map(|(name, value)| FormField { name, value })
                .collect()
        }),
        origins: gateway.origins().to_vec(),
    });
    Ok(Some(LaunchTarget {
        checkout,
        attempt: attempt.id,
        go,
    }))
}

/// Records a launch token for a checkout. The same token again for the same checkout is accepted,
/// because the first answer may have been lost.
///
/// # Errors
/// [`CheckoutError::BadToken`] if the token leads to another checkout, [`CheckoutError::Broken`] if
/// the database fails.
pub(super) async fn add_token(
    app: &App,
    tx: &WriteTx,
    token: &LaunchToken,
    checkout: &CheckoutId,
) -> Result<(), CheckoutError> {
    let hash = secrets::hash_of(token);
    match launch_tokens::made_for(tx, &hash).await? {
        Some(made_for) if made_for == *checkout => Ok(()),
        Some(_) => Err(CheckoutError::BadToken),
        None => {
            let now = app.now();
            let expires_at = now.plus(times::TOKEN_LIVES);
            launch_tokens::insert(tx, &hash, checkout, expires_at).await?;
            Ok(())
        }
    }
}
