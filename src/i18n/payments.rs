//! What payments are, how they were made and what happened to them, in words.

use api_types::{MethodKind, PaidBy, PaymentKind, PaymentStepKind};
use words::key;

use super::locale::{fill, t};

/// What a payment is, as in `Refund`.
pub fn payment_kind_words(kind: PaymentKind) -> String {
    t(match kind {
        PaymentKind::Purchase => key::payments::KIND_PURCHASE,
        PaymentKind::Refund => key::payments::KIND_REFUND,
        // A word from a newer backend is money that moved all the same.
        _ => key::payments::KIND_PAYMENT,
    })
}

/// How a payment was made, as in `Wallet, Isla Wallet`.
pub fn paid_by_words(by: &PaidBy) -> String {
    let method = by.label.clone().unwrap_or_else(|| {
        t(match by.kind {
            MethodKind::Card => key::checkout::METHOD_CARD,
            MethodKind::Wallet => key::checkout::METHOD_WALLET,
            MethodKind::BankTransfer => key::checkout::METHOD_BANK_TRANSFER,
            _ => key::checkout::METHOD_OTHER,
        })
    });
    match &by.option {
        Some(option) => fill(
            key::documents::PAID_BY_OPTION,
            [("method", &method), ("option", option)],
        ),
        None => method,
    }
}

/// What happened, as in `You came back from the payment page`; `None` for a
/// step that this build does not know.
pub fn payment_step_words(kind: PaymentStepKind) -> Option<String> {
    Some(t(match kind {
        PaymentStepKind::Started => key::payments::STEP_STARTED,
        PaymentStepKind::Opened => key::payments::STEP_OPENED,
        PaymentStepKind::Returned => key::payments::STEP_RETURNED,
        PaymentStepKind::OnItsWay => key::payments::STEP_ON_ITS_WAY,
        PaymentStepKind::Confirmed => key::payments::STEP_CONFIRMED,
        PaymentStepKind::Applied => key::payments::STEP_APPLIED,
        PaymentStepKind::Failed => key::payments::STEP_FAILED,
        PaymentStepKind::Cancelled => key::payments::STEP_CANCELLED,
        PaymentStepKind::Refunded => key::payments::STEP_REFUNDED,
        _ => return None,
    }))
}
