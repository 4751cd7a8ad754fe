//! What payments are, how they were made and what happened to them, in words.

use api_types::{MethodKind, PaidBy, PaymentKind, PaymentStepKind};
use words::key;

use super::text::{fill, t};

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
/// step that this build does not know. What the customer did not begin here was
/// recorded by the provider.
pub fn payment_step_words(step: PaymentStepKind, of: PaymentKind, here: bool) -> Option<String> {
    Some(t(match (step, of) {
        (PaymentStepKind::Started, _) if here => key::payments::STEP_STARTED,
        (PaymentStepKind::Started, _) => key::payments::STEP_RECORDED,
        (PaymentStepKind::Confirmed, PaymentKind::Purchase) => key::payments::STEP_CHARGED,
        (PaymentStepKind::Confirmed, PaymentKind::Refund) => key::payments::STEP_REFUNDED,
        (step, _) => return later_step_words(step),
    }))
}

fn later_step_words(step: PaymentStepKind) -> Option<String> {
    Some(t(match step {
        PaymentStepKind::Opened => key::payments::STEP_OPENED,
        PaymentStepKind::Returned => key::payments::STEP_RETURNED,
        PaymentStepKind::OnItsWay => key::payments::STEP_ON_ITS_WAY,
        PaymentStepKind::Confirmed => key::payments::STEP_CONFIRMED,
        PaymentStepKind::Applied => key::payments::STEP_APPLIED,
        PaymentStepKind::Failed => key::payments::STEP_FAILED,
        PaymentStepKind::Cancelled => key::payments::STEP_CANCELLED,
        PaymentStepKind::Refunded => key::payments::STEP_REFUNDED,
        PaymentStepKind::RefundFailed => key::payments::STEP_REFUND_FAILED,
        PaymentStepKind::Credited => key::payments::STEP_CREDITED,
        PaymentStepKind::Superseded => key::payments::STEP_SUPERSEDED,
        PaymentStepKind::Expired => key::payments::STEP_EXPIRED,
        PaymentStepKind::InReview => key::payments::STEP_IN_REVIEW,
        PaymentStepKind::Reviewed => key::payments::STEP_REVIEWED,
        PaymentStepKind::Disputed => key::payments::STEP_DISPUTED,
        PaymentStepKind::DisputeWon => key::payments::STEP_DISPUTE_WON,
        PaymentStepKind::DisputeLost => key::payments::STEP_DISPUTE_LOST,
        // Started is told above; a word from a newer backend is left out.
        _ => return None,
    }))
}
