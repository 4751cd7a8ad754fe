//! The idempotency keys whose first request is still being answered. One process serves one
//! provider, so they are kept in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::db::idempotency::KeyScope;

/// The keys, each with the hash of its request's body. Copies are the same ones.
#[derive(Clone, Debug, Default)]
pub struct RunningKeys(Arc<Mutex<HashMap<KeyScope, String>>>);

/// Why a key cannot be used now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyInUse {
    /// The same request is being answered.
    SameRequest,
    /// Another request with the same key is being answered.
    OtherRequest,
}

/// A key, as long as its request is being answered.
#[derive(Debug)]
pub struct RunningKey {
    keys: RunningKeys,
    scope: KeyScope,
}

impl RunningKeys {
    /// Begins the request of a key.
    ///
    /// # Errors
    /// [`KeyInUse`] if a request with this key is being answered.
    pub fn begin(&self, scope: &KeyScope, body_hash: &str) -> Result<RunningKey, KeyInUse> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match keys.get(scope) {
            Some(running) if running == body_hash => Err(KeyInUse::SameRequest),
            Some(_) => Err(KeyInUse::OtherRequest),
            None => {
                keys.insert(scope.clone(), body_hash.to_owned());
                Ok(RunningKey {
                    keys: self.clone(),
                    scope: scope.clone(),
                })
            }
        }
    }
}

impl Drop for RunningKey {
    fn drop(&mut self) {
        let mut keys = self.keys.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.remove(&self.scope);
    }
}
