//! Paying through the gateways to real payment providers, against strict stand-ins for them.

mod faults;
mod paypal;
mod refunds;
mod stripe;
