//! Typed calls of the backend: one method an endpoint, over a [`Transport`].
//!
//! The browser sends with `fetch` ([`FetchTransport`]), the contract tests
//! call the backend's router in their own process, and offline storage is a
//! transport around a transport: nobody above this crate can tell.

mod balance;
mod booking;
mod cache;
mod checkouts;
mod client;
mod credit_notes;
mod error;
mod event_stream;
mod events;
mod feed;
#[cfg(target_arch = "wasm32")]
mod fetch;
mod history;
mod home;
mod http_date;
mod invoices;
mod payments;
mod portal;
mod query;
mod session;
mod stream;
mod transport;

pub use client::Client;
pub use error::ApiError;
pub use event_stream::{EventParser, ServerEvent};
#[cfg(target_arch = "wasm32")]
pub use fetch::FetchTransport;
pub use stream::Changes;
pub use transport::{Chunks, Method, Request, Response, Transport, TransportError};
