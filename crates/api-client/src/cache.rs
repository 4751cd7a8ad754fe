//! Answers that the server may say are still good. They live in memory only:
//! everything behind a session is `no-store`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A remembered answer.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) etag: String,
    pub(crate) body: String,
}

/// How many answers are remembered; past it all are forgotten, which costs a
/// full answer each and is simpler than keeping an order.
const MOST: usize = 64;

#[derive(Clone, Default)]
pub(crate) struct Cache(Arc<Mutex<HashMap<String, Kept>>>);

impl Cache {
    pub(crate) fn get(&self, path: &str) -> Option<Kept> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(path)
            .cloned()
    }

    pub(crate) fn keep(&self, path: &str, etag: String, body: String) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(path.to_owned(), Kept { etag, body });
    }

    pub(crate) fn forget(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forgotten_no_clone_remembers() {
        let cache = Cache::default();
        let clone = cache.clone();
        cache.keep("/balance", "tag".to_owned(), "{}".to_owned());
        assert_eq!(clone.get("/balance").unwrap().etag, "tag");
        cache.forget();
        assert!(clone.get("/balance").is_none());
    }
}
