//! PayPal's access token: asked for once, and used until shortly before it ends.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::settings::Secret;

/// How long before its end a token is not used any more.
const MARGIN: Duration = Duration::from_secs(60);

/// The token that is in use.
#[derive(Debug, Default)]
pub(super) struct TokenStore(Mutex<Option<(Secret, Instant)>>);

impl TokenStore {
    /// The token, which `ask` asks for if there is none that is good. However many ask at once, one
    /// asks PayPal.
    ///
    /// # Errors
    /// As `ask`.
    pub(super) async fn get<E>(
        &self,
        ask: impl Future<Output = Result<(Secret, Duration), E>>,
    ) -> Result<Secret, E> {
        let mut stored = self.0.lock().await;
        if let Some((token, until)) = stored.as_ref()
            && Instant::now() < *until
        {
            return Ok(token.clone());
        }
        let (token, lives) = ask.await?;
        *stored = Some((token.clone(), Instant::now() + lives.saturating_sub(MARGIN)));
        Ok(token)
    }

    /// Forgets a token that PayPal does not take any more, unless it has been replaced.
    pub(super) async fn forget(&self, token: &Secret) {
        let mut stored = self.0.lock().await;
        if stored.as_ref().is_some_and(|(known, _)| known == token) {
            *stored = None;
        }
    }
}
