//! What several pages share and that knows the state: components wired to it.
//! A part never knows a page.

mod checkout_panels;
mod failure;
mod freshness;
mod open_invoices;
mod panel_view;
mod pay;

pub use checkout_panels::{CheckoutAnnouncements, CheckoutPanels};
pub use failure::LoadFailure;
pub use freshness::use_freshness;
pub use open_invoices::OpenInvoices;
pub use pay::Pay;
