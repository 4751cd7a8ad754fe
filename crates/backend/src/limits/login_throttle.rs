//! The login throttle: computes how long a sign-in has to wait after failures. It is pure: from
//! what was remembered and the time it computes what to remember, or how long to wait.
//!
//! The delay is by account and address together, so that a stranger elsewhere does not slow an
//! owner down. The delays by account alone (against many addresses) and by address alone (against
//! many accounts) grow more slowly and stay short, and the one by account does not apply to an
//! address from which the account has signed in before. Nothing is ever locked for good, and a try
//! that comes too early is not checked and does not make the wait longer.

use std::net::IpAddr;
use std::time::Duration;

use api_types::Timestamp;

use super::{RetryAfter, network_of};
use crate::db::sign_in_tries::{self, Tries};
use crate::db::{DbError, WriteTx};
use crate::digest::sha256_hex;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// For how long an address counts as one that the account signs in from.
pub const FAMILIAR_FOR: Duration = Duration::from_hours(90 * 24);
/// Nothing older than this has any weight.
pub const FORGOTTEN_AFTER: Duration = DAY;

/// How many tries are free, how the delay grows, and when all is forgotten.
#[derive(Clone, Copy, Debug)]
struct Rule {
    free: u32,
    first_delay: Duration,
    longest_delay: Duration,
    forgotten_after: Duration,
}

const PAIR: Rule = Rule {
    free: 5,
    first_delay: Duration::from_secs(2),
    longest_delay: Duration::from_mins(15),
    forgotten_after: DAY,
};
const ACCOUNT: Rule = Rule {
    free: 20,
    first_delay: Duration::from_secs(2),
    longest_delay: MINUTE,
    forgotten_after: HOUR,
};
const ADDRESS: Rule = Rule {
    free: 30,
    first_delay: Duration::from_secs(2),
    longest_delay: MINUTE,
    forgotten_after: HOUR,
};

impl Rule {
    /// Counts a try before it is checked, so that a hundred at once are a hundred.
    fn begin(self, known: Option<Tries>, now: Timestamp) -> Result<Tries, RetryAfter> {
        let known = known.filter(|tries| now.since(tries.last_at) < self.forgotten_after);
        let (failures, succeeded_at) = known.map_or((0, None), |t| (t.failures, t.succeeded_at));
        if let Some(tries) = known
            && now < tries.next_at
        {
            return Err(RetryAfter::after(tries.next_at.since(now)));
        }
        let failures = failures.saturating_add(1);
        Ok(Tries {
            failures,
            last_at: now,
            next_at: now.plus(self.delay_after(failures)),
            succeeded_at,
        })
    }

    fn delay_after(self, failures: u32) -> Duration {
        let Some(beyond) = failures.checked_sub(self.free) else {
            return Duration::ZERO;
        };
        let doubled = self.first_delay.saturating_mul(1 << beyond.min(20));
        doubled.min(self.longest_delay)
    }
}

/// One try to sign in: to which account, from which address.
#[derive(Clone, Debug)]
pub struct LoginAttempt {
    pair: String,
    account: String,
    address: String,
}

impl LoginAttempt {
    /// A try at an account, by its sign-in name, from an address.
    pub fn new(account: &str, address: IpAddr) -> Self {
        let address = network_of(address);
        Self {
            pair: subject("pair", &format!("{account}\n{address}")),
            account: subject("account", account),
            address: subject("address", &address.to_string()),
        }
    }

    /// Counts the try against all three subjects, or says how long to wait.
    ///
    /// # Errors
    /// [`DbError`] if the database fails; nothing is counted then.
    pub async fn count(
        &self,
        tx: &WriteTx,
        now: Timestamp,
    ) -> Result<Result<(), RetryAfter>, DbError> {
        let pair = sign_in_tries::find(tx, &self.pair).await?;
        let familiar = pair
            .and_then(|tries| tries.succeeded_at)
            .is_some_and(|at| now.since(at) < FAMILIAR_FOR);
        let mut subjects = vec![(&self.pair, PAIR), (&self.address, ADDRESS)];
        if !familiar {
            subjects.push((&self.account, ACCOUNT));
        }
        let mut counted = Vec::new();
        for (subject, rule) in subjects {
            let known = sign_in_tries::find(tx, subject).await?;
            match rule.begin(known, now) {
                Ok(tries) => counted.push((subject, tries)),
                Err(retry_after) => return Ok(Err(retry_after)),
            }
        }
        for (subject, tries) in counted {
            sign_in_tries::put(tx, subject, &tries).await?;
        }
        Ok(Ok(()))
    }

    /// The try was right: the pair and the account start afresh. The address only
    /// gets this one try back, or one account of one's own would open the way to
    /// guess at all others.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub async fn reset(&self, tx: &WriteTx, now: Timestamp) -> Result<(), DbError> {
        let afresh = Tries {
            failures: 0,
            last_at: now,
            next_at: now,
            succeeded_at: Some(now),
        };
        sign_in_tries::put(tx, &self.pair, &afresh).await?;
        let afresh = Tries {
            succeeded_at: None,
            ..afresh
        };
        sign_in_tries::put(tx, &self.account, &afresh).await?;
        if let Some(tries) = sign_in_tries::find(tx, &self.address).await? {
            let given_back = Tries {
                failures: tries.failures.saturating_sub(1),
                next_at: now,
                ..tries
            };
            sign_in_tries::put(tx, &self.address, &given_back).await?;
        }
        Ok(())
    }
}

/// Names are not kept in the open: a mistyped one may be a password.
fn subject(kind: &str, about: &str) -> String {
    sha256_hex(format!("{kind}\n{about}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        let start = Timestamp::from_millis(1_700_000_000_000).unwrap();
        start.plus(Duration::from_secs(seconds))
    }

    #[test]
    fn delays_grow_after_the_free_tries_and_stay_bounded() {
        for (failures, seconds) in [
            (1, 0),
            (4, 0),
            (5, 2),
            (6, 4),
            (9, 32),
            (13, 512),
            (14, 900),
            (u32::MAX, 900),
        ] {
            assert_eq!(
                PAIR.delay_after(failures),
                Duration::from_secs(seconds),
                "{failures}"
            );
        }
        assert_eq!(ACCOUNT.delay_after(1000), MINUTE);
        assert_eq!(ADDRESS.delay_after(1000), MINUTE);
    }

    #[test]
    fn a_try_that_comes_too_early_makes_the_wait_no_longer() {
        let mut tries = None;
        for _ in 0..5 {
            tries = Some(PAIR.begin(tries, at(0)).unwrap());
        }
        assert_eq!(PAIR.begin(tries, at(0)), Err(RetryAfter(2)));
        assert_eq!(PAIR.begin(tries, at(1)), Err(RetryAfter(1)));
        let sixth = PAIR.begin(tries, at(2)).unwrap();
        assert_eq!(PAIR.begin(Some(sixth), at(2)), Err(RetryAfter(4)));
    }

    #[test]
    fn failures_are_forgotten() {
        let tries = Tries {
            failures: 40,
            last_at: at(0),
            next_at: at(900),
            succeeded_at: None,
        };
        let after = PAIR.begin(Some(tries), at(24 * 3600)).unwrap();
        assert_eq!(after.failures, 1);
    }

    #[test]
    fn neighbours_in_one_ipv6_network_are_one_address() {
        let one = LoginAttempt::new("a", "2001:db8:1:2::1".parse().unwrap());
        let near = LoginAttempt::new("a", "2001:db8:1:2:ffff::9".parse().unwrap());
        let far = LoginAttempt::new("a", "2001:db8:1:3::1".parse().unwrap());
        assert_eq!(one.address, near.address);
        assert_ne!(one.address, far.address);
        let mapped = LoginAttempt::new("a", "::ffff:192.0.2.1".parse().unwrap());
        assert_eq!(
            mapped.address,
            LoginAttempt::new("b", "192.0.2.1".parse().unwrap()).address
        );
    }
}
