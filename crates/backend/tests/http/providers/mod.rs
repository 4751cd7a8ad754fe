//! Paying through the gateways to real payment providers, against strict stand-ins for them.

mod accounts;
mod faults;
mod logging;
mod paypal;
mod refunds;
mod stripe;
