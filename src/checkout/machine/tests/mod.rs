//! The machine, by table and by property.

use api_client::{ApiError, TransportError};
use api_types::{
    Checkout, CheckoutFor, CheckoutId, CheckoutStatus, Code, Currency, MethodId, Money, Problem,
    Timestamp, TransferInstructions,
};

mod change;
mod server;
mod table;
mod windows;

use super::{Effect, Event, Machine, Opened, Phase, Refusal, WindowView};

pub(in crate::checkout) fn a_checkout(status: CheckoutStatus, version: u64) -> Checkout {
    let currency = Currency::parse("EUR").unwrap();
    let instant = Timestamp::parse("2026-11-21T14:00:00Z").unwrap();
    Checkout {
        id: CheckoutId::parse("co_1").unwrap(),
        status,
        pays_for: CheckoutFor::Balance { currency },
        items: vec![],
        total: Money::from_minor(6200, currency),
        surcharge: Money::zero(currency),
        option: None,
        instructions: None,
        method: MethodId::parse("card").unwrap(),
        pay_host: "pay.example".to_owned(),
        launched: false,
        can_cancel: status == CheckoutStatus::Open,
        failure: None,
        payment: None,
        attempt: 1,
        expected_on: None,
        created_at: instant,
        expires_at: instant,
        as_of: instant,
        nonce: "nonce".to_owned(),
        version,
    }
}

fn answered(status: CheckoutStatus, version: u64) -> Event {
    Event::Answered(Box::new(a_checkout(status, version)))
}

fn a_transfer(version: u64) -> Checkout {
    Checkout {
        instructions: Some(TransferInstructions {
            details: vec![],
            reference: "HC-1".to_owned(),
        }),
        can_cancel: true,
        ..a_checkout(CheckoutStatus::Confirming, version)
    }
}

#[test]
fn a_transfer_is_not_asked_about_by_the_clock_and_can_be_turned_back() {
    let (machine, _) = run([Event::Answered(Box::new(a_transfer(2)))]);
    assert!(machine.awaits_transfer() && machine.can_cancel());
    assert_eq!(machine.clone().step(Event::PollDue).1, []);
    assert_eq!(machine.clone().step(Event::Hinted).1, [Effect::Ask]);
    let (cancelling, effects) = machine.step(Event::CancelPressed);
    assert_eq!(effects, [Effect::Cancel]);
    let (still, _) = cancelling.step(Event::Answered(Box::new(a_transfer(2))));
    assert!(still.cancelling, "an answer from before changes nothing");
    let (over, _) = still.step(answered(CheckoutStatus::Cancelled, 3));
    assert_eq!((over.phase, over.cancelling), (Phase::Cancelled, false));
}

fn refused_with(code: Code) -> ApiError {
    ApiError::Refused(Box::new(Problem::new(409, code)))
}

fn run(events: impl IntoIterator<Item = Event>) -> (Machine, Vec<Effect>) {
    let start = Machine::pressed().0;
    events
        .into_iter()
        .fold((start, vec![]), |(machine, _), event| machine.step(event))
}

#[test]
fn pressing_pay_starts_a_checkout() {
    let (machine, effects) = Machine::pressed();
    assert_eq!(
        (machine.phase, effects),
        (Phase::Opening, vec![Effect::Create])
    );
}

#[test]
fn each_status_has_its_phase() {
    for (status, phase) in [
        (CheckoutStatus::Created, Phase::Open),
        (CheckoutStatus::Open, Phase::Open),
        (CheckoutStatus::Confirming, Phase::Confirming),
        (CheckoutStatus::Paid, Phase::Paid),
        (CheckoutStatus::Failed, Phase::Failed),
        (CheckoutStatus::Cancelled, Phase::Cancelled),
        (CheckoutStatus::Expired, Phase::Expired),
        (CheckoutStatus::NeedsReview, Phase::NeedsReview),
        (CheckoutStatus::Unknown, Phase::Confirming),
    ] {
        let (machine, _) = run([Event::WindowOpened(Opened::Window), answered(status, 1)]);
        assert_eq!(machine.phase, phase, "{status:?}");
    }
}

#[test]
fn a_late_success_overrides_every_other_end() {
    for end in [
        CheckoutStatus::Failed,
        CheckoutStatus::Cancelled,
        CheckoutStatus::Expired,
    ] {
        let (machine, effects) = run([answered(end, 2), answered(CheckoutStatus::Paid, 3)]);
        assert_eq!(machine.phase, Phase::Paid);
        assert!(effects.contains(&Effect::RefreshAccount));
    }
}

#[test]
fn an_older_answer_changes_nothing() {
    let events = [
        answered(CheckoutStatus::Confirming, 5),
        answered(CheckoutStatus::Open, 4),
    ];
    let (machine, effects) = run(events);
    assert_eq!((machine.phase, effects), (Phase::Confirming, vec![]));
}

#[test]
fn having_paid_is_checked_and_what_was_seen_is_said() {
    let (machine, effects) = run([answered(CheckoutStatus::Open, 1), Event::PaidPressed]);
    assert!(machine.checking);
    assert_eq!(effects, vec![Effect::Ask]);
    let (machine, _) = machine.step(answered(CheckoutStatus::Open, 1));
    assert!(!machine.checking && machine.nothing_seen);
    let (machine, _) = machine.step(answered(CheckoutStatus::Paid, 2));
    assert!(!machine.nothing_seen);
}

#[test]
fn turning_back_is_for_open_checkouts_only() {
    let (machine, effects) = run([answered(CheckoutStatus::Open, 1), Event::CancelPressed]);
    assert!(machine.cancelling);
    assert_eq!(effects, vec![Effect::Cancel]);
    let (_, effects) = machine.step(Event::CancelPressed);
    assert_eq!(effects, vec![], "once is enough");
    let (_, effects) = run([
        answered(CheckoutStatus::Confirming, 1),
        Event::CancelPressed,
    ]);
    assert_eq!(effects, vec![]);
}

#[test]
fn a_lost_answer_may_be_asked_for_again_with_the_same_request() {
    let away = ApiError::Away(TransportError::TimedOut);
    let (machine, effects) = run([Event::WindowOpened(Opened::Window), Event::Refused(away)]);
    assert_eq!(machine.phase, Phase::Refused(Refusal::Away));
    assert!(
        !effects.contains(&Effect::CloseWindow),
        "somebody may be paying in it"
    );
    let (machine, effects) = machine.step(Event::RetryPressed);
    assert_eq!(
        (machine.phase, effects),
        (Phase::Opening, vec![Effect::Create])
    );
}

#[test]
fn a_refusal_says_why() {
    for (code, refusal) in [
        (Code::TotalChanged, Refusal::TotalChanged),
        (Code::NotPayable, Refusal::NotPayable),
        (Code::CheckoutOpen, Refusal::AlreadyOpen),
    ] {
        let (machine, _) = run([Event::Refused(refused_with(code))]);
        assert_eq!(machine.phase, Phase::Refused(refusal));
    }
}

#[test]
fn a_lost_answer_is_made_good_by_what_the_server_has() {
    let away = ApiError::Away(TransportError::TimedOut);
    let (machine, _) = run([
        Event::WindowOpened(Opened::Window),
        Event::Refused(away),
        answered(CheckoutStatus::Open, 1),
    ]);
    assert_eq!(
        (machine.phase, machine.window),
        (Phase::Open, WindowView::Shown)
    );
}

#[test]
fn a_checkout_that_is_found_says_how_long_ago_it_was_started() {
    let later = |seconds: i64| {
        let mut checkout = a_checkout(CheckoutStatus::Open, 1);
        let millis = checkout.created_at.as_millis() + seconds * 1000;
        checkout.as_of = Timestamp::from_millis(millis).unwrap();
        checkout
    };
    let machine = Machine::resume(later(20));
    assert_eq!((machine.age_at_start(), machine.long), (Some(20), false));
    let (machine, _) = machine.step(Event::Answered(Box::new(later(899))));
    assert_eq!((machine.age_at_start(), machine.long), (Some(20), false));
    let (machine, _) = machine.step(Event::Answered(Box::new(later(900))));
    assert_eq!((machine.age_at_start(), machine.long), (Some(20), true));
    assert_eq!(Machine::pressed().0.age_at_start(), None);
}
