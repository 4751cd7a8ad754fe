//! The proof on webhooks: HMAC-SHA256 over the moment and the body.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use crate::Secret;

/// The header that carries the proof.
pub const SIGNATURE_HEADER: &str = "Sandbox-Signature";

/// Signs webhooks with one secret.
#[derive(Clone)]
pub struct Signer {
    keyed: Hmac<Sha256>,
}

impl Signer {
    /// Makes a signer for a secret.
    ///
    /// # Errors
    /// [`KeyError`] if the secret is empty.
    pub fn new(secret: &Secret) -> Result<Self, KeyError> {
        match Hmac::new_from_slice(secret.as_bytes()) {
            Ok(keyed) if !secret.as_bytes().is_empty() => Ok(Self { keyed }),
            _ => Err(KeyError),
        }
    }

    /// The header's value for a body that is sent now: `t=<unix seconds>,v1=<hex>`.
    pub fn header(&self, now: Timestamp, body: &str) -> String {
        let seconds = now.as_second();
        let mut keyed = self.keyed.clone();
        keyed.update(format!("{seconds}.").as_bytes());
        keyed.update(body.as_bytes());
        format!("t={seconds},v1={}", hex(&keyed.finalize().into_bytes()))
    }
}

/// Makes the value of the `Sandbox-Signature` header for a body sent at a moment, in seconds since
/// 1970-01-01T00:00:00Z. Tests forge and check webhooks with it, so that they do not repeat the
/// rule.
///
/// # Errors
/// [`KeyError`] if the secret is empty, or the moment lies outside the years that a timestamp can
/// hold.
pub fn sign_webhook(secret: &str, unix_seconds: i64, body: &str) -> Result<String, KeyError> {
    let moment = Timestamp::from_second(unix_seconds).map_err(|_| KeyError)?;
    Ok(Signer::new(&Secret::new(secret))?.header(moment, body))
}

/// The secret cannot be used as a key, or the moment is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyError;

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the API key or the webhook secret is empty")
    }
}

impl std::error::Error for KeyError {}

/// Bytes as lower-case hexadecimal text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From `printf '1763719200.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test`.
    const BY_OPENSSL: &str = "78b5df0d0fab8a4377a48029b22159f41ebb76757156911a1e5658ac85902b51";

    #[test]
    fn the_signature_is_the_one_openssl_makes() {
        let header = sign_webhook("whsec_test", 1_763_719_200, r#"{"id":"evt_1"}"#).unwrap();
        assert_eq!(header, format!("t=1763719200,v1={BY_OPENSSL}"));
    }

    #[test]
    fn moment_body_and_secret_all_count() {
        let base = sign_webhook("a", 1, "body").unwrap();
        let others = [("b", 1, "body"), ("a", 2, "body"), ("a", 1, "bodY")];
        for (secret, seconds, body) in others {
            assert_ne!(sign_webhook(secret, seconds, body).unwrap(), base);
        }
    }

    #[test]
    fn an_empty_secret_is_refused() {
        assert_eq!(sign_webhook("", 1, "body"), Err(KeyError));
    }
}
