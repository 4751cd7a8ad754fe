//! Paying, from the button to the ledger, against a payment provider that says
//! what each test needs, and once against the real sandbox gateway.

mod background;
mod cancelling;
mod creating;
mod elsewhere;
mod events;
mod fake;
mod kinds;
mod late;
mod launching;
mod logging;
mod methods;
mod notifications;
mod racing;
mod returning;
mod sandbox;
mod settling;
mod shop;
mod transfers;
