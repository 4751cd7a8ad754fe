//! The limits of this process, for whatever protocol: streams, requests, sign-ins, feeds, and the
//! idempotency keys whose first request is still running.

mod feed_limit;
pub mod login_throttle;
mod rate_limit;
mod running_keys;
mod stream_limit;

use std::net::IpAddr;
use std::time::Duration;

pub use feed_limit::FeedLimit;
pub use rate_limit::RateLimit;
pub use running_keys::{KeyInUse, RunningKeys};
pub use stream_limit::{StreamLimit, StreamPermit};

/// How often one address may ask at once for what needs no session: the payment window's
/// questions on its way out and back. Far more than the portal's own pages ever ask, several
/// windows at once included, so that whoever is held back is no page of ours.
const REQUESTS_AT_ONCE: u32 = 600;
/// After a pause of this length an address may ask one more time.
const PAUSE_PER_REQUEST: Duration = Duration::from_millis(40);

/// All limits of a process.
#[derive(Debug)]
pub struct Limits {
    /// Open streams by session.
    pub streams: StreamLimit,
    /// Requests without a session, by network.
    pub requests: RateLimit<IpAddr>,
    /// Readings of calendar feeds.
    pub feeds: FeedLimit,
    /// Requests with an idempotency key that are being answered.
    pub running_keys: RunningKeys,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            streams: StreamLimit::default(),
            requests: RateLimit::new(REQUESTS_AT_ONCE, PAUSE_PER_REQUEST),
            feeds: FeedLimit::default(),
            running_keys: RunningKeys::default(),
        }
    }
}

/// There was too much: so many whole seconds to wait before asking again, as `Retry-After` of
/// RFC 9110 has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryAfter(pub u64);

impl RetryAfter {
    /// Rounds up to whole seconds.
    pub(crate) fn after(pause: Duration) -> Self {
        Self(u64::try_from(pause.as_millis().div_ceil(1000)).unwrap_or(u64::MAX))
    }
}

/// The network of an address, which counts as one: whoever has one address of IPv6 has the 64
/// bits below it (RFC 4291, section 2.5.4).
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}
