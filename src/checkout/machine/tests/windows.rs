//! What is believed of the window, and what is done about it.

use super::*;
use crate::checkout::machine::Look;

fn open_with(opened: Opened) -> Machine {
    run([
        Event::WindowOpened(opened),
        answered(CheckoutStatus::Open, 1),
    ])
    .0
}

fn launched(version: u64) -> Event {
    let mut checkout = a_checkout(CheckoutStatus::Open, version);
    checkout.launched = true;
    Event::Answered(Box::new(checkout))
}

const LOOKS: [Effect; 3] = [
    Effect::LookAfter(Look::Soon),
    Effect::LookAfter(Look::Later),
    Effect::LookAfter(Look::Last),
];

#[test]
fn a_blocked_window_is_followed_by_a_link_once_there_is_a_checkout() {
    let (machine, effects) = run([Event::WindowOpened(Opened::Nothing)]);
    assert_eq!((machine.window, effects), (WindowView::Blocked, vec![]));
    let (machine, effects) = machine.step(answered(CheckoutStatus::Open, 1));
    assert!(effects.contains(&Effect::PrepareLink));
    let (_, effects) = machine.step(answered(CheckoutStatus::Open, 2));
    assert!(
        !effects.contains(&Effect::PrepareLink),
        "one link is enough"
    );
}

#[test]
fn a_window_that_opened_all_the_same_needs_no_link() {
    let (machine, effects) = run([Event::WindowOpened(Opened::Nothing), launched(1)]);
    assert_eq!(machine.window, WindowView::OutOfReach);
    assert!(!effects.contains(&Effect::PrepareLink));
}

#[test]
fn an_earlier_report_says_nothing_about_a_later_window() {
    let (machine, _) = open_with(Opened::Window).step(launched(2));
    let (machine, effects) = machine.step(Event::WindowOpened(Opened::Nothing));
    assert_eq!(effects, [Effect::PrepareLink]);
    let (machine, _) = machine.step(launched(3));
    assert_eq!(machine.window, WindowView::Blocked);
}

#[test]
fn a_window_that_goes_is_asked_about_at_once_and_three_times_more() {
    let (machine, effects) = open_with(Opened::Window).step(Event::WindowGone);
    assert_eq!(
        (&machine.phase, machine.window),
        (&Phase::Open, WindowView::Closed)
    );
    assert!(machine.looking && !machine.nothing_seen);
    assert_eq!(effects[0], Effect::Ask);
    assert_eq!(effects[1..4], LOOKS);
    assert_eq!(effects[4..], [Effect::RestoreFocus]);
    let (machine, effects) = machine.step(Event::LookDue(Look::Soon));
    assert_eq!(effects, [Effect::Ask]);
    assert!(machine.looking && !machine.nothing_seen);
    let (machine, effects) = machine.step(Event::LookDue(Look::Last));
    assert_eq!(effects, [Effect::Ask]);
    assert!(!machine.looking && machine.nothing_seen);
    assert_eq!(machine.phase, Phase::Open, "closing is no cancelling");
}

#[test]
fn a_window_that_was_cut_is_said_to_be_out_of_reach() {
    let (machine, effects) = open_with(Opened::Window)
        .step(launched(2))
        .0
        .step(Event::WindowCut);
    assert_eq!(machine.window, WindowView::OutOfReach);
    assert_eq!(effects[0], Effect::Ask);
    assert!(
        !effects.contains(&Effect::RestoreFocus),
        "it may still be open"
    );
    let (machine, _) = machine.step(Event::LookDue(Look::Last));
    assert_eq!(machine.window, WindowView::OutOfReach);
}

#[test]
fn closed_is_not_believed_again_once_it_was_cut() {
    let (machine, _) = open_with(Opened::Window)
        .step(launched(2))
        .0
        .step(Event::WindowCut);
    let (machine, _) = machine.step(Event::WindowOpened(Opened::Window));
    assert_eq!(machine.window, WindowView::Shown);
    let (machine, effects) = machine.step(Event::WindowGone);
    assert_eq!(machine.window, WindowView::OutOfReach);
    assert_eq!(effects[0], Effect::Ask);
}

#[test]
fn a_window_that_never_got_to_the_provider_has_closed() {
    let (machine, _) = open_with(Opened::Window).step(Event::WindowCut);
    let (machine, _) = machine.step(Event::LookDue(Look::Last));
    assert_eq!(machine.window, WindowView::Closed);
}

#[test]
fn looks_for_a_window_that_was_replaced_do_nothing() {
    let (machine, _) = open_with(Opened::Window).step(Event::WindowGone);
    let (machine, _) = machine.step(Event::WindowOpened(Opened::Window));
    for look in [Look::Soon, Look::Later, Look::Last] {
        let (same, effects) = machine.clone().step(Event::LookDue(look));
        assert_eq!((same, effects), (machine.clone(), vec![]));
    }
}

#[test]
fn in_the_same_tab_the_portal_leaves_once_and_only_when_there_is_a_checkout() {
    let (machine, effects) = run([Event::WindowOpened(Opened::Here)]);
    assert_eq!((machine.window, effects), (WindowView::SameTab, vec![]));
    let (machine, effects) = machine.step(answered(CheckoutStatus::Open, 1));
    assert!(effects.contains(&Effect::GoThere));
    let (machine, effects) = machine.step(answered(CheckoutStatus::Open, 2));
    assert!(!effects.contains(&Effect::GoThere), "Back would not work");
    assert_eq!(machine.step(Event::ShowPressed).1, [Effect::OpenAnother]);
}

#[test]
fn a_tab_that_has_come_back_stays() {
    let machine = Machine::return_from_provider(a_checkout(CheckoutStatus::Open, 1));
    assert_eq!(machine.window, WindowView::SameTab);
    let (_, effects) = machine.step(answered(CheckoutStatus::Open, 2));
    assert_eq!(effects, []);
}

#[test]
fn at_the_end_the_window_closes_and_the_keyboard_comes_back_once() {
    let (machine, effects) = open_with(Opened::Window).step(answered(CheckoutStatus::Paid, 2));
    let end = [Effect::CloseWindow, Effect::RestoreFocus, Effect::Forget];
    assert!(effects.ends_with(&end));
    let (_, effects) = machine.step(answered(CheckoutStatus::Paid, 3));
    assert_eq!(effects, []);
}
