//! Requests to Stripe: those that must be refused come first, because a check that refuses nothing
//! takes everything.

mod refused;
mod refused_elsewhere;
mod support;
mod taken;
