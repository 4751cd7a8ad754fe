//! Records as an import would put them, for tests to change where they need another.

use std::sync::OnceLock;

use api_types::{
    CustomerId, Day, DocumentState, InvoiceId, Money, Password, PaymentId, PaymentKind,
    PaymentStatus, Timestamp,
};
use backend::db::customers::Customer;
use backend::db::invoices::NewInvoice;
use backend::db::payments::NewPayment;
use backend::passwords::{self, PasswordHash};

/// Every customer's password.
pub const PASSWORD: &str = "a long enough password";

/// The hash of [`PASSWORD`], made once: hashing takes long.
pub fn password_hash() -> &'static PasswordHash {
    static HASH: OnceLock<PasswordHash> = OnceLock::new();
    HASH.get_or_init(|| passwords::hash(&Password(PASSWORD.to_owned())).unwrap())
}

/// An amount in euros.
pub fn euros(text: &str) -> Money {
    Money::parse(text, "EUR".parse().unwrap()).unwrap()
}

/// A customer who signs in as `{id}@example.com`.
pub fn customer(id: &str) -> Customer {
    Customer {
        id: CustomerId::parse(id).unwrap(),
        name: format!("The customer {id}"),
        email: Some(format!("{id}@example.com")),
        address: Vec::new(),
        tax_number: None,
        account_number: None,
        attendees: Vec::new(),
    }
}

/// An open invoice without tax and without lines, issued on 2026-11-01 and due on 2026-11-20.
pub fn invoice(customer: &str, id: &str, total: Money) -> NewInvoice {
    NewInvoice {
        id: InvoiceId::parse(id).unwrap(),
        customer: CustomerId::parse(customer).unwrap(),
        number: id.to_owned(),
        name: "A visit".to_owned(),
        issued_on: Day::parse("2026-11-01").unwrap(),
        issued_at: Timestamp::parse("2026-11-01T00:00:00Z").unwrap(),
        due_on: Day::parse("2026-11-20").unwrap(),
        period_from: None,
        period_to: None,
        net: total,
        tax: Money::zero(total.currency()),
        service: None,
        replaced_by: None,
        document: DocumentState::Open,
        lines: Vec::new(),
    }
}

/// A bank transfer that has come at an instant and pays for nothing yet; below zero it is a
/// purchase.
pub fn payment(customer: &str, id: &str, total: Money, at: Timestamp) -> NewPayment {
    NewPayment {
        id: PaymentId::parse(id).unwrap(),
        customer: CustomerId::parse(customer).unwrap(),
        kind: if total.is_negative() {
            PaymentKind::Purchase
        } else {
            PaymentKind::Payment
        },
        created_at: at,
        completed_at: Some(at),
        total,
        surcharge: Money::zero(total.currency()),
        status: PaymentStatus::Completed,
        description: "By bank transfer".to_owned(),
        method: None,
        paid_by: None,
        reference: None,
        refund_of: None,
        failure: None,
        checkout: None,
        provider: None,
    }
}
