//! The screens as a customer uses them, named as `src/pages`.

mod account;
pub mod gateway;
mod invoice;
mod payments;
mod sign_in;

pub use account::AccountPage;
pub use gateway::GatewayPage;
pub use invoice::InvoicePage;
pub use payments::PaymentsPage;
pub use sign_in::SignInPage;
