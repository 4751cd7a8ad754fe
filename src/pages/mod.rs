//! The screens, one file each, named as their addresses.

mod account;
mod credit_note;
mod history;
mod home;
mod invoice;
mod invoices;
mod make_payment;
mod not_found;
mod payment;
mod payments;
mod sign_in;
mod statement;

pub use account::AccountPage;
pub use credit_note::CreditNotePage;
pub use history::HistoryPage;
pub use home::HomePage;
pub use invoice::InvoicePage;
pub use invoices::InvoicesPage;
pub use make_payment::MakePaymentPage;
pub use not_found::NotFoundPage;
pub use payment::PaymentPage;
pub use payments::PaymentsPage;
pub use sign_in::SignInPage;
pub use statement::StatementPage;
