//! The secret in the address of a feed: 256 random bits, stored as a hash alone.

use std::fmt;

use api_types::{SECRET_PATTERN, is_secret};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;

use crate::digest::sha256_hex;

/// A secret has this many bytes.
const BYTES: usize = 32;

/// The secret in the address of a feed. `Debug` does not show it.
pub struct FeedToken(String);

impl fmt::Debug for FeedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FeedToken(…)")
    }
}

impl FeedToken {
    /// A new one.
    pub fn random() -> Self {
        let mut bytes = [0; BYTES];
        rand::rng().fill_bytes(&mut bytes);
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The secret that a file is named by; `None` where it could be none.
    pub fn of_file(name: &str) -> Option<Self> {
        let token = name.strip_suffix(".ics")?;
        is_secret(token).then(|| Self(token.to_owned()))
    }

    /// What the names of files look like.
    pub fn file_pattern() -> String {
        let secret = SECRET_PATTERN.trim_end_matches('$');
        format!(r"{secret}\.ics$")
    }

    /// The name of the file.
    pub fn file(&self) -> String {
        format!("{}.ics", self.0)
    }

    /// What is stored. The secret is random enough to need no salt.
    pub fn hash(&self) -> String {
        sha256_hex(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_by_its_file_and_never_shown() {
        let token = FeedToken::random();
        let read = FeedToken::of_file(&token.file()).unwrap();
        assert_eq!(read.hash(), token.hash());
        assert_ne!(token.hash(), FeedToken::random().hash());
        assert!(!format!("{token:?}").contains(&token.0));
        for none in ["", ".ics", "short.ics", token.0.as_str(), "a/b.ics"] {
            assert!(FeedToken::of_file(none).is_none(), "{none}");
        }
    }
}
