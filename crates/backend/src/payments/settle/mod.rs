//! Decides what a provider's answer means for a checkout. It is a pure function over closed sets;
//! `posting` carries the decision out.
//!
//! Answers may come late, twice and in any order. So a decision only moves a checkout forward:
//! nothing replaces paid, only money replaces an end, and an answer that says nothing new changes
//! nothing.

use std::cmp::Ordering;

use api_types::{CheckoutStatus, FailureCode, Money, PaymentStatus};

use crate::gateways::{Ended, Ending, ProviderState, Received, TooLarge};

/// What is known about a checkout before the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The status of the checkout.
    pub status: CheckoutStatus,
    /// Whether the answer is about another attempt than the current one.
    pub is_superseded: bool,
    /// What the attempt asked of the customer.
    pub total: Money,
    /// The payment of the attempt, if there is one.
    pub payment: Option<Booked>,
    /// Whether money of another attempt is in review.
    pub other_money: bool,
    /// Whether the provider has reported before that more came than an amount may be.
    pub too_large: bool,
}

/// The payment of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    /// Its status.
    pub status: PaymentStatus,
    /// How much.
    pub total: Money,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing.
    Keep,
    /// The provider's page can be used.
    Open,
    /// Pay was pressed: a pending payment, if the provider says that money is on its way.
    Confirm(Option<Received>),
    /// The money is there: a completed payment, allocated to what is paid for.
    Settle(Received),
    /// No rule covers the answer: a review, with a pending payment of what arrived.
    Review(Option<Received>),
    /// More arrived than an amount may be: a review without a payment.
    TooLarge(TooLarge),
    /// The checkout is over: a cancelled payment if the customer had tried to pay.
    End {
        /// In which way.
        status: CheckoutStatus,
        /// Why.
        failure: Option<FailureCode>,
        /// Whether the customer had tried to pay.
        tried: bool,
    },
}

impl Decision {
    /// The checkout's status afterwards; `None` where nothing is to be done.
    pub fn status(&self) -> Option<CheckoutStatus> {
        match self {
            Self::Keep => None,
            Self::Open => Some(CheckoutStatus::Open),
            Self::Confirm(_) => Some(CheckoutStatus::Confirming),
            Self::Settle(_) => Some(CheckoutStatus::Paid),
            Self::Review(_) | Self::TooLarge(_) => Some(CheckoutStatus::NeedsReview),
            Self::End { status, .. } => Some(*status),
        }
    }
}

/// What is to be done about money that comes besides the payment that a checkout was paid by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nothing.
    Keep,
    /// The money is there: a completed payment of its own.
    Book(Received),
    /// The money was on its way and will not come.
    Withdraw(Ending),
    /// The money is more than an amount may be: a review.
    TooLarge(TooLarge),
}

/// Decides what an answer about an attempt means for a checkout that is paid, because another
/// attempt of it may bring money too. `payment` is the payment that the money of the answer has
/// become so far, `total` what the attempt asked for.
pub fn beside(payment: Option<Booked>, total: Money, said: &ProviderState) -> Beside {
    let status = payment.map(|payment| payment.status);
    match said {
        ProviderState::Paid(received)
            if status == Some(PaymentStatus::Completed) || !received.amount.is_positive() =>
        {
            Beside::Keep
        }
        // It is being looked into as it is.
        ProviderState::Paid(received)
            if status == Some(PaymentStatus::Pending)
                && payment.map(|payment| payment.total) == Some(received.amount)
                && !covers(received.amount, total) =>
        {
            Beside::Keep
        }
        ProviderState::Paid(received) => Beside::Book(received.clone()),
        ProviderState::TooLarge(money) => Beside::TooLarge(money.clone()),
        ProviderState::Ended(ending) if status == Some(PaymentStatus::Pending) => {
            Beside::Withdraw(*ending)
        }
        _ => Beside::Keep,
    }
}

/// Whether an amount is at least what was asked for. Amounts of two currencies cannot be compared,
/// so they do not cover each other.
fn covers(amount: Money, total: Money) -> bool {
    let order = amount.compare(total);
    matches!(order, Ok(Ordering::Equal | Ordering::Greater))
}

/// Decides what a provider's answer means. A paid checkout stays paid; [`beside`] decides about
/// further money.
pub fn decide(known: &Known, said: &ProviderState) -> Decision {
    if known.status == CheckoutStatus::Paid {
        return Decision::Keep;
    }
    let is_money = matches!(said, ProviderState::Paid(_) | ProviderState::TooLarge(_));
    if known.is_superseded && !is_money {
        // Only money counts. That nobody pays on a page which was given up is as it should be.
        return Decision::Keep;
    }
    match said {
        ProviderState::Paid(received) => decide_paid(known, received),
        ProviderState::TooLarge(_)
            if known.too_large && known.status == CheckoutStatus::NeedsReview =>
        {
            Decision::Keep
        }
        ProviderState::TooLarge(money) => Decision::TooLarge(money.clone()),
        ProviderState::Processing(money) => processing(known, money.as_ref()),
        ProviderState::Ended(ending) => decide_ended(known, *ending),
        // From here on it can be captured, and not be turned back from any more. One that ended or
        // was given up stays so, and is never captured.
        ProviderState::Approved => match known.status {
            CheckoutStatus::Created | CheckoutStatus::Open => Decision::Confirm(None),
            _ => Decision::Keep,
        },
        ProviderState::Open if known.status == CheckoutStatus::Created => Decision::Open,
        // It stays where it is: a read that was overtaken by a later one, or
        // the page offers another card after pay was pressed.
        ProviderState::Open => Decision::Keep,
        ProviderState::Unreadable => match known.status {
            CheckoutStatus::Created | CheckoutStatus::Open => Decision::Review(None),
            // It waits for the provider's word as it is.
            _ => Decision::Keep,
        },
    }
}

fn decide_paid(known: &Known, received: &Received) -> Decision {
    if covers(received.amount, known.total) && received.amount.is_positive() {
        return Decision::Settle(received.clone());
    }
    if !received.amount.is_positive() {
        // Paid, and nothing came: the provider contradicts itself.
        return match known.status {
            status if status.is_live() && !known.is_superseded => Decision::Review(None),
            _ => Decision::Keep,
        };
    }
    let in_review = known.status == CheckoutStatus::NeedsReview;
    if in_review && known.payment.map(|payment| payment.total) == Some(received.amount) {
        Decision::Keep
    } else {
        Decision::Review(Some(received.clone()))
    }
}

fn processing(known: &Known, money: Option<&Received>) -> Decision {
    let money = money.filter(|money| money.amount.is_positive());
    match known.status {
        CheckoutStatus::Created | CheckoutStatus::Open => Decision::Confirm(money.cloned()),
        CheckoutStatus::Confirming if known.payment.is_none() && money.is_some() => {
            Decision::Confirm(money.cloned())
        }
        _ => Decision::Keep,
    }
}

fn decide_ended(known: &Known, ending: Ending) -> Decision {
    let status = match known.status {
        CheckoutStatus::Created | CheckoutStatus::Open | CheckoutStatus::Confirming => {
            ending.how.status()
        }
        // An unknown answer has found its meaning. Money that arrived stays in review.
        CheckoutStatus::NeedsReview
            if known.payment.is_none() && !known.other_money && !known.too_large =>
        {
            ending.how.status()
        }
        // It ended here first; that the customer had tried to pay is still worth a row.
        over @ (CheckoutStatus::Failed | CheckoutStatus::Cancelled | CheckoutStatus::Expired)
            if known.payment.is_none() && ending.tried =>
        {
            over
        }
        _ => return Decision::Keep,
    };
    let failure = match ending.how {
        Ended::Failed => Some(ending.failure.unwrap_or(FailureCode::ProviderError)),
        Ended::Expired => Some(ending.failure.unwrap_or(FailureCode::TimedOut)),
        Ended::Cancelled => ending.failure,
    };
    Decision::End {
        status,
        failure,
        tried: ending.tried,
    }
}

#[cfg(test)]
mod tests;
