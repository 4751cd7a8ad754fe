//! The one thing that an address names: an invoice, a payment, a credit note.

use std::future::Future;

use api_client::ApiError;
use api_types::{Code, Versioned};
use leptos::prelude::*;

use super::{Api, Loaded, load, use_route};
use crate::route::Route;

/// Reads what the address names. On the way to another page the last one stays.
pub fn load_record<I, V, F, Fut>(named: fn(Route) -> Option<I>, fetch: F) -> Loaded<V>
where
    I: Clone + PartialEq + Send + Sync + 'static,
    V: Versioned + Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Api, I) -> Fut + Clone + 'static,
    Fut: Future<Output = Result<V, ApiError>> + 'static,
{
    let place = use_route();
    let id = Memo::new(move |before: Option<&Option<I>>| {
        let now = place.get().and_then(named);
        now.or_else(|| before.cloned().flatten())
    });
    load(
        move || id.get(),
        move |api, id| {
            let fetch = fetch.clone();
            async move {
                match id {
                    Some(id) => fetch(api, id).await,
                    None => Err(ApiError::Garbled { status: 404 }),
                }
            }
        },
    )
}

/// Whether the server says that there is nothing of that name.
pub fn is_missing<V: Clone + Send + Sync + 'static>(loaded: Loaded<V>) -> Memo<bool> {
    Memo::new(move |_| {
        let error = loaded.error();
        error.is_some_and(|error| error.code() == Some(Code::NotFound))
    })
}
