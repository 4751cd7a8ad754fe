//! Signs in: takes a place in the queue, applies the login throttle, checks the password, and
//! begins a session with a new token.

use std::net::IpAddr;

use api_types::{CreateSession, CustomerId, Password};

use super::cookie::SessionToken;
use super::error::ApiError;
use crate::app::{App, StreamEvent};
use crate::db::{DbError, ReadTx, customers, sessions};
use crate::email;
use crate::limits::login_throttle::LoginAttempt;
use crate::limits::{RetryAfter, network_of};

/// After how many seconds a place in the queue comes free as a rule.
const QUEUE_WAIT_SECONDS: u64 = 1;

/// Signs in. An unknown e-mail gets the answer of a wrong password, after the same work, so that
/// nobody learns which accounts exist.
///
/// # Errors
/// [`ApiError::Fields`] if the e-mail or the password is missing or too long,
/// [`ApiError::TooManyTries`] if the queue has no place or the login throttle refuses,
/// [`ApiError::WrongCredentials`] if they do not fit, [`ApiError::Internal`] if the check panics,
/// the backend is stopping, or the database fails.
pub(super) async fn sign_in(
    app: &App,
    request: CreateSession,
    address: IpAddr,
    old: Option<SessionToken>,
) -> Result<SessionToken, ApiError> {
    check_lengths(&request)?;
    let turn = app.verifier().queue(network_of(address));
    let turn = turn.map_err(|_| ApiError::TooManyTries(QUEUE_WAIT_SECONDS))?;
    let attempt = LoginAttempt::new(&email::normalize(&request.email), address);
    let now = app.now();
    let counted: Result<(), RetryAfter> = app
        .db()
        .write(async |tx| attempt.count(tx, now).await)
        .await?;
    counted?;
    let sign_in_name = request.email.as_str();
    let credentials = app
        .db()
        .read(async |tx: &ReadTx| customers::credentials(tx, sign_in_name).await)
        .await?;
    let (customer, stored) = match credentials {
        Some(found) => (Some(found.customer.id), found.password),
        None => (None, None),
    };
    let checked = turn.verify(request.password, stored).await;
    let is_right = match checked.map_err(|e| ApiError::Internal(e.into()))? {
        Ok(is_right) => is_right,
        Err(why) => {
            // The answer must not tell that there is an account, so only the log says this.
            tracing::error!(?customer, %why, "give the customer a password: backend set-password");
            false
        }
    };
    match customer {
        Some(customer) if is_right => Ok(begin_session(app, &customer, &attempt, old).await?),
        _ => Err(ApiError::WrongCredentials),
    }
}

fn check_lengths(request: &CreateSession) -> Result<(), ApiError> {
    if request.email.chars().count() > CreateSession::MOST_EMAIL_CHARACTERS {
        return Err(ApiError::field("email", "too_long"));
    }
    if request.password.0.chars().count() > Password::MOST_CHARACTERS {
        return Err(ApiError::field("password", "too_long"));
    }
    if request.email.trim().is_empty() {
        return Err(ApiError::field("email", "missing"));
    }
    if request.password.0.is_empty() {
        return Err(ApiError::field("password", "missing"));
    }
    Ok(())
}

/// Begins a session with a new token, and ends the one that the browser had.
async fn begin_session(
    app: &App,
    customer: &CustomerId,
    attempt: &LoginAttempt,
    old: Option<SessionToken>,
) -> Result<SessionToken, DbError> {
    let token = SessionToken::random();
    let hash = token.hash();
    let old = old.map(|old| old.hash());
    let now = app.now();
    app.db()
        .write(async |tx| {
            attempt.reset(tx, now).await?;
            if let Some(old) = &old {
                sessions::delete(tx, old).await?;
            }
            sessions::insert(tx, &hash, customer, now).await
        })
        .await?;
    if let Some(old) = old {
        app.send(StreamEvent::Ended(old));
    }
    Ok(token)
}
