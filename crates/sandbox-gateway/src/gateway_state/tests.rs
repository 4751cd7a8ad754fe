//! The state under every order of events that customers, merchants and the clock can make.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::amount::Amount;

/// A state with one open payment, and the conditions that a test may change.
struct Counter {
    state: GatewayState,
    id: String,
    now: Timestamp,
    faults: Faults,
}

impl Counter {
    fn open() -> Self {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut counter = Self {
            state: GatewayState::default(),
            id: String::new(),
            now,
            faults: Faults::default(),
        };
        let order = counter.order();
        let Created::Answer(view) =
            counter.with(|state, at| state.create("key", "hash", order, at))
        else {
            panic!("a new key is not reused");
        };
        counter.id = view.id().to_owned();
        counter
    }

    fn order(&self) -> Order {
        Order {
            reference: "R-1".into(),
            amount: Amount::parse("45.00").unwrap(),
            currency: "EUR".into(),
            wallet: None,
            description: "Invoice 7".into(),
            merchant: "Harbour Clinic".into(),
            return_url: "https://portal.example.com/back".into(),
            webhook_url: "https://portal.example.com/hook".into(),
            expires_at: clock::later(self.now, Duration::from_secs(1800)),
        }
    }

    fn with<R>(&mut self, act: impl FnOnce(&mut GatewayState, &Conditions<'_>) -> R) -> R {
        let at = Conditions {
            now: self.now,
            faults: &self.faults,
            public_url: "https://pay.example.com",
            slow_card_takes: Duration::from_secs(4),
        };
        act(&mut self.state, &at)
    }

    fn pay(&mut self, outcome: Outcome) -> Result<(), Refused> {
        let id = self.id.clone();
        self.with(|state, at| {
            state.pay(
                &id,
                &Card {
                    outcome,
                    last4: "0000".into(),
                },
                at,
            )
        })
    }

    fn settle(&mut self, how: Settlement) -> Result<(), Refused> {
        let id = self.id.clone();
        self.with(|state, at| state.settle(&id, how, at))
    }

    fn leave(&mut self) -> Result<(), Refused> {
        let id = self.id.clone();
        self.with(|state, at| state.leave(&id, at))
    }

    fn cancel(&mut self) -> Result<(), Refused> {
        let id = self.id.clone();
        self.with(|state, at| state.cancel(&id, at))
    }

    fn wait(&mut self, seconds: u64) {
        self.now = clock::later(self.now, Duration::from_secs(seconds));
    }

    /// Reading brings a payment up to the moment.
    fn read(&mut self) -> Payment {
        let id = self.id.clone();
        self.with(|state, at| state.payment(&id, at).cloned())
            .unwrap()
    }

    fn status(&mut self) -> Status {
        self.read().status
    }

    /// The states that the merchant is told, oldest first.
    fn wait_until_delivered(&mut self) -> Vec<String> {
        let mut told = Vec::new();
        let now = self.now;
        while let Some(one) = self
            .state
            .outbox()
            .due(now, &BTreeSet::new())
            .first()
            .cloned()
        {
            let body: Value = serde_json::from_str(&one.body).unwrap();
            told.push(body["payment"]["status"].as_str().unwrap().to_owned());
            self.state.outbox_mut().arrived(one.seq, now);
        }
        told
    }
}

#[test]
fn a_good_card_pays_and_tells_both_steps() {
    let mut counter = Counter::open();
    counter.pay(Outcome::Pays).unwrap();
    let payment = counter.read();
    assert_eq!(payment.status, Status::Paid);
    assert_eq!(payment.amount_received, Amount::parse("45.00"));
    assert!(payment.payment_id.is_some());
    assert_eq!(counter.wait_until_delivered(), ["processing", "paid"]);
}

#[test]
fn paying_twice_charges_once() {
    let mut counter = Counter::open();
    counter.pay(Outcome::Pays).unwrap();
    let charge = counter.read().payment_id;
    assert_eq!(counter.pay(Outcome::Pays), Err(Refused::Over));
    assert_eq!(counter.read().payment_id, charge);
    assert_eq!(counter.read().attempts, 1);
}

#[test]
fn back_after_a_decline_fails_and_before_one_cancels() {
    let mut counter = Counter::open();
    counter
        .pay(Outcome::Declined(Failure::InsufficientFunds))
        .unwrap();
    counter.leave().unwrap();
    assert_eq!(counter.status(), Status::Failed);
    assert_eq!(counter.wait_until_delivered(), ["open", "failed"]);

    let mut counter = Counter::open();
    counter.leave().unwrap();
    assert_eq!(counter.status(), Status::Cancelled);
    assert_eq!(counter.wait_until_delivered(), ["cancelled"]);
}

#[test]
fn the_slow_card_is_on_its_way_until_its_time() {
    let mut counter = Counter::open();
    counter.pay(Outcome::PaysSlowly).unwrap();
    assert_eq!(counter.status(), Status::Processing);
    assert_eq!(
        counter.state.next_moment(),
        Some(clock::later(counter.now, Duration::from_secs(4)))
    );
    counter.wait(4);
    assert_eq!(counter.status(), Status::Paid);
    assert_eq!(counter.state.next_moment(), None);
    assert_eq!(counter.wait_until_delivered(), ["processing", "paid"]);
}

#[test]
fn the_pending_card_stays_until_it_is_settled() {
    for (how, end) in [
        (Settlement::Paid, Status::Paid),
        (Settlement::Failed, Status::Failed),
    ] {
        let mut counter = Counter::open();
        assert_eq!(
            counter.settle(how),
            Err(Refused::Over),
            "nothing is on its way yet"
        );
        counter.pay(Outcome::StaysPending).unwrap();
        counter.wait(1_000_000);
        assert_eq!(counter.status(), Status::Processing);
        counter.settle(how).unwrap();
        assert_eq!(counter.status(), end);
    }
}

#[test]
fn settling_as_paid_twice_changes_nothing() {
    let mut counter = Counter::open();
    counter.pay(Outcome::StaysPending).unwrap();
    counter.settle(Settlement::Paid).unwrap();
    let revision = counter.state.revision();
    counter.settle(Settlement::Paid).unwrap();
    assert_eq!(counter.state.revision(), revision);
    assert_eq!(counter.settle(Settlement::Failed), Err(Refused::Over));
}

#[test]
fn money_may_arrive_after_the_payment_has_ended() {
    let mut counter = Counter::open();
    counter.wait(1800);
    assert_eq!(counter.status(), Status::Expired);
    counter.settle(Settlement::Paid).unwrap();
    assert_eq!(counter.status(), Status::Paid);
    assert_eq!(counter.wait_until_delivered(), ["expired", "paid"]);
}

#[test]
fn a_payment_expires_at_its_moment_whoever_looks_first() {
    let mut read = Counter::open();
    read.wait(1800);
    assert_eq!(read.pay(Outcome::Pays), Err(Refused::Over));
    assert_eq!(read.status(), Status::Expired);

    let mut timed = Counter::open();
    assert_eq!(
        timed.state.next_moment(),
        Some(clock::later(timed.now, Duration::from_secs(1800)))
    );
    timed.wait(1800);
    timed.with(|state, at| state.keep_time(at));
    assert_eq!(timed.wait_until_delivered(), ["expired"]);
}

#[test]
fn a_merchant_can_cancel_what_nobody_has_paid() {
    let mut counter = Counter::open();
    counter.cancel().unwrap();
    counter.cancel().unwrap();
    assert_eq!(
        counter.wait_until_delivered(),
        ["cancelled"],
        "it is told once"
    );

    let mut counter = Counter::open();
    counter.pay(Outcome::StaysPending).unwrap();
    assert_eq!(counter.cancel(), Err(Refused::Over));
    counter.settle(Settlement::Paid).unwrap();
    assert_eq!(counter.cancel(), Err(Refused::Over));
}

#[test]
fn declined_as_a_fault_holds_for_every_card() {
    let mut counter = Counter::open();
    counter.faults.declined = true;
    counter.pay(Outcome::Pays).unwrap();
    let payment = counter.read();
    assert_eq!(
        (payment.status, payment.failure),
        (Status::Open, Some(Failure::CardDeclined))
    );
}

#[test]
fn amount_short_receives_less() {
    let mut counter = Counter::open();
    counter.faults.amount_short = true;
    counter.pay(Outcome::Pays).unwrap();
    assert_eq!(counter.read().amount_received, Amount::parse("40.50"));
}

#[test]
fn a_key_gives_the_first_answer_again_even_when_the_payment_has_moved_on() {
    let mut counter = Counter::open();
    let order = counter.order();
    counter.pay(Outcome::Pays).unwrap();
    let again = counter.with(|state, at| state.create("key", "hash", order.clone(), at));
    let Created::Answer(view) = again else {
        panic!("the same body is answered")
    };
    assert_eq!(view.id(), counter.id);
    assert_eq!(serde_json::to_value(&view).unwrap()["status"], "open");
    let other = counter.with(|state, at| state.create("key", "other", order, at));
    assert_eq!(other, Created::KeyReused);
}

#[test]
fn a_reference_finds_its_payments_oldest_first() {
    let mut counter = Counter::open();
    counter.wait(10);
    let order = counter.order();
    counter.with(|state, at| state.create("second", "hash", order, at));
    let found = counter.with(|state, at| state.by_reference("R-1", at));
    assert_eq!(found.len(), 2);
    assert_eq!(
        found.first().map(PaymentView::id),
        Some(counter.id.as_str())
    );
    assert!(
        counter
            .with(|state, at| state.by_reference("R-2", at))
            .is_empty()
    );
}

#[test]
fn a_snapshot_brings_everything_back() {
    let mut counter = Counter::open();
    counter.pay(Outcome::StaysPending).unwrap();
    let saved = serde_json::to_string(&counter.state).unwrap();
    counter.state = serde_json::from_str(&saved).unwrap();
    assert_eq!(counter.status(), Status::Processing);
    assert_eq!(counter.wait_until_delivered(), ["processing"]);
    let order = counter.order();
    let again = counter.with(|state, at| state.create("key", "hash", order, at));
    assert!(matches!(again, Created::Answer(_)));
}

#[test]
fn the_late_card_pays_only_once_the_payment_has_ended() {
    type End = fn(&mut Counter);
    let ends: [(End, Status); 3] = [
        (|counter| counter.cancel().unwrap(), Status::Cancelled),
        (|counter| counter.leave().unwrap(), Status::Failed),
        (|counter| counter.wait(1800), Status::Expired),
    ];
    for (end, status) in ends {
        let mut counter = Counter::open();
        counter.pay(Outcome::PaysTooLate).unwrap();
        assert_eq!(counter.status(), Status::Open);
        end(&mut counter);
        assert_eq!(counter.status(), status);
        let arrives = clock::later(counter.now, Duration::from_secs(4));
        assert_eq!(counter.state.next_moment(), Some(arrives), "{status:?}");
        counter.wait(4);
        assert_eq!(counter.status(), Status::Paid);
        assert_eq!(counter.state.next_moment(), None);
    }
}

#[test]
fn another_card_after_the_late_one_pays_once() {
    let mut counter = Counter::open();
    counter.pay(Outcome::PaysTooLate).unwrap();
    counter.pay(Outcome::StaysPending).unwrap();
    counter.settle(Settlement::Failed).unwrap();
    counter.wait(1_000_000);
    assert_eq!(
        counter.status(),
        Status::Failed,
        "the late card was given up"
    );
}

#[test]
fn processing_first_lets_every_card_that_pays_take_its_time() {
    for outcome in [Outcome::Pays, Outcome::PaysSlowly] {
        let mut counter = Counter::open();
        counter.faults.processing_first = Some(9000);
        counter.pay(outcome).unwrap();
        counter.wait(8);
        assert_eq!(counter.status(), Status::Processing, "{outcome:?}");
        counter.wait(1);
        assert_eq!(counter.status(), Status::Paid);
        assert_eq!(counter.wait_until_delivered(), ["processing", "paid"]);
    }
}

#[test]
fn amount_over_receives_more_and_other_currency_another_one() {
    let mut counter = Counter::open();
    counter.faults.amount_over = true;
    counter.faults.other_currency = true;
    counter.pay(Outcome::Pays).unwrap();
    let payment = counter.read();
    assert_eq!(payment.amount_received, Amount::parse("49.50"));
    assert_eq!(payment.currency_received.as_deref(), Some("USD"));
}
