//! Requests to PayPal: those that must be refused come first, because a check that refuses nothing
//! takes everything.

mod answers;
mod refused;
mod refused_headers;
mod refused_others;
mod refused_paths;
mod support;
mod tables;
mod taken;
