//! Paying, from the button to the ledger, against a payment provider that says
//! what each test needs, and once against the real sandbox gateway.

mod background;
mod cancelling;
mod creating;
mod fake;
mod late;
mod launching;
mod logging;
mod notifications;
mod racing;
mod returning;
mod sandbox;
mod settling;
mod shop;
