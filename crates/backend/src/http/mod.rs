//! Requests: one file per noun as in `api-types`, and what stands around them.

pub mod back_off;
pub mod cookie;
pub mod customer;
pub mod error;
pub mod etag;
mod guard;
pub mod idempotency;
pub mod json;
pub mod peer;
pub mod sign_in;
