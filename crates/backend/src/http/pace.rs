//! How often one address may ask what needs no session: the window's questions on its way out
//! and back. Far more than the portal's own pages ever ask, several windows at once included,
//! so that whoever is held back is no page of ours; everybody else goes on undisturbed.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use api_types::Timestamp;
use axum::Extension;
use axum::extract::{FromRequestParts as _, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::back_off::network;
use super::error::ApiError;
use super::peer::Peer;
use crate::app::App;

/// How many requests of an address may come at once.
const AT_ONCE: i64 = 600;
/// For so many milliseconds of quiet an address has one more.
const MILLIS_EACH: i64 = 40;
/// More keys than this are not remembered, but for those that have asked for much.
const MOST_KEYS: usize = 20_000;

/// What each key (an address, or a feed) has used up, as the instant at which all of it is
/// forgotten.
#[derive(Debug)]
pub(crate) struct Pace<K> {
    at_once: i64,
    millis_each: i64,
    spent_until: Mutex<HashMap<K, i64>>,
}

impl Default for Pace<IpAddr> {
    fn default() -> Self {
        Self::new(AT_ONCE, MILLIS_EACH)
    }
}

impl<K: Eq + Hash> Pace<K> {
    /// Lets each key ask so often at once, and one more time for so many milliseconds of quiet.
    pub(super) fn new(at_once: i64, millis_each: i64) -> Self {
        Self {
            at_once,
            millis_each,
            spent_until: Mutex::default(),
        }
    }

    /// Takes one request of a key.
    ///
    /// # Errors
    /// The key has asked too often; so many seconds it has to wait.
    pub(super) fn take(&self, key: K, now: Timestamp) -> Result<(), u64> {
        let now = now.as_millis();
        let mut all = self.lock();
        if all.len() >= MOST_KEYS {
            all.retain(|_, until| *until > now);
        }
        let until = all.entry(key).or_insert(now);
        let after = (*until).max(now) + self.millis_each;
        let too_much = after - now - self.at_once * self.millis_each;
        if too_much > 0 {
            return Err(u64::try_from(too_much).unwrap_or(1).div_ceil(1000));
        }
        *until = after;
        Ok(())
    }

    /// Gives one request back that a key has taken.
    pub(super) fn give_back(&self, key: &K) {
        if let Some(until) = self.lock().get_mut(key) {
            *until -= self.millis_each;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, i64>> {
        self.spent_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers 429 to an address that asks too often.
pub(super) async fn by_address(
    Extension(app): Extension<App>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Peer(address)) = Peer::from_request_parts(&mut parts, &app).await;
    match app.pace().take(network(address), app.now()) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(seconds) => ApiError::TooManyTries(seconds).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000 + millis).unwrap()
    }

    #[test]
    fn ten_windows_that_ask_as_fast_as_they_can_are_never_held_back() {
        let (pace, home) = (Pace::default(), "192.0.2.1".parse().unwrap());
        // Every 300 ms for 15 s, as the launch page does.
        for millis in (0..15_000).step_by(300) {
            for _window in 0..10 {
                assert_eq!(pace.take(home, at(millis)), Ok(()), "{millis}");
            }
        }
    }

    #[test]
    fn a_flood_is_held_back_by_its_own_address_and_only_while_it_lasts() {
        let (pace, flood) = (Pace::default(), "192.0.2.1".parse().unwrap());
        for _ in 0..AT_ONCE {
            assert_eq!(pace.take(flood, at(0)), Ok(()));
        }
        for _ in 0..1000 {
            assert_eq!(pace.take(flood, at(0)), Err(1));
        }
        assert_eq!(pace.take("192.0.2.2".parse().unwrap(), at(0)), Ok(()));
        assert_eq!(pace.take(flood, at(MILLIS_EACH)), Ok(()));
        assert_eq!(pace.take(flood, at(MILLIS_EACH)), Err(1));
        assert_eq!(pace.take(flood, at(AT_ONCE * MILLIS_EACH)), Ok(()));
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let pace = Pace::new(2, 10_000);
        assert_eq!(pace.take("a", at(0)), Ok(()));
        assert_eq!(pace.take("a", at(0)), Ok(()));
        assert_eq!(pace.take("a", at(0)), Err(10));
        pace.give_back(&"a");
        assert_eq!(pace.take("a", at(0)), Ok(()));
        assert_eq!(pace.take("a", at(0)), Err(10));
    }
}
