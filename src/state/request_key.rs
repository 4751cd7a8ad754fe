//! The `Idempotency-Key` of what a customer requests: as long as it is the same
//! request, pressing again repeats it and makes nothing twice.

use api_client::ApiError;
use leptos::prelude::*;

use super::new_key;

/// A request and its key.
pub struct RequestKey<W: Send + Sync + 'static>(StoredValue<Option<(W, String)>>);

impl<W: Send + Sync + 'static> Clone for RequestKey<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W: Send + Sync + 'static> Copy for RequestKey<W> {}

impl<W: Clone + PartialEq + Send + Sync + 'static> RequestKey<W> {
    /// Nothing has been requested yet.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// The key of this request: the last one for as long as it is the same and has
    /// not been answered.
    pub fn of(self, request: &W) -> String {
        let kept = self.0.with_value(|kept| {
            let (last, key) = kept.as_ref()?;
            (last == request).then(|| key.clone())
        });
        kept.unwrap_or_else(|| {
            let key = new_key();
            self.0.set_value(Some((request.clone(), key.clone())));
            key
        })
    }

    /// An answer came. What was refused for good may be requested again, with a new key; where
    /// no answer was heard, the request may have been fulfilled all the same.
    pub fn refused(self, error: &ApiError) {
        if !error.is_passing() {
            self.0.try_set_value(None);
        }
    }
}

impl<W: Clone + PartialEq + Send + Sync + 'static> Default for RequestKey<W> {
    fn default() -> Self {
        Self::new()
    }
}
