//! The rate limit of feeds, which are read with nothing but their secret address. Wrong addresses
//! are counted by the network that asks for them. A calendar that reads a feed from a network that
//! has read it before is not counted with them, so a guesser in the same network does not disturb
//! it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use api_types::Timestamp;

use super::{RateLimit, RetryAfter};

/// Feeds that a network may ask for at once without having read them before.
const GUESSES_AT_ONCE: u32 = 60;
/// After a pause of this length it may ask for one more.
const PAUSE_PER_GUESS: Duration = Duration::from_secs(10);
/// Times that one feed may be read at once; calendars read it every few minutes at most.
const READINGS_AT_ONCE: u32 = 60;
/// After a pause of this length it may be read one more time.
const PAUSE_PER_READING: Duration = Duration::from_secs(5);
/// For how long a network is known to have read a feed: longer than any calendar waits.
const KNOWN_FOR: Duration = Duration::from_hours(8 * 24);
/// Networks and feeds that are remembered together at most.
const MOST_KNOWN: usize = 20_000;

/// A network, and the hash of the secret of a feed that it has read.
type Reader = (IpAddr, String);

/// Who asks for feeds, and how often each feed is read.
#[derive(Debug)]
pub struct FeedLimit {
    guesses: RateLimit<IpAddr>,
    readings: RateLimit<String>,
    /// When each reader read last.
    known: Mutex<HashMap<Reader, Timestamp>>,
}

impl Default for FeedLimit {
    fn default() -> Self {
        Self {
            guesses: RateLimit::new(GUESSES_AT_ONCE, PAUSE_PER_GUESS),
            readings: RateLimit::new(READINGS_AT_ONCE, PAUSE_PER_READING),
            known: Mutex::default(),
        }
    }
}

impl FeedLimit {
    /// Counts a request for a feed before anybody looks for it. Where `feed`, the hash of its
    /// secret, is not known to the network, it counts as a guess until it is found.
    ///
    /// # Errors
    /// [`RetryAfter`] if the network asked for too many unknown feeds, or the feed was read too
    /// often.
    pub fn check(
        &self,
        network: IpAddr,
        feed: Option<&str>,
        now: Timestamp,
    ) -> Result<(), RetryAfter> {
        match feed {
            Some(feed) if self.has_read(network, feed, now) => {
                self.readings.check(feed.to_owned(), now)
            }
            _ => self.guesses.check(network, now),
        }
    }

    /// The feed was there: this was no guess, and the network is known from now on.
    pub fn record_success(&self, network: IpAddr, feed: &str, now: Timestamp) {
        if !self.has_read(network, feed, now) {
            self.guesses.undo(&network);
        }
        let mut known = self.lock();
        if known.len() >= MOST_KNOWN {
            known.retain(|_, at| is_recent(*at, now));
        }
        let reader = (network, feed.to_owned());
        // Where even those are too many, a new reader counts as a guesser each time.
        if known.len() < MOST_KNOWN || known.contains_key(&reader) {
            known.insert(reader, now);
        }
    }

    /// The feed is not there, or not any more: whoever asks for it again is guessing.
    pub fn record_missing(&self, network: IpAddr, feed: &str) {
        self.lock().remove(&(network, feed.to_owned()));
    }

    fn has_read(&self, network: IpAddr, feed: &str, now: Timestamp) -> bool {
        let at = self.lock().get(&(network, feed.to_owned())).copied();
        at.is_some_and(|at| is_recent(at, now))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Reader, Timestamp>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    // Whichever way a clock was put right.
    now.since(at).max(at.since(now)) < KNOWN_FOR
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000 + millis).unwrap()
    }

    fn network(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    /// Asks for feeds that are not there until nothing more is let through.
    fn guess_until_stopped(limit: &FeedLimit, network: IpAddr, now: Timestamp) -> u32 {
        for guess in 0..1000 {
            let feed = format!("wrong {guess}");
            if limit.check(network, Some(&feed), now).is_err() {
                return guess;
            }
            limit.record_missing(network, &feed);
        }
        1000
    }

    #[test]
    fn guesses_are_let_through_as_often_as_allowed_and_then_one_at_a_time() {
        let limit = FeedLimit::default();
        assert_eq!(guess_until_stopped(&limit, network(1), at(0)), 60);
        assert_eq!(limit.check(network(1), None, at(0)), Err(RetryAfter(10)));
        assert_eq!(limit.check(network(2), None, at(0)), Ok(()));
        let later = at(10_000);
        assert_eq!(guess_until_stopped(&limit, network(1), later), 1);
    }

    #[test]
    fn a_calendar_reads_on_from_the_very_network_that_guesses() {
        let limit = FeedLimit::default();
        assert_eq!(limit.check(network(1), Some("feed"), at(0)), Ok(()));
        limit.record_success(network(1), "feed", at(0));
        // What was found was no guess.
        assert_eq!(guess_until_stopped(&limit, network(1), at(0)), 60);
        for minutes in 0..100 {
            let now = at(minutes * 60_000);
            guess_until_stopped(&limit, network(1), now);
            assert_eq!(limit.check(network(1), Some("feed"), now), Ok(()));
            limit.record_success(network(1), "feed", now);
        }
        // Somebody else's feed is not theirs.
        let now = at(99 * 60_000);
        assert_eq!(
            limit.check(network(1), Some("other"), now),
            Err(RetryAfter(10))
        );
    }

    #[test]
    fn a_feed_that_has_ended_is_a_guess_like_any_other() {
        let limit = FeedLimit::default();
        limit.record_success(network(1), "feed", at(0));
        limit.record_missing(network(1), "feed");
        guess_until_stopped(&limit, network(1), at(0));
        assert_eq!(
            limit.check(network(1), Some("feed"), at(0)),
            Err(RetryAfter(10))
        );
    }

    #[test]
    fn one_feed_is_not_read_without_end() {
        let limit = FeedLimit::default();
        limit.record_success(network(1), "feed", at(0));
        for _ in 0..READINGS_AT_ONCE {
            assert_eq!(limit.check(network(1), Some("feed"), at(0)), Ok(()));
        }
        assert_eq!(
            limit.check(network(1), Some("feed"), at(0)),
            Err(RetryAfter(5))
        );
        let later = at(5_000);
        assert_eq!(limit.check(network(1), Some("feed"), later), Ok(()));
    }

    #[test]
    fn a_network_that_has_not_read_for_long_is_not_known_any_more() {
        let limit = FeedLimit::default();
        limit.record_success(network(1), "feed", at(0));
        let eight_days = 8 * 24 * 60 * 60 * 1000;
        assert!(limit.has_read(network(1), "feed", at(eight_days - 1)));
        assert!(!limit.has_read(network(1), "feed", at(eight_days)));
    }
}
