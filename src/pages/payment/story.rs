//! What happened to a payment, and what is still awaited: pure.

use api_types::{MethodKind, PaymentDetail, PaymentStatus, PaymentStepKind, Timestamp};

use crate::components::StepTone;

/// A step of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It happened.
    Happened(PaymentStepKind, Timestamp),
    /// The provider waits for the customer's transfer.
    AwaitsTransfer,
    /// The money is awaited.
    AwaitsMoney,
}

impl Step {
    /// How it stands.
    pub fn tone(self) -> StepTone {
        match self {
            Self::Happened(PaymentStepKind::Failed | PaymentStepKind::Cancelled, _) => {
                StepTone::Bad
            }
            Self::Happened(..) => StepTone::Done,
            Self::AwaitsTransfer | Self::AwaitsMoney => StepTone::Waiting,
        }
    }

    /// When it happened.
    pub fn at(self) -> Option<Timestamp> {
        match self {
            Self::Happened(_, at) => Some(at),
            Self::AwaitsTransfer | Self::AwaitsMoney => None,
        }
    }
}

/// The steps that are known, in their order, and what is awaited at the end.
pub fn story(detail: &PaymentDetail) -> Vec<Step> {
    let known = detail.story.iter();
    let mut steps: Vec<Step> = known
        .filter(|step| step.kind != PaymentStepKind::Unknown)
        .map(|step| Step::Happened(step.kind, step.at))
        .collect();
    let method = detail.payment.method.as_ref().map(|by| by.kind);
    // A state from a newer backend reads as pending, ask again.
    let settled = matches!(
        detail.payment.status,
        PaymentStatus::Completed | PaymentStatus::Cancelled
    );
    if !settled {
        let transfer = method == Some(MethodKind::BankTransfer);
        steps.push(if transfer {
            Step::AwaitsTransfer
        } else {
            Step::AwaitsMoney
        });
    }
    steps
}

#[cfg(test)]
mod tests {
    use api_types::{Currency, Money, PaidBy, Party, Payment, PaymentId, PaymentKind, PaymentStep};

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn detail(status: PaymentStatus, by: MethodKind, kinds: &[PaymentStepKind]) -> PaymentDetail {
        let nothing = Money::zero(Currency::parse("EUR").unwrap());
        let party = Party {
            name: "Aoife Brennan".to_owned(),
            address: vec![],
            tax_number: None,
            email: None,
            phone: None,
        };
        let moment = at("2026-11-21T14:02:00Z");
        PaymentDetail {
            payment: Payment {
                id: PaymentId::parse("pay_1").unwrap(),
                kind: PaymentKind::Payment,
                created_at: moment,
                completed_at: None,
                total: nothing,
                status,
                description: String::new(),
                failure: None,
                method: Some(PaidBy {
                    kind: by,
                    label: None,
                    option: None,
                }),
                surcharge: nothing,
                allocations: vec![],
                dispute: None,
            },
            story: kinds
                .iter()
                .map(|kind| PaymentStep {
                    kind: *kind,
                    at: moment,
                    amount: None,
                })
                .collect(),
            unallocated: nothing,
            refunded: nothing,
            refund_of: None,
            instructions: None,
            expected_on: None,
            checkout: None,
            can_cancel: false,
            receipt: false,
            seller: party.clone(),
            customer: party,
            account_number: "A-1".to_owned(),
            as_of: moment,
            version: 1,
        }
    }

    #[test]
    fn what_is_pending_ends_with_what_is_awaited() {
        let started = [PaymentStepKind::Started];
        for (by, last) in [
            (MethodKind::BankTransfer, Step::AwaitsTransfer),
            (MethodKind::Card, Step::AwaitsMoney),
        ] {
            let steps = story(&detail(PaymentStatus::Pending, by, &started));
            assert_eq!(steps.len(), 2);
            assert_eq!(steps.last(), Some(&last));
            assert_eq!(last.tone(), StepTone::Waiting);
        }
    }

    #[test]
    fn what_is_settled_awaits_nothing() {
        let kinds = [PaymentStepKind::Started, PaymentStepKind::Failed];
        let steps = story(&detail(PaymentStatus::Cancelled, MethodKind::Card, &kinds));
        let tones: Vec<_> = steps.into_iter().map(Step::tone).collect();
        assert_eq!(tones, [StepTone::Done, StepTone::Bad]);
    }

    #[test]
    fn a_step_from_the_future_is_left_out() {
        let kinds = [PaymentStepKind::Unknown, PaymentStepKind::Confirmed];
        let steps = story(&detail(PaymentStatus::Completed, MethodKind::Card, &kinds));
        assert_eq!(steps.len(), 1);
    }
}
