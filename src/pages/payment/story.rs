//! What happened to a payment, and what is still awaited: pure.

use api_types::{
    CheckoutId, MethodKind, Money, PaymentDetail, PaymentStatus, PaymentStep, PaymentStepKind,
    Timestamp,
};

use crate::components::StepTone;

/// A step of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It happened.
    Happened {
        /// What.
        kind: PaymentStepKind,
        /// When.
        at: Timestamp,
        /// How much, where that is another amount than the payment's.
        amount: Option<Money>,
    },
    /// The provider waits for the customer's transfer.
    AwaitsTransfer,
    /// The money is awaited.
    AwaitsMoney,
}

impl Step {
    fn of(step: &PaymentStep) -> Self {
        Self::Happened {
            kind: step.kind,
            at: step.at,
            amount: step.amount,
        }
    }

    /// How it stands.
    pub fn tone(self) -> StepTone {
        use PaymentStepKind as Kind;
        match self {
            Self::Happened { kind, .. } => match kind {
                Kind::Failed
                | Kind::Cancelled
                | Kind::Expired
                | Kind::DisputeLost
                | Kind::RefundFailed => StepTone::Bad,
                _ => StepTone::Done,
            },
            Self::AwaitsTransfer | Self::AwaitsMoney => StepTone::Waiting,
        }
    }

    /// When it happened.
    pub fn at(self) -> Option<Timestamp> {
        match self {
            Self::Happened { at, .. } => Some(at),
            Self::AwaitsTransfer | Self::AwaitsMoney => None,
        }
    }
}

/// The steps that are known, in their order, and what is awaited at the end.
pub fn story(detail: &PaymentDetail) -> Vec<Step> {
    let known = detail.story.iter();
    let mut steps: Vec<Step> = known
        .filter(|step| step.kind != PaymentStepKind::Unknown)
        .map(Step::of)
        .collect();
    steps.extend(match awaited(detail) {
        Some(Awaited::Transfer) => Some(Step::AwaitsTransfer),
        Some(Awaited::Money) => Some(Step::AwaitsMoney),
        // Its last step says so already.
        Some(Awaited::Review) | None => None,
    });
    steps
}

/// What a payment waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// The customer's transfer, which the provider confirms.
    Transfer,
    /// Money that is on its way.
    Money,
    /// That the provider looks into what arrived.
    Review,
}

/// What a payment waits for, until it is settled.
pub fn awaited(detail: &PaymentDetail) -> Option<Awaited> {
    // A state from a newer backend reads as pending, ask again.
    let settled = matches!(
        detail.payment.status,
        PaymentStatus::Completed | PaymentStatus::Cancelled
    );
    if settled {
        return None;
    }
    let looked_into = |step: &&PaymentStep| {
        matches!(
            step.kind,
            PaymentStepKind::InReview | PaymentStepKind::Reviewed
        )
    };
    let last = detail.story.iter().rfind(looked_into);
    if last.is_some_and(|step| step.kind == PaymentStepKind::InReview) {
        return Some(Awaited::Review);
    }
    let method = detail.payment.method.as_ref().map(|by| by.kind);
    Some(if method == Some(MethodKind::BankTransfer) {
        Awaited::Transfer
    } else {
        Awaited::Money
    })
}

/// The checkout of a payment that did not go through, which can be tried again: the customer's
/// own, and over.
pub fn failed_checkout(detail: &PaymentDetail) -> Option<CheckoutId> {
    let payment = &detail.payment;
    let failed = payment.failure.is_some() && payment.status == PaymentStatus::Cancelled;
    detail.checkout.clone().filter(|_| failed)
}

#[cfg(test)]
#[path = "story_tests.rs"]
mod tests;
