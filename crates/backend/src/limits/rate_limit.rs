//! The rate limit: how often one key, such as an address or a feed, may ask. It is kept in memory,
//! so a restart forgets it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use api_types::Timestamp;

use super::RetryAfter;

/// More keys than this are not remembered, but for those that have asked for much.
const MOST_KEYS: usize = 20_000;

/// Lets each key ask some times at once, and then once more for each pause (GCRA, the leaky
/// bucket as a meter). What a key has used up is kept as the instant at which all of it is
/// forgotten.
#[derive(Debug)]
pub struct RateLimit<K> {
    burst: u32,
    pause: Duration,
    used_until: Mutex<HashMap<K, Timestamp>>,
}

impl<K: Eq + Hash> RateLimit<K> {
    /// Lets each key ask `burst` times at once, and one more time for each `pause` of quiet.
    pub fn new(burst: u32, pause: Duration) -> Self {
        Self {
            burst,
            pause,
            used_until: Mutex::default(),
        }
    }

    /// Counts one request of a key.
    ///
    /// # Errors
    /// [`RetryAfter`] if the key has asked too often.
    pub fn check(&self, key: K, now: Timestamp) -> Result<(), RetryAfter> {
        let mut all = self.lock();
        if all.len() >= MOST_KEYS {
            all.retain(|_, until| *until > now);
        }
        let until = all.entry(key).or_insert(now);
        let after = (*until).max(now).plus(self.pause);
        let allowed = self.pause.saturating_mul(self.burst);
        let too_much = after.since(now).saturating_sub(allowed);
        if !too_much.is_zero() {
            return Err(RetryAfter::after(too_much));
        }
        *until = after;
        Ok(())
    }

    /// Takes back the counting of one request of a key.
    pub fn undo(&self, key: &K) {
        if let Some(until) = self.lock().get_mut(key) {
            *until = until.minus(self.pause);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Timestamp>> {
        self.used_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BURST: u32 = 600;
    const PAUSE: i64 = 40;

    fn limit() -> RateLimit<&'static str> {
        RateLimit::new(BURST, Duration::from_millis(40))
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000 + millis).unwrap()
    }

    #[test]
    fn ten_windows_that_ask_as_fast_as_they_can_are_never_held_back() {
        let (limit, home) = (limit(), "192.0.2.1");
        // Every 300 ms for 15 s, as the launch page does.
        for millis in (0..15_000).step_by(300) {
            for _window in 0..10 {
                assert_eq!(limit.check(home, at(millis)), Ok(()), "{millis}");
            }
        }
    }

    #[test]
    fn a_flood_is_held_back_by_its_own_address_and_only_while_it_lasts() {
        let (limit, flood) = (limit(), "192.0.2.1");
        for _ in 0..BURST {
            assert_eq!(limit.check(flood, at(0)), Ok(()));
        }
        for _ in 0..1000 {
            assert_eq!(limit.check(flood, at(0)), Err(RetryAfter(1)));
        }
        assert_eq!(limit.check("192.0.2.2", at(0)), Ok(()));
        assert_eq!(limit.check(flood, at(PAUSE)), Ok(()));
        assert_eq!(limit.check(flood, at(PAUSE)), Err(RetryAfter(1)));
        assert_eq!(limit.check(flood, at(i64::from(BURST) * PAUSE)), Ok(()));
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let limit = RateLimit::new(2, Duration::from_secs(10));
        assert_eq!(limit.check("a", at(0)), Ok(()));
        assert_eq!(limit.check("a", at(0)), Ok(()));
        assert_eq!(limit.check("a", at(0)), Err(RetryAfter(10)));
        limit.undo(&"a");
        assert_eq!(limit.check("a", at(0)), Ok(()));
        assert_eq!(limit.check("a", at(0)), Err(RetryAfter(10)));
    }
}
