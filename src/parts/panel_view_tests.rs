//! What the panel makes of a checkout, at each phase and for each window.

use api_client::{ApiError, TransportError};
use api_types::{
    Checkout, CheckoutFor, CheckoutId, CheckoutStatus, Currency, Day, InvoiceId, MethodId, Money,
    PaymentId, Timestamp, TransferInstructions,
};

use super::*;
use crate::components::PanelAction::{self, *};

fn euro(minor: i64) -> Money {
    Money::from_minor(minor, Currency::parse("EUR").unwrap())
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn checkout(status: CheckoutStatus) -> Checkout {
    Checkout {
        id: CheckoutId::parse("co_1").unwrap(),
        status,
        pays_for: CheckoutFor::Invoice {
            invoice: InvoiceId::parse("inv_1").unwrap(),
        },
        items: vec![],
        total: euro(6200),
        surcharge: euro(0),
        method: MethodId::parse("card").unwrap(),
        option: None,
        pay_host: "pay.example.com".to_owned(),
        instructions: None,
        launched: true,
        can_cancel: !status.is_final() && status != CheckoutStatus::Confirming,
        failure: None,
        payment: None,
        attempt: 1,
        expected_on: None,
        created_at: at("2026-11-22T10:00:00Z"),
        expires_at: at("2026-11-22T11:00:00Z"),
        as_of: at("2026-11-22T10:00:25Z"),
        nonce: "nonce".to_owned(),
        version: 1,
    }
}

fn machine(status: CheckoutStatus, window: WindowView) -> Machine {
    let mut machine = Machine::resume(checkout(status));
    machine.window = window;
    machine
}

fn context() -> PanelContext {
    PanelContext {
        asked: None,
        portal: "Harbour Clinic".to_owned(),
        host: String::new(),
        link: None,
        several_ways: true,
        here: None,
    }
}

fn seen(machine: &Machine) -> (Stage, Vec<PanelAction>) {
    let view = panel_view(machine, context()).unwrap();
    (view.stage.clone(), view.actions())
}

#[test]
fn every_phase_and_window_has_its_stage_and_what_can_be_done_at_it() {
    use CheckoutStatus as Is;
    use WindowView as Has;
    let open = |first| vec![first, IHavePaid, OnPhone, PayAnotherWay, Cancel];
    let ended = || vec![TryAgain, PayAnotherWay, Close];
    for (status, window, stage, actions) in [
        (Is::Created, Has::Shown, Stage::Open, open(ShowWindow)),
        (Is::Open, Has::Shown, Stage::Open, open(ShowWindow)),
        (
            Is::Open,
            Has::OutOfReach,
            Stage::OutOfReach,
            open(OpenAgain),
        ),
        (Is::Open, Has::Closed, Stage::WindowClosed, open(OpenAgain)),
        (Is::Open, Has::SameTab, Stage::SameTab, open(GoThere)),
        (Is::Open, Has::None, Stage::Elsewhere, open(Resume)),
        (Is::Confirming, Has::Shown, Stage::Confirming, vec![Close]),
        (Is::Confirming, Has::None, Stage::Confirming, vec![Close]),
        (Is::Unknown, Has::Shown, Stage::Confirming, vec![Close]),
        (Is::Paid, Has::Shown, Stage::Paid, vec![Close]),
        (Is::Failed, Has::None, Stage::Failed(None), ended()),
        (Is::Cancelled, Has::Closed, Stage::Cancelled, ended()),
        (Is::Expired, Has::OutOfReach, Stage::Expired, ended()),
        (Is::NeedsReview, Has::Shown, Stage::NeedsReview, vec![Close]),
    ] {
        let found = seen(&machine(status, window));
        assert_eq!(found, (stage, actions), "{status:?} {window:?}");
    }
    let (stage, actions) = seen(&machine(Is::Open, Has::Blocked));
    assert_eq!(stage, Stage::Blocked);
    assert_eq!(
        actions,
        [IHavePaid, OnPhone, PayAnotherWay, Cancel],
        "the link is not here yet"
    );
}

#[test]
fn changing_the_way_stands_above_what_the_window_is() {
    let mut changing = machine(CheckoutStatus::Open, WindowView::Shown);
    changing.changing = true;
    assert_eq!(seen(&changing), (Stage::Changing, vec![]));
    let mut asks = machine(CheckoutStatus::Open, WindowView::Shown);
    asks.old_page_open = true;
    assert_eq!(
        seen(&asks),
        (Stage::PageStillOpen, vec![ChangeAnyway, KeepPage])
    );
    let mut paid = machine(CheckoutStatus::Paid, WindowView::Shown);
    paid.old_page_open = true;
    assert_eq!(seen(&paid).0, Stage::Paid, "what is over asks nothing");
}

#[test]
fn another_way_is_offered_only_where_there_is_one_and_it_can_be_taken() {
    let offers = |machine: &Machine, several_ways| {
        let context = PanelContext {
            several_ways,
            ..context()
        };
        panel_view(machine, context)
            .unwrap()
            .actions()
            .contains(&PayAnotherWay)
    };
    let open = machine(CheckoutStatus::Open, WindowView::Shown);
    assert!(offers(&open, true) && !offers(&open, false));
    let mut locked = open.clone();
    locked.checkout.as_mut().unwrap().can_cancel = false;
    assert!(!offers(&locked, true));
    let mut leaving = open;
    leaving.cancelling = true;
    assert!(!offers(&leaving, true));
    assert!(offers(
        &machine(CheckoutStatus::Failed, WindowView::None),
        true
    ));
    assert!(!offers(
        &machine(CheckoutStatus::Paid, WindowView::None),
        true
    ));
}

#[test]
fn how_long_ago_it_began_is_by_the_servers_clock() {
    let elsewhere = machine(CheckoutStatus::Open, WindowView::None);
    let view = panel_view(&elsewhere, context()).unwrap();
    assert_eq!(view.started, Some(Ago::of_seconds(20)));
    let here = machine(CheckoutStatus::Open, WindowView::Shown);
    assert_eq!(panel_view(&here, context()).unwrap().started, None);
}

#[test]
fn what_became_a_payment_leads_to_its_page_except_on_it() {
    let mut pending = checkout(CheckoutStatus::Confirming);
    pending.payment = Some(PaymentId::parse("pay_1").unwrap());
    pending.expected_on = Some(Day::parse("2026-11-27").unwrap());
    let machine = Machine::resume(pending.clone());
    let view = panel_view(&machine, context()).unwrap();
    assert_eq!(view.payment.as_deref(), Some("payments/pay_1"));
    assert_eq!(view.expected_on, pending.expected_on);
    assert_eq!(view.actions(), [ViewPayment, Close]);
    let there = PanelContext {
        here: pending.payment,
        ..context()
    };
    assert_eq!(panel_view(&machine, there).unwrap().actions(), [Close]);
}

#[test]
fn a_transfer_shows_where_to_send_it_and_needs_no_phone() {
    let mut transfer = checkout(CheckoutStatus::Confirming);
    transfer.pay_host = String::new();
    transfer.can_cancel = true;
    transfer.instructions = Some(TransferInstructions {
        details: vec![],
        reference: "AB-1".to_owned(),
    });
    let view = panel_view(&Machine::resume(transfer.clone()), context()).unwrap();
    assert_eq!(view.stage, Stage::Transfer);
    assert_eq!(view.transfer.as_ref().unwrap().reference, "AB-1");
    assert_eq!(view.actions(), [Close, Cancel]);
    transfer.payment = Some(PaymentId::parse("pay_1").unwrap());
    let there = PanelContext {
        here: transfer.payment.clone(),
        ..context()
    };
    let view = panel_view(&Machine::resume(transfer), there).unwrap();
    assert_eq!(view.transfer, None, "the payment's page has the details");
}

#[test]
fn a_code_for_the_phone_needs_a_page_to_open() {
    let mut pageless = machine(CheckoutStatus::Open, WindowView::None);
    pageless.checkout.as_mut().unwrap().pay_host = String::new();
    assert!(!panel_view(&pageless, context()).unwrap().on_phone);
}

#[test]
fn before_the_server_has_answered_the_amount_is_the_buttons() {
    let (machine, _) = Machine::pressed();
    assert_eq!(panel_view(&machine, context()), None);
    let asked = PanelContext {
        asked: Some(euro(6200)),
        ..context()
    };
    let view = panel_view(&machine, asked).unwrap();
    assert_eq!(
        (view.stage.clone(), view.amount),
        (Stage::Opening, euro(6200))
    );
    assert_eq!(view.actions(), [], "there is nothing to cancel yet");
}

#[test]
fn what_is_being_looked_for_is_said_under_the_sentence() {
    let mut looking = machine(CheckoutStatus::Open, WindowView::Closed);
    let note = |machine: &Machine| panel_view(machine, context()).unwrap().note;
    assert_eq!(note(&looking), None);
    looking.looking = true;
    let checking = note(&looking);
    looking.looking = false;
    looking.nothing_seen = true;
    let nothing = note(&looking);
    assert!(checking.is_some() && nothing.is_some() && checking != nothing);
    looking.unanswered = Some(ApiError::Away(TransportError::Unreachable));
    assert_ne!(note(&looking), nothing, "a lost answer is said first");
}
