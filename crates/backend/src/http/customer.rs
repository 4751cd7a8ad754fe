//! Extractors that identify the caller and their customer: a handler that takes one is not for
//! everyone.

use std::time::Duration;

use api_types::{BACKGROUND_HEADER, CustomerId, PERSON_HEADER, Timestamp};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::cookie::SessionToken;
use super::error::ApiError;
use crate::app::{App, StreamEvent};
use crate::db::sessions::{self, StoredSession};
use crate::db::{DbError, ReadTx};
use crate::settings::SessionTimes;

/// An act is noted when the last one noted is older than this: a page that
/// asks for five things at once writes one row.
const NOTED_EVERY: Duration = Duration::from_secs(5);

/// A request with a live session, whoever it thinks it is about.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: StoredSession,
}

/// A request of a customer's about themselves. What a handler reads or writes,
/// it reads and writes for this customer only.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Whose account it is.
    pub id: CustomerId,
    /// The hash of the session's token.
    pub session: String,
}

/// When a session ends: at the earlier of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// If nothing is done.
    pub idle_at: Timestamp,
    /// Whatever is done.
    pub at: Timestamp,
}

impl Ends {
    /// When a session ends by the settings.
    pub fn of(session: &StoredSession, times: &SessionTimes) -> Self {
        Self {
            idle_at: session.seen_at.plus(times.idle),
            at: session.created_at.plus(times.absolute),
        }
    }

    /// Whether it has ended.
    pub fn by(self, now: Timestamp) -> bool {
        now >= self.idle_at || now >= self.at
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = SessionToken::of_request(&parts.headers, &app.settings().public_url)
            .ok_or(ApiError::SignedOut)?;
        let hash = token.hash();
        let session = live_session(app, &hash).await?.ok_or(ApiError::SignedOut)?;
        let session = note_act(app, session, is_background(&parts.headers)).await?;
        Ok(Self { session })
    }
}

impl FromRequestParts<App> for Customer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let SignedIn { session } = SignedIn::from_request_parts(parts, app).await?;
        let person = person(&parts.headers)?;
        if person != session.customer {
            return Err(ApiError::PersonChanged);
        }
        Ok(Self {
            id: person,
            session: session.token_hash,
        })
    }
}

/// Finds the session with a token's hash, if it has not ended. A session that has expired is
/// deleted.
///
/// # Errors
/// [`ApiError::Internal`] if a stored value cannot be read or the database fails.
pub(super) async fn live_session(app: &App, hash: &str) -> Result<Option<StoredSession>, ApiError> {
    let found = app
        .db()
        .read(async |tx: &ReadTx| sessions::find(tx, hash).await)
        .await?;
    let Some(session) = found else {
        return Ok(None);
    };
    if Ends::of(&session, &app.settings().session).by(app.now()) {
        end_session(app, hash).await?;
        return Ok(None);
    }
    Ok(Some(session))
}

/// Deletes a session and ends its streams.
///
/// # Errors
/// [`DbError`] if the database fails. The streams go on then.
pub(super) async fn end_session(app: &App, hash: &str) -> Result<(), DbError> {
    app.db()
        .write(async |tx| sessions::delete(tx, hash).await)
        .await?;
    app.send(StreamEvent::Ended(hash.to_owned()));
    Ok(())
}

/// Records an act of the customer, which keeps the session alive; what a page does by itself does
/// not.
async fn note_act(
    app: &App,
    mut session: StoredSession,
    background: bool,
) -> Result<StoredSession, DbError> {
    let now = app.now();
    if background || now.since(session.seen_at) < NOTED_EVERY {
        return Ok(session);
    }
    let hash = session.token_hash.as_str();
    app.db()
        .write(async |tx| sessions::renew(tx, hash, now).await)
        .await?;
    session.seen_at = now;
    Ok(session)
}

fn is_background(headers: &HeaderMap) -> bool {
    headers.contains_key(BACKGROUND_HEADER)
}

fn person(headers: &HeaderMap) -> Result<CustomerId, ApiError> {
    let Some(value) = headers.get(PERSON_HEADER) else {
        return Err(ApiError::field(PERSON_HEADER, "missing"));
    };
    value
        .to_str()
        .ok()
        .and_then(|id| CustomerId::parse(id).ok())
        .ok_or_else(|| ApiError::field(PERSON_HEADER, "invalid"))
}
