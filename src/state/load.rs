//! How a page reads: loading, failed, loaded; and loaded again whenever the
//! account may have moved, with the old content on screen meanwhile.

use std::future::Future;

use api_client::ApiError;
use api_types::Versioned;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Api, use_api, use_live, use_session};

/// What a page has read.
pub struct Loaded<V: Send + Sync + 'static> {
    value: RwSignal<Option<V>>,
    error: RwSignal<Option<ApiError>>,
    again: RwSignal<u32>,
}

impl<V: Send + Sync + 'static> Clone for Loaded<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: Send + Sync + 'static> Copy for Loaded<V> {}

impl<V: Clone + Send + Sync + 'static> Loaded<V> {
    /// The value, if there is one; an old one stays while a new one is read.
    pub fn value(self) -> Option<V> {
        self.value.get()
    }

    /// Something of the value.
    pub fn of<R>(self, read: impl FnOnce(&V) -> R) -> Option<R> {
        self.value.with(|value| value.as_ref().map(read))
    }

    /// Why the last reading failed.
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// Reads again.
    pub fn retry(self) {
        self.again.update(|times| *times += 1);
    }
}

/// Reads a value for what `key` says, and again whenever the key or the account changes.
pub fn load<K, V, F, Fut>(key: impl Fn() -> K + 'static, fetch: F) -> Loaded<V>
where
    K: Clone + PartialEq + 'static,
    V: Versioned + Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Api, K) -> Fut + Clone + 'static,
    Fut: Future<Output = Result<V, ApiError>> + 'static,
{
    load_when(move || Some(key()), fetch)
}

/// The same, but nothing is read, and nothing is known, while there is no key.
pub fn load_when<K, V, F, Fut>(key: impl Fn() -> Option<K> + 'static, fetch: F) -> Loaded<V>
where
    K: Clone + PartialEq + 'static,
    V: Versioned + Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Api, K) -> Fut + Clone + 'static,
    Fut: Future<Output = Result<V, ApiError>> + 'static,
{
    let loaded: Loaded<V> = Loaded {
        value: RwSignal::new(None),
        error: RwSignal::new(None),
        again: RwSignal::new(0),
    };
    let (api, live, session) = (use_api(), use_live(), use_session());
    // Counts the readings, so that an answer that comes after a later
    // question's key has changed is not shown for it.
    let turn = StoredValue::new(0u32);
    Effect::new(move |before: Option<(Option<K>, u32)>| {
        live.track();
        let (key, again) = (key(), loaded.again.get());
        let other = before.as_ref().is_some_and(|(last, _)| *last != key);
        // What only a revalidation asks for is no act of the customer's: it must not
        // keep the session alive.
        let is_revalidation = before.is_some_and(|before| before == (key.clone(), again));
        if other {
            loaded.value.set(None);
            loaded.error.set(None);
        }
        if other || loaded.value.with_untracked(Option::is_none) {
            turn.update_value(|turn| *turn += 1);
        }
        let Some(asked) = key.clone() else {
            return (key, again);
        };
        let (mine, fetch) = (turn.get_value(), fetch.clone());
        spawn_local(async move {
            let caller = if is_revalidation {
                api.get().in_background()
            } else {
                api.get()
            };
            let answer = fetch(caller, asked).await;
            // The page may be gone by now.
            if turn.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(value) => {
                    live.record_version(value.version());
                    let no_news = loaded.value.with_untracked(|known| {
                        known.as_ref().is_some_and(|known| {
                            known.version() > value.version() || *known == value
                        })
                    });
                    if !no_news {
                        loaded.value.set(Some(value));
                    }
                    if loaded.error.with_untracked(Option::is_some) {
                        loaded.error.set(None);
                    }
                }
                Err(error) => {
                    session.notice(&error);
                    live.failed(&error);
                    loaded.error.set(Some(error));
                }
            }
        });
        (key, again)
    });
    loaded
}
