//! The caller that every page uses, about whoever is signed in.

use api_client::Client;
use api_types::CustomerId;
use leptos::prelude::*;

#[cfg(target_arch = "wasm32")]
use crate::browser::page;
use crate::browser::random;

#[cfg(target_arch = "wasm32")]
pub(super) type BrowserTransport = api_client::FetchTransport;
#[cfg(not(target_arch = "wasm32"))]
pub(super) type BrowserTransport = no_browser::NoTransport;

/// The browser's caller.
pub type Api = Client<BrowserTransport>;

/// The caller, which changes with the person.
#[derive(Clone, Copy)]
pub struct ApiState(StoredValue<Api>);

impl ApiState {
    /// The caller as it is now.
    pub fn get(self) -> Api {
        self.0.get_value()
    }

    /// From now on calls are about this person, or about nobody.
    pub(super) fn set_person(self, person: Option<CustomerId>) {
        // A copy that is still in use somewhere must not keep what it was told.
        self.0.with_value(Api::forget_answers);
        let guest = new_api();
        self.0.set_value(match person {
            Some(person) => guest.about(person),
            None => guest,
        });
    }
}

#[cfg(target_arch = "wasm32")]
fn new_api() -> Api {
    let base = page::meta("portico-api").unwrap_or_else(|| api_types::API_BASE.to_owned());
    Client::new(BrowserTransport::new(&base))
}

#[cfg(not(target_arch = "wasm32"))]
fn new_api() -> Api {
    Client::new(BrowserTransport::default())
}

/// Makes the caller.
pub fn provide_api() -> ApiState {
    let state = ApiState(StoredValue::new(new_api()));
    provide_context(state);
    state
}

/// A new `Idempotency-Key`: one for each request of the customer. Without a source
/// of random numbers it is empty, and the server refuses the write.
pub fn new_key() -> String {
    random::token().unwrap_or_default()
}

/// The caller.
pub fn use_api() -> ApiState {
    expect_context()
}

/// Off the browser there is nothing to call with: the app compiles on the host
/// only so that its pure parts can be tested there.
#[cfg(not(target_arch = "wasm32"))]
mod no_browser {
    use api_client::{Chunks, Request, Response, Transport, TransportError};

    #[derive(Clone, Debug, Default)]
    pub struct NoTransport;

    impl Transport for NoTransport {
        async fn send(&self, _: Request) -> Result<Response, TransportError> {
            Err(TransportError::Unreachable)
        }

        async fn open(&self, _: Request) -> Result<Result<Chunks, Response>, TransportError> {
            Err(TransportError::Unreachable)
        }
    }
}
