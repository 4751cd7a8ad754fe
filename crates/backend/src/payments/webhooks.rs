//! Notifications of payment providers. A notification only causes the payment that it names to be
//! read from the provider; nothing else in it is used.
//!
//! A notification is recorded before it is applied, and the background rechecks it until it has
//! been. One that names no known attempt is rechecked for ten minutes, because another process may
//! be about to commit the attempt; after that a review is opened.

use api_types::{AttemptId, Timestamp};
use axum::http::HeaderMap;

use super::reconcile::reconcile_within;
use super::times;
use crate::app::App;
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::webhook_events::{self, WebhookEvent};
use crate::db::{DbError, ReadTx, attempts};
use crate::failpoints::failpoint;
use crate::gateways::{BadNotification, ReadOutcome};

/// How many notifications are rechecked in one round.
const MOST_AT_ONCE: u64 = 64;

/// What came of a notification.
#[derive(Debug)]
pub enum WebhookOutcome {
    /// The payment has been read, or the notification is kept for later.
    Done,
    /// The payment could not be read: the provider is asked to send the notification again.
    Later,
}

/// Why a notification was not taken.
#[derive(Debug)]
pub enum WebhookError {
    /// There is no such gateway.
    NoGateway,
    /// The notification is not signed by the provider, is stale, or cannot be read.
    Bad(BadNotification),
    /// The database failed.
    Broken(DbError),
}

impl From<DbError> for WebhookError {
    fn from(error: DbError) -> Self {
        Self::Broken(error)
    }
}

/// Records a notification and reads the payment that it names. A notification may come late, twice,
/// out of order, or before the answer to the call that made its payment.
///
/// # Errors
/// [`WebhookError::NoGateway`] if there is no such gateway, [`WebhookError::Bad`] if the signature is
/// missing, wrong or stale or the body cannot be read, [`WebhookError::Broken`] if the database fails.
pub async fn receive(
    app: &App,
    gateway: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<WebhookOutcome, WebhookError> {
    let gateway = app.gateways().find(gateway);
    let gateway = gateway.ok_or(WebhookError::NoGateway)?;
    let (name, now) = (gateway.name(), app.now());
    let notification = gateway.verify_webhook(headers, body, now).map_err(|why| {
        tracing::warn!(gateway = name, %why, "a notification was refused");
        WebhookError::Bad(why)
    })?;
    let (event, reference) = (
        notification.event_id.as_str(),
        notification.reference.as_str(),
    );
    let again = now.plus(times::NOTIFIED_AGAIN);
    let first = app
        .db()
        .write(async |tx| {
            webhook_events::record_received(tx, name, (event, reference), now, again).await
        })
        .await?;
    failpoint!("webhook.kept");
    let Some(attempt) = find_named_attempt(app, name, reference).await? else {
        tracing::warn!(gateway = name, "a notification names no payment of ours");
        return Ok(WebhookOutcome::Done);
    };
    tracing::info!(gateway = name, %attempt, first, "a notification has come");
    // A repeated one is read for again: the first read may have failed.
    if !follow(app, &attempt).await {
        return Ok(WebhookOutcome::Later);
    }
    mark_done(app, name, event).await?;
    failpoint!("webhook.followed");
    Ok(WebhookOutcome::Done)
}

/// Rechecks the notifications that could not be applied and are due.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails. What
/// was rechecked before the error stays.
pub(super) async fn recheck(app: &App) -> Result<(), DbError> {
    let now = app.now();
    let due = app
        .db()
        .read(async |tx: &ReadTx| webhook_events::due(tx, now, MOST_AT_ONCE).await)
        .await?;
    for event in due {
        let named = find_named_attempt(app, &event.gateway, &event.reference).await?;
        match named {
            Some(attempt) if follow(app, &attempt).await => {
                mark_done(app, &event.gateway, &event.event_id).await?;
            }
            None if now.since(event.received_at) >= times::UNKNOWN_FOR => {
                give_up(app, &event, now).await?;
            }
            _ => later(app, &event, now).await?,
        }
    }
    Ok(())
}

/// Reads the payment; `false` if it could not be read in time.
async fn follow(app: &App, attempt: &AttemptId) -> bool {
    let read = reconcile_within(app, attempt, times::READ_ANSWERS_WITHIN).await;
    matches!(read, Some(ReadOutcome::Done | ReadOutcome::Unknown))
}

async fn mark_done(app: &App, gateway: &str, event: &str) -> Result<(), DbError> {
    app.db()
        .write(async |tx| webhook_events::try_next_at(tx, gateway, event, None).await)
        .await
}

/// Schedules the next recheck: the older the notification, the longer the pause.
async fn later(app: &App, event: &WebhookEvent, now: Timestamp) -> Result<(), DbError> {
    let age = now.since(event.received_at);
    let pause = age.clamp(times::NOTIFIED_AGAIN, times::NOTIFIED_AGAIN_AT_LAST);
    let at = Some(now.plus(pause));
    app.db()
        .write(async |tx| {
            webhook_events::try_next_at(tx, &event.gateway, &event.event_id, at).await
        })
        .await
}

/// Opens a review for a notification that names no attempt. Every attempt is committed before its
/// provider is called, so the payment is not ours; but there may be money behind it.
async fn give_up(app: &App, event: &WebhookEvent, now: Timestamp) -> Result<(), DbError> {
    let (gateway, id) = (event.gateway.as_str(), event.event_id.as_str());
    let provider_ref = match event.reference.as_str() {
        "" => id,
        reference => reference,
    };
    tracing::error!(
        gateway,
        event = id,
        "a notification names no payment of ours to the end"
    );
    let review = NewReview {
        kind: ReviewKind::UnknownNotification,
        customer: None,
        checkout: None,
        attempt: None,
        payment: None,
        gateway: gateway.to_owned(),
        provider_ref: provider_ref.to_owned(),
        amount: None,
        asked: None,
    };
    app.db()
        .write(async |tx| {
            reviews::note(tx, &review, now).await?;
            webhook_events::try_next_at(tx, gateway, id, None).await
        })
        .await
}

/// Finds the attempt that a notification of a gateway names.
async fn find_named_attempt(
    app: &App,
    gateway: &str,
    reference: &str,
) -> Result<Option<AttemptId>, DbError> {
    let Ok(id) = AttemptId::parse(reference) else {
        return Ok(None);
    };
    let found = app
        .db()
        .read(async |tx: &ReadTx| attempts::find(tx, &id).await)
        .await?;
    let of_gateway = found.filter(|attempt| attempt.gateway == gateway);
    Ok(of_gateway.map(|attempt| attempt.id))
}
