//! The story of a payment, and what it waits for.

use api_types::{Currency, FailureCode, PaidBy, Party, Payment, PaymentId, PaymentKind};

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
            refunded: nothing,
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
        disputes: vec![],
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
fn only_what_failed_and_is_over_can_be_tried_again() {
    let checkout = CheckoutId::parse("co_1").unwrap();
    for (status, failure, offered) in [
        (
            PaymentStatus::Cancelled,
            Some(FailureCode::CardDeclined),
            true,
        ),
        (PaymentStatus::Cancelled, None, false),
        // A card was declined, and the provider's page takes another one.
        (
            PaymentStatus::Pending,
            Some(FailureCode::CardDeclined),
            false,
        ),
        (PaymentStatus::Completed, None, false),
    ] {
        let mut told = detail(status, MethodKind::Card, &[]);
        told.payment.failure = failure;
        assert_eq!(failed_checkout(&told), None, "it came from no checkout");
        told.checkout = Some(checkout.clone());
        let found = failed_checkout(&told);
        assert_eq!(found.is_some(), offered, "{status:?} {failure:?}");
    }
}

#[test]
fn a_step_from_the_future_is_left_out() {
    let kinds = [PaymentStepKind::Unknown, PaymentStepKind::Confirmed];
    let steps = story(&detail(PaymentStatus::Completed, MethodKind::Card, &kinds));
    assert_eq!(steps.len(), 1);
}

#[test]
fn what_is_looked_into_waits_for_the_provider_until_that_has_happened() {
    use PaymentStepKind::{InReview, Reviewed, Started};
    let waits = |kinds: &[PaymentStepKind]| {
        awaited(&detail(PaymentStatus::Pending, MethodKind::Card, kinds))
    };
    assert_eq!(waits(&[Started, InReview]), Some(Awaited::Review));
    assert_eq!(waits(&[Started, InReview, Reviewed]), Some(Awaited::Money));
    let settled = detail(PaymentStatus::Completed, MethodKind::Card, &[InReview]);
    assert_eq!(awaited(&settled), None);
    let in_review = detail(PaymentStatus::Pending, MethodKind::Card, &[InReview]);
    assert_eq!(story(&in_review).len(), 1, "its last step says so");
}

#[test]
fn a_step_keeps_its_amount_and_a_bad_end_stands_out() {
    let mut told = detail(PaymentStatus::Completed, MethodKind::Card, &[]);
    let credit = Money::from_minor(500, Currency::parse("EUR").unwrap());
    for kind in PaymentStepKind::ALL {
        told.story = vec![PaymentStep {
            kind: *kind,
            at: at("2026-11-21T14:02:00Z"),
            amount: Some(credit),
        }];
        let steps = story(&told);
        assert!(matches!(
            steps.as_slice(),
            [Step::Happened { amount: Some(amount), .. }] if *amount == credit
        ));
        let bad = matches!(
            kind,
            PaymentStepKind::Failed
                | PaymentStepKind::Cancelled
                | PaymentStepKind::Expired
                | PaymentStepKind::DisputeLost
                | PaymentStepKind::RefundFailed
        );
        assert_eq!(steps[0].tone() == StepTone::Bad, bad, "{kind:?}");
    }
}
