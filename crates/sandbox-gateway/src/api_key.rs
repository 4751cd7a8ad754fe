//! The key that merchants show.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::settings::Secret;

/// The API key, kept as its digest: digests have one length, so that comparing them takes the same
/// time for every guess, also for one that is too short.
pub struct ApiKey([u8; 32]);

impl ApiKey {
    /// Keeps the digest of the key.
    pub fn new(key: &Secret) -> Self {
        Self(Sha256::digest(key.as_bytes()).into())
    }

    /// Whether a guess is the key.
    pub fn is(&self, guess: &[u8]) -> bool {
        self.0
            .ct_eq(&<[u8; 32]>::from(Sha256::digest(guess)))
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_key_is_the_key() {
        let key = ApiKey::new(&Secret::new("sk_test"));
        assert!(key.is(b"sk_test"));
        for guess in ["", "sk", "sk_tesT", "sk_test "] {
            assert!(!key.is(guess.as_bytes()), "{guess}");
        }
    }
}
