//! Ids as the provider makes them: a prefix, and letters and digits that mean nothing.

use rand::RngExt as _;
use rand::distr::Alphanumeric;

fn random(length: usize) -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(length)
        .map(char::from)
        .collect()
}

/// An id with a prefix, e.g. `pi_`.
pub(super) fn new(prefix: &str) -> String {
    format!("{prefix}{}", random(24))
}

/// An id of a checkout session, which names its mode.
pub(super) fn session(live: bool) -> String {
    let mode = if live { "live" } else { "test" };
    format!("cs_{mode}_a1{}", random(56))
}

/// An id of a request.
pub(super) fn request() -> String {
    format!("req_{}", random(14))
}

/// The part of a page's address that follows the `#`, without which the real page does not open.
pub(super) fn fragment() -> String {
    format!("fid{}", random(60))
}
