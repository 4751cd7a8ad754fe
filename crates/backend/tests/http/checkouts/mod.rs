//! Paying, from the button to the ledger, against a payment provider that says
//! what each test needs, and once against the real sandbox gateway.

mod any_order;
mod attempts_in_any_order;
mod background;
mod bounds;
mod cancelling;
mod changing;
mod creating;
mod elsewhere;
mod events;
mod imported;
mod joined;
mod kinds;
mod late;
mod launching;
mod logging;
mod mended;
pub mod methods;
mod notifications;
mod open_at_once;
mod races_table;
mod racing;
mod rate_limit;
mod refunds_disputes;
mod returning;
mod reversals;
mod sandbox;
mod settling;
mod stories;
mod superseded;
mod transfers;
mod unknown;
