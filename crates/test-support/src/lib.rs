//! What the tests of several packages share: a backend in this process, customers who pay and who
//! ask for events, a payment provider that says what a test needs, and the sample data.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what a test cannot go on without ends it"
)]

mod booking;
mod browser;
mod checkout;
mod gateway;
mod imports;
mod methods;
mod providers;
mod records;
pub mod sample_data;
mod site;

pub use booking::{
    BookingSite, COUNSELLING, EVENTS, MONDAY, PHYSIO, TUESDAY, begin, booked, counselling,
    counselling_at, day, fault, physio, physio_at,
};
pub use browser::{Browser, GOOD_CARD, LONGEST, PENDING_CARD};
pub use checkout::{
    CHECKOUTS, CheckoutSite, WEBHOOKS, euro, for_balance, for_invoice, launch, notification,
    open_site, put_invoice, put_invoice_of, signed, status, token,
};
pub use gateway::{API_KEY, Behaviour, Create, FakeGateway, WEBHOOK_SECRET};
pub use imports::{bring, charge, faults_of, payment_row, refund_row};
pub use methods::{currency, with_all_methods};
pub use providers::{
    CARDS, PAYPAL, PAYPAL_CLIENT, PAYPAL_SECRET, PAYPAL_WEBHOOK, ProviderSite, STRIPE_KEY,
    STRIPE_WEBHOOK_SECRET, add_providers, holds_against_what_is_published, start_paypal,
    start_stripe, usual_coop,
};
pub use records::{PASSWORD, customer, euros, invoice, password_hash, payment};
pub use site::{
    Answer, HOST, ORIGIN, SignedIn, Site, get, migrated, navigate, problem, request, sign_in,
    sign_in_from,
};
