//! Notifications of payment providers. Each is a hint and nothing more: it
//! makes the payment that it names be read from the provider.

use api_types::AttemptId;
use axum::http::HeaderMap;

use super::gateway::BadNotification;
use super::reconcile::{Outcome, reconcile_within};
use super::times;
use crate::app::App;
use crate::db::{DbError, ReadTx, attempts, webhook_events};

/// What came of a notification.
#[derive(Debug)]
pub enum Taken {
    /// The payment has been read, or there is nothing to read.
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
    let first = app
        .db()
        .write(async |tx| webhook_events::received(tx, name, &told.event_id, now).await)
        .await?;
    let Some(attempt) = named(app, name, &told.reference).await? else {
        // Every attempt is committed before its provider hears of it, so this is none of ours.
        tracing::warn!(gateway = name, "a notification names no payment of ours");
        return Ok(Taken::Done);
    };
    tracing::info!(gateway = name, %attempt, first, "a notification has come");
    // A repeated one is read for again: the first read may have failed.
    match reconcile_within(app, &attempt, times::READ_ANSWERS_WITHIN).await {
        Some(Outcome::Done | Outcome::Unknown) => Ok(Taken::Done),
        Some(Outcome::Away | Outcome::Broken) | None => Ok(Taken::Later),
    }
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
