//! Notifications of payment providers. A notification only causes the payment that it names to be
//! read from the provider; nothing else in it is used.
//!
//! A notification is recorded before it is applied, and the background rechecks it until it has
//! been. One that names no known attempt is rechecked for ten minutes, because another process may
//! be about to commit the attempt; after that a review is opened.

use api_types::{AttemptId, Timestamp};
use axum::http::HeaderMap;

use super::reconcile::reconcile_within;
use super::{provider, times};
use crate::app::App;
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::webhook_events::{self, EventReference, WebhookEvent};
use crate::db::{DbError, ReadTx, attempts, provider_ids};
use crate::failpoints::failpoint;
use crate::gateways::{
    BadNotification, IncomingNotification, NotificationResult, ReadOutcome, Reply, Subject,
    TRIAL_REFERENCES,
};

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
    /// The notification is not signed by the provider, is stale, cannot be read, or cannot be
    /// verified now.
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
/// missing, wrong or stale, cannot be verified now, or the body cannot be read,
/// [`WebhookError::Broken`] if the database fails.
pub async fn receive(
    app: &App,
    gateway: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<WebhookOutcome, WebhookError> {
    let gateway = app.gateways().find(gateway);
    let gateway = gateway.ok_or(WebhookError::NoGateway)?;
    let (name, now) = (gateway.id(), app.now());
    let incoming = IncomingNotification { headers, body, now };
    let verified = gateway.verify(incoming).await;
    let notification = verified.map_err(|why| {
        tracing::warn!(gateway = name, %why, "a notification was refused");
        WebhookError::Bad(why)
    })?;
    let Some(subject) = &notification.about else {
        tracing::debug!(gateway = name, "a notification is about no payment");
        return Ok(WebhookOutcome::Done);
    };
    let (event, reference) = (notification.event_id.as_str(), event_reference(subject));
    let again = now.plus(times::NOTIFIED_AGAIN);
    let (first, attempt) = app
        .db()
        .write(async |tx| {
            let first =
                webhook_events::record_received(tx, name, (event, &reference), now, again).await?;
            let attempt = find_named_attempt(tx, name, &reference).await?;
            if let Some(attempt) = &attempt {
                provider::add_ids(tx, name, &notification.ids, attempt).await?;
            }
            Ok::<_, DbError>((first, attempt))
        })
        .await?;
    failpoint!("webhook.kept");
    let Some(attempt) = attempt else {
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

/// What the provider of a gateway is answered with, if the gateway has a wish; `None` if it has
/// none, or there is no such gateway.
pub fn reply(
    app: &App,
    gateway: &str,
    result: &Result<WebhookOutcome, WebhookError>,
) -> Option<Reply> {
    let result = match result {
        Ok(WebhookOutcome::Done) => NotificationResult::Taken,
        Ok(WebhookOutcome::Later) | Err(WebhookError::Broken(_)) => NotificationResult::Later,
        Err(WebhookError::Bad(why)) => NotificationResult::Refused(*why),
        Err(WebhookError::NoGateway) => return None,
    };
    app.gateways().find(gateway)?.reply(result)
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
        let named = app
            .db()
            .read(async |tx: &ReadTx| {
                find_named_attempt(tx, &event.gateway, &event.reference).await
            })
            .await?;
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

/// Gives up a notification that names no attempt. By our own id of a payment that is a review: every
/// attempt is committed before its provider is called, so it should be known, and there may be
/// money behind it. Ids of the provider's are those of whatever else uses the same account, and a
/// trial (`backend gateway-check`) has no attempt.
async fn give_up(app: &App, event: &WebhookEvent, now: Timestamp) -> Result<(), DbError> {
    let (gateway, id) = (event.gateway.as_str(), event.event_id.as_str());
    let is_trial = event.reference.id.starts_with(TRIAL_REFERENCES);
    if event.reference.kind.is_some() || is_trial {
        tracing::info!(
            gateway,
            event = id,
            "a notification is about a payment of others"
        );
        return mark_done(app, gateway, id).await;
    }
    let provider_ref = match event.reference.id.as_str() {
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

fn event_reference(subject: &Subject) -> EventReference {
    match subject {
        Subject::Reference(id) => EventReference::own(id),
        Subject::Id(id) => EventReference {
            kind: Some(id.kind.as_str().to_owned()),
            id: id.id.clone(),
        },
    }
}

/// Finds the attempt that a notification of a gateway names.
async fn find_named_attempt(
    tx: &ReadTx,
    gateway: &str,
    reference: &EventReference,
) -> Result<Option<AttemptId>, DbError> {
    if let Some(kind) = &reference.kind {
        return provider_ids::find(tx, gateway, (kind, &reference.id)).await;
    }
    let Ok(id) = AttemptId::parse(&reference.id) else {
        return Ok(None);
    };
    let found = attempts::find(tx, &id).await?;
    let of_gateway = found.filter(|attempt| attempt.gateway == gateway);
    Ok(of_gateway.map(|attempt| attempt.id))
}
