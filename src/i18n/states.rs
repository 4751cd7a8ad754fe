//! The states of money and documents, in words. Each state also has a stable
//! name that styles and tests go by.

use api_types::{
    DisputeState, DocumentState, EventMoneyState, EventStatus, EventSummary, FailureCode,
    MethodKind, MoneyState, NotPayable, Payment, PaymentMethod, PaymentStatus,
};
use words::{Text, key};

use super::text::{fill, t};

/// A state to show: its stable name for `data-status`, and its word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// The stable name, as in `part_paid`.
    pub status: &'static str,
    /// The word, as in `Part paid`.
    pub word: String,
}

fn badge(status: &'static str, word: Text) -> Badge {
    Badge {
        status,
        word: t(word),
    }
}

/// The one state of an invoice that matters most to whoever has to pay it.
pub fn invoice_badge(document: DocumentState, state: MoneyState, overdue: bool) -> Badge {
    use key::invoices as words;
    match (document, state) {
        (DocumentState::Void, _) => badge("void", words::STATE_VOID),
        (DocumentState::Replaced, _) => badge("replaced", words::STATE_REPLACED),
        (_, MoneyState::Paid) => badge("paid", words::STATE_PAID),
        (_, MoneyState::Refunded) => badge("refunded", words::STATE_REFUNDED),
        (_, MoneyState::PartRefunded) => badge("part_refunded", words::STATE_PART_REFUNDED),
        (_, MoneyState::Pending) => badge("pending", words::STATE_PENDING),
        _ if overdue => badge("overdue", words::STATE_OVERDUE),
        (_, MoneyState::PartPaid) => badge("part_paid", words::STATE_PART_PAID),
        (_, MoneyState::Unpaid) => badge("unpaid", words::STATE_UNPAID),
        // A word from a newer backend: pending, ask again.
        _ => badge("pending", words::STATE_UNKNOWN),
    }
}

/// That an invoice is late.
pub fn overdue_badge() -> Badge {
    badge("overdue", key::invoices::STATE_OVERDUE)
}

/// That the customer comes to an event.
pub fn event_badge() -> Badge {
    badge("confirmed", key::home::CONFIRMED)
}

/// What became of an event.
pub fn event_status_badge(status: EventStatus) -> Badge {
    use key::event_states as words;
    let word = match status {
        EventStatus::Requested => words::REQUESTED,
        EventStatus::Held => words::HELD,
        EventStatus::Booked => words::BOOKED,
        EventStatus::Attended => words::ATTENDED,
        EventStatus::NoShow => words::NO_SHOW,
        EventStatus::Declined => words::DECLINED,
        EventStatus::Cancelled => words::CANCELLED,
        EventStatus::Expired => words::EXPIRED,
        _ => words::UNKNOWN,
    };
    badge(status.as_str(), word)
}

/// What became of an event or that the customer comes; nothing where it simply takes place.
pub fn event_standing_badge(event: &EventSummary) -> Option<Badge> {
    match (event.status, event.confirmed_at) {
        (EventStatus::Booked, Some(_)) => Some(event_badge()),
        (EventStatus::Booked, None) => None,
        (status, _) => Some(event_status_badge(status)),
    }
}

/// The state of an event's money.
pub fn event_money_badge(state: EventMoneyState) -> Badge {
    use key::event_states as words;
    let word = match state {
        EventMoneyState::Unpaid => words::MONEY_UNPAID,
        EventMoneyState::DepositDue => words::MONEY_DEPOSIT_DUE,
        EventMoneyState::Overdue => words::MONEY_OVERDUE,
        EventMoneyState::PartPaid => words::MONEY_PART_PAID,
        EventMoneyState::OnItsWay => words::MONEY_ON_ITS_WAY,
        EventMoneyState::Paid => words::MONEY_PAID,
        EventMoneyState::Refunded => words::MONEY_REFUNDED,
        EventMoneyState::PartRefunded => words::MONEY_PART_REFUNDED,
        _ => words::MONEY_UNKNOWN,
    };
    badge(state.as_str(), word)
}

/// The state of a payment.
pub fn payment_badge(status: PaymentStatus) -> Badge {
    match status {
        PaymentStatus::Completed => badge("completed", key::payments::STATUS_COMPLETED),
        PaymentStatus::Cancelled => badge("cancelled", key::payments::STATUS_CANCELLED),
        PaymentStatus::Pending => badge("pending", key::payments::STATUS_PENDING),
        _ => badge("pending", key::payments::STATUS_UNKNOWN),
    }
}

/// How a dispute over a payment stands; nothing where the money stayed where it was.
pub fn dispute_badge(dispute: DisputeState) -> Option<Badge> {
    match dispute {
        DisputeState::Won => None,
        DisputeState::Lost => Some(badge("dispute_lost", key::payments::DISPUTE_LOST)),
        _ => Some(badge("disputed", key::payments::DISPUTE_OPEN)),
    }
}

/// That money of a payment went back; nothing where none did, and where a lost dispute says so.
pub fn refund_badge(payment: &Payment) -> Option<Badge> {
    if payment.dispute == Some(DisputeState::Lost) {
        return None;
    }
    match payment.refund_state()? {
        MoneyState::Refunded => Some(badge("refunded", key::payments::REFUNDED)),
        _ => Some(badge("part_refunded", key::payments::PART_REFUNDED)),
    }
}

/// Why a payment did not go through.
pub fn failure_words(failure: FailureCode) -> String {
    t(match failure {
        FailureCode::CardDeclined => key::payments::FAILURE_CARD_DECLINED,
        FailureCode::InsufficientFunds => key::payments::FAILURE_INSUFFICIENT_FUNDS,
        FailureCode::ExpiredCard => key::payments::FAILURE_EXPIRED_CARD,
        FailureCode::ProviderError => key::payments::FAILURE_PROVIDER_ERROR,
        FailureCode::TimedOut => key::payments::FAILURE_TIMED_OUT,
        _ => key::payments::FAILURE_UNKNOWN,
    })
}

/// Why something cannot be paid now; `portal` is the provider's name.
pub fn not_payable_words(reason: NotPayable, portal: &str) -> String {
    t(match reason {
        NotPayable::Paid => key::invoices::REASON_PAID,
        NotPayable::Pending => key::invoices::REASON_PENDING,
        NotPayable::Void => key::invoices::REASON_VOID,
        NotPayable::CheckoutOpen => key::invoices::REASON_CHECKOUT_OPEN,
        NotPayable::NoMethod => {
            return fill(key::invoices::REASON_NO_METHOD, [("portal", portal)]);
        }
        _ => key::invoices::REASON_UNKNOWN,
    })
}

/// What a way to pay is called.
pub fn method_words(method: &PaymentMethod) -> String {
    match (&method.label, method.kind) {
        (Some(label), _) => label.clone(),
        (None, MethodKind::Card) => t(key::checkout::METHOD_CARD),
        (None, MethodKind::Wallet) => t(key::checkout::METHOD_WALLET),
        (None, MethodKind::BankTransfer) => t(key::checkout::METHOD_BANK_TRANSFER),
        (None, _) => t(key::checkout::METHOD_OTHER),
    }
}
