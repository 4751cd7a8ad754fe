//! Proofs that only this server can make: the `s` of a return address, the `n`
//! of a return message, and the hash under which a launch token is stored.
//!
//! A proof is an HMAC of its purpose, the checkout and the attempt, so the
//! same checkout always has the same proofs: a retry after a crash sends the
//! provider the same bytes, and nothing secret has to be stored per checkout.

use std::fmt;

use api_types::{AttemptId, CheckoutId, LaunchToken};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng as _;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

/// The server's own secret. It has no way to be shown.
#[derive(Clone)]
pub struct ServerSecret([u8; 32]);

impl fmt::Debug for ServerSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerSecret(…)")
    }
}

/// What a proof is for; a proof for one purpose is worth nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Return,
    TurnBack,
    Nonce,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::Return => "portico.return.1",
            Self::TurnBack => "portico.turn-back.1",
            Self::Nonce => "portico.nonce.1",
        }
    }
}

impl ServerSecret {
    /// A new one.
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The text that is stored.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Reads the text that was stored.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The `s` of the address that the provider sends the window back to.
    pub fn return_proof(&self, checkout: &CheckoutId, attempt: &AttemptId) -> String {
        self.proof(Purpose::Return, checkout, attempt)
    }

    /// Whether an `s` is right, in a time that tells nothing about it.
    pub fn proves_return(&self, given: &str, checkout: &CheckoutId, attempt: &AttemptId) -> bool {
        equal(given, &self.return_proof(checkout, attempt))
    }

    /// What the address has besides that the provider sends the window back to if the customer turns
    /// back.
    pub fn turn_back_proof(&self, checkout: &CheckoutId, attempt: &AttemptId) -> String {
        self.proof(Purpose::TurnBack, checkout, attempt)
    }

    /// Whether a customer has turned back, in a time that tells nothing about it.
    pub fn proves_turn_back(
        &self,
        given: &str,
        checkout: &CheckoutId,
        attempt: &AttemptId,
    ) -> bool {
        equal(given, &self.turn_back_proof(checkout, attempt))
    }

    /// The `n` that a return message carries, and that opens the status word.
    pub fn nonce(&self, checkout: &CheckoutId, attempt: &AttemptId) -> String {
        self.proof(Purpose::Nonce, checkout, attempt)
    }

    /// Whether an `n` is right, in a time that tells nothing about it.
    pub fn proves_nonce(&self, given: &str, checkout: &CheckoutId, attempt: &AttemptId) -> bool {
        equal(given, &self.nonce(checkout, attempt))
    }

    fn proof(&self, purpose: Purpose, checkout: &CheckoutId, attempt: &AttemptId) -> String {
        // Ids have no line breaks, so two different triples never read the same.
        let text = format!("{}\n{checkout}\n{attempt}", purpose.word());
        URL_SAFE_NO_PAD.encode(hmac_sha256(&self.0, &[text.as_bytes()]))
    }
}

/// HMAC-SHA256 (RFC 2104) of the parts in a row.
pub(super) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of every length, so the other arm is never reached;
    // an all-zero code would match nothing that a key holder made.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Whether two texts are equal, in a time that depends on their lengths only.
pub(super) fn equal(given: &str, right: &str) -> bool {
    given.as_bytes().ct_eq(right.as_bytes()).into()
}

/// What is stored of a launch token. It is random enough to need no salt.
pub fn hash_of(token: &LaunchToken) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.0.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> (CheckoutId, AttemptId) {
        (
            CheckoutId::parse("co_1").unwrap(),
            AttemptId::parse("A-1").unwrap(),
        )
    }

    #[test]
    fn a_proof_is_good_for_its_purpose_checkout_and_attempt_only() {
        let secret = ServerSecret::random();
        let (checkout, attempt) = ids();
        let s = secret.return_proof(&checkout, &attempt);
        assert!(secret.proves_return(&s, &checkout, &attempt));
        assert!(!secret.proves_nonce(&s, &checkout, &attempt));
        let other = AttemptId::parse("A-2").unwrap();
        assert!(!secret.proves_return(&s, &checkout, &other));
        let other = CheckoutId::parse("co_2").unwrap();
        assert!(!secret.proves_return(&s, &other, &attempt));
        assert!(!ServerSecret::random().proves_return(&s, &checkout, &attempt));
        assert!(!secret.proves_return("", &checkout, &attempt));
    }

    #[test]
    fn a_proof_is_the_same_after_a_restart() {
        let secret = ServerSecret::random();
        let restarted = ServerSecret::from_text(&secret.to_text()).unwrap();
        let (checkout, attempt) = ids();
        assert_eq!(
            secret.nonce(&checkout, &attempt),
            restarted.nonce(&checkout, &attempt)
        );
    }

    #[test]
    fn the_secret_is_never_printed() {
        let secret = ServerSecret::random();
        assert_eq!(format!("{secret:?}"), "ServerSecret(…)");
    }

    #[test]
    fn hmac_agrees_with_rfc_4231() {
        let code = hmac_sha256(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
