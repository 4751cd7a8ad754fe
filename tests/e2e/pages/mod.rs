//! The screens as a customer uses them, named as `src/pages`.

mod account;
mod event;
pub mod gateway;
mod invoice;
mod make_payment;
mod payments;
mod request_event;
mod sign_in;

pub use account::AccountPage;
pub use event::EventPage;
pub use gateway::GatewayPage;
pub use invoice::InvoicePage;
pub use make_payment::MakePaymentPage;
pub use payments::PaymentsPage;
pub use request_event::RequestPage;
pub use sign_in::SignInPage;

/// The text of a PDF without its blanks, since a line may break anywhere.
pub fn text_of_pdf(pdf: &[u8]) -> String {
    without_blanks(&pdf_extract::extract_text_from_mem(pdf).unwrap())
}

/// A text without blanks and without the marks of where it may break.
pub fn without_blanks(text: &str) -> String {
    let keeps = |c: &char| !c.is_whitespace() && *c != '\u{200b}' && *c != '\u{ad}';
    text.chars().filter(keeps).collect()
}

/// Minor units of an amount as plain decimal text, for differences.
pub fn minor(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}
