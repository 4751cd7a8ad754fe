//! Who may use the merchant API: whoever shows its key.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::problem::Problem;
use crate::gateway::Shared;
use crate::settings::Secret;

/// The API key, kept as its digest: digests have one length, so that comparing them takes the same
/// time for every guess, also for one that is too short.
pub struct ApiKey([u8; 32]);

impl ApiKey {
    /// Keeps the digest of the key.
    pub fn new(key: &Secret) -> Self {
        Self(Sha256::digest(key.as_bytes()).into())
    }

    fn is(&self, guess: &[u8]) -> bool {
        self.0
            .ct_eq(&<[u8; 32]>::from(Sha256::digest(guess)))
            .into()
    }
}

/// Lets only merchants through.
pub async fn merchants_only(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let shown = request
        .headers()
        .get(AUTHORIZATION)
        .map(|value| value.as_bytes());
    let key = shown.and_then(|value| value.strip_prefix(b"Bearer "));
    if key.is_some_and(|key| shared.api_key.is(key)) {
        next.run(request).await
    } else {
        Problem::unauthorized().into_response()
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
