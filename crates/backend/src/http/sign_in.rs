//! Signing in: back-off first, then the password, then a session with a new token.

use std::net::IpAddr;
use std::sync::Arc;

use api_types::{CreateSession, CustomerId, Password};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::back_off::{Try, Wait};
use super::cookie::SessionToken;
use super::error::ApiError;
use crate::app::{App, News};
use crate::db::{DbError, ReadTx, customers, sessions};
use crate::email;
use crate::passwords::{self, PasswordHash};

/// The longest address that mail can go to (RFC 5321), with some room.
const LONGEST_EMAIL: usize = 320;
/// Sign-ins that may wait for their turn; whoever comes after these is sent away.
const WAITING: usize = 64;

/// Checks passwords, a few at a time: each takes a core and 19 MiB.
#[derive(Clone, Debug)]
pub struct Verifier {
    room: Arc<Semaphore>,
    cores: Arc<Semaphore>,
}

/// A place in the row of those whose password is checked.
#[derive(Debug)]
pub struct Turn<'a> {
    cores: &'a Arc<Semaphore>,
    _place: SemaphorePermit<'a>,
}

impl Default for Verifier {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self::new(WAITING, cores)
    }
}

impl Verifier {
    fn new(waiting: usize, cores: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(waiting)),
            cores: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Takes a place, before a try is counted: who finds none has not tried.
    pub fn queue(&self) -> Result<Turn<'_>, ApiError> {
        let place = self.room.try_acquire();
        Ok(Turn {
            cores: &self.cores,
            _place: place.map_err(|_| ApiError::TooManyTries(1))?,
        })
    }
}

impl Turn<'_> {
    /// Whether the password fits, in the same time where there is no hash.
    pub async fn fits(
        self,
        password: Password,
        stored: Option<PasswordHash>,
    ) -> Result<bool, ApiError> {
        let core = Arc::clone(self.cores).acquire_owned().await;
        let core = core.map_err(|e| ApiError::Internal(e.into()))?;
        // The core is given back when the work is done, even if nobody waits for it any more.
        let work = move || {
            let _core = core;
            passwords::fits(&password, stored.as_ref())
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| ApiError::Internal(e.into()))
    }
}

/// Signs in, or says why not. An unknown e-mail gets the answer of a wrong
/// password, after the same work.
pub(super) async fn sign_in(
    app: &App,
    request: CreateSession,
    address: IpAddr,
    old: Option<SessionToken>,
) -> Result<SessionToken, ApiError> {
    check_lengths(&request)?;
    let turn = app.verifier().queue()?;
    let attempt = Try::new(&email::normalize(&request.email), address);
    let now = app.now();
    let begun: Result<(), Wait> = app
        .db()
        .write(async |tx| attempt.begin(tx, now).await)
        .await?;
    if let Err(Wait(seconds)) = begun {
        return Err(ApiError::TooManyTries(seconds.max(1)));
    }
    let sign_in_name = request.email.as_str();
    let credentials = app
        .db()
        .read(async |tx: &ReadTx| customers::credentials(tx, sign_in_name).await)
        .await?;
    let (customer, stored) = match credentials {
        Some(found) => (Some(found.customer.id), found.password),
        None => (None, None),
    };
    let fits = turn.fits(request.password, stored).await?;
    match customer {
        Some(customer) if fits => Ok(begin_session(app, &customer, &attempt, old).await?),
        _ => Err(ApiError::WrongCredentials),
    }
}

fn check_lengths(request: &CreateSession) -> Result<(), ApiError> {
    if request.email.len() > LONGEST_EMAIL {
        return Err(ApiError::field("email", "too_long"));
    }
    if request.password.0.len() > passwords::MOST_BYTES {
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

/// A session always begins with a new token; the one that the browser had ends.
async fn begin_session(
    app: &App,
    customer: &CustomerId,
    attempt: &Try,
    old: Option<SessionToken>,
) -> Result<SessionToken, DbError> {
    let token = SessionToken::random();
    let hash = token.hash();
    let old = old.map(|old| old.hash());
    let now = app.now();
    app.db()
        .write(async |tx| {
            attempt.succeeded(tx, now).await?;
            if let Some(old) = &old {
                sessions::delete(tx, old).await?;
            }
            sessions::insert(tx, &hash, customer, now).await
        })
        .await?;
    if let Some(old) = old {
        app.tell(News::Ended(old));
    }
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_finds_no_place_is_sent_away_until_there_is_one() {
        let verifier = Verifier::new(1, 1);
        let turn = verifier.queue().unwrap();
        let second = verifier.queue();
        assert!(matches!(second, Err(ApiError::TooManyTries(1))));
        let nobody = Password("a password that nobody has".to_owned());
        assert!(!turn.fits(nobody, None).await.unwrap());
        assert!(verifier.queue().is_ok());
    }
}
