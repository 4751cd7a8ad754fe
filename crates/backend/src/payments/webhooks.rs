//! Notifications of payment providers. Each is a hint and nothing more: it
//! makes the payment that it names be read from the provider.
//!
//! None is lost: it is kept before it is followed, and the background looks at it again until
//! it has been. One that names nothing of ours is looked at for some minutes, since the
//! process that knows more about it may be another one; then the provider is to decide.

use api_types::{AttemptId, Timestamp};
use axum::http::HeaderMap;

use super::gateway::BadNotification;
use super::reconcile::{Outcome, reconcile_within};
use super::times;
use crate::app::App;
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::webhook_events::{self, WebhookEvent};
use crate::db::{DbError, ReadTx, attempts};
use crate::points::point;

/// How many notifications are looked at again in one look.
const MOST_AT_ONCE: u64 = 64;

/// What came of a notification.
#[derive(Debug)]
pub enum Taken {
    /// The payment has been read, or the notification is kept for later.
    Done,
    /// The payment could not be read: the provider had better tell again.
    Later,
}

/// Why a notification was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// There is no such gateway.
    NoGateway,
    /// The provider did not send it.
    Bad(BadNotification),
    /// Something broke here.
    Broken(DbError),
}

impl From<DbError> for NotTaken {
    fn from(error: DbError) -> Self {
        Self::Broken(error)
    }
}

/// Takes a notification. It may come late, twice, out of order, or before the answer to the
/// call that made its payment.
pub async fn receive(
    app: &App,
    gateway: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Taken, NotTaken> {
    let gateway = app.payments().gateway(gateway);
    let gateway = gateway.ok_or(NotTaken::NoGateway)?;
    let (name, now) = (gateway.name(), app.now());
    let told = gateway.verify_webhook(headers, body, now).map_err(|why| {
        tracing::warn!(gateway = name, %why, "a notification was refused");
        NotTaken::Bad(why)
    })?;
    let (event, reference) = (told.event_id.as_str(), told.reference.as_str());
    let again = times::after(now, times::NOTIFIED_AGAIN).unwrap_or(now);
    let first = app
        .db()
        .write(async |tx| webhook_events::received(tx, name, (event, reference), now, again).await)
        .await?;
    point!("webhook.kept");
    let Some(attempt) = named(app, name, reference).await? else {
        tracing::warn!(gateway = name, "a notification names no payment of ours");
        return Ok(Taken::Done);
    };
    tracing::info!(gateway = name, %attempt, first, "a notification has come");
    // A repeated one is read for again: the first read may have failed.
    if !follow(app, &attempt).await {
        return Ok(Taken::Later);
    }
    done(app, name, event).await?;
    point!("webhook.followed");
    Ok(Taken::Done)
}

/// Looks again at what could not be followed when it came.
pub(super) async fn look_again(app: &App) -> Result<(), DbError> {
    let now = app.now();
    let due = app
        .db()
        .read(async |tx: &ReadTx| webhook_events::due(tx, now, MOST_AT_ONCE).await)
        .await?;
    for event in due {
        let named = named(app, &event.gateway, &event.reference).await?;
        match named {
            Some(attempt) if follow(app, &attempt).await => {
                done(app, &event.gateway, &event.event_id).await?;
            }
            None if times::passed(event.received_at, times::UNKNOWN_FOR, now) => {
                give_up(app, &event, now).await?;
            }
            _ => later(app, &event, now).await?,
        }
    }
    Ok(())
}

/// Reads the payment; `false` where nothing is known of it yet.
async fn follow(app: &App, attempt: &AttemptId) -> bool {
    let read = reconcile_within(app, attempt, times::READ_ANSWERS_WITHIN).await;
    matches!(read, Some(Outcome::Done | Outcome::Unknown))
}

async fn done(app: &App, gateway: &str, event: &str) -> Result<(), DbError> {
    app.db()
        .write(async |tx| webhook_events::try_next_at(tx, gateway, event, None).await)
        .await
}

/// The older it is, the longer the pause.
async fn later(app: &App, event: &WebhookEvent, now: Timestamp) -> Result<(), DbError> {
    let age = now.as_millis() - event.received_at.as_millis();
    let pause = age.clamp(times::NOTIFIED_AGAIN, times::NOTIFIED_AGAIN_AT_LAST);
    let at = times::after(now, pause);
    app.db()
        .write(async |tx| {
            webhook_events::try_next_at(tx, &event.gateway, &event.event_id, at).await
        })
        .await
}

/// Every attempt is committed before its provider hears of it, so this is none of ours; but
/// money may stand behind it, and somebody has to look.
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

/// The attempt that a notification of a gateway names, if there is one.
async fn named(app: &App, gateway: &str, reference: &str) -> Result<Option<AttemptId>, DbError> {
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
