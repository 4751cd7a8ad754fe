//! Paying, from the button to the ledger, against a payment provider that says
//! what each test needs, and once against the real sandbox gateway.

mod aftermath;
mod any_order;
mod background;
mod cancelling;
mod creating;
mod elsewhere;
mod events;
pub mod fake;
mod kinds;
mod late;
mod launching;
mod logging;
pub mod methods;
mod notifications;
mod racing;
mod returning;
mod sandbox;
mod settling;
pub mod shop;
mod transfers;
