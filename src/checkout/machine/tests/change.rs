//! Paying another way.

use super::*;

fn attempt(number: u32, status: CheckoutStatus, version: u64) -> Box<Checkout> {
    Box::new(Checkout {
        attempt: number,
        ..a_checkout(status, version)
    })
}

fn open() -> Machine {
    run([
        Event::WindowOpened(Opened::Window),
        answered(CheckoutStatus::Open, 1),
    ])
    .0
}

fn changing() -> Machine {
    let (machine, effects) = open().step(Event::ChangePressed);
    assert_eq!(effects, [Effect::Change]);
    assert!(machine.changing && !machine.may_change() && !machine.can_cancel());
    machine
}

#[test]
fn the_new_window_takes_the_place_of_the_old_one() {
    let next = attempt(2, CheckoutStatus::Open, 2);
    let (machine, effects) = changing().step(Event::Changed(next, Opened::Window));
    assert_eq!(effects[0], Effect::TakeNewWindow);
    assert!(!effects.contains(&Effect::CloseNewWindow));
    assert!(
        effects.contains(&Effect::RefreshAccount),
        "the total may be another"
    );
    assert_eq!(machine.window, WindowView::Shown);
    assert!(!machine.changing && machine.may_change());
}

#[test]
fn a_new_window_that_is_blocked_gets_a_link() {
    let next = attempt(2, CheckoutStatus::Open, 2);
    let (machine, effects) = changing().step(Event::Changed(next, Opened::Nothing));
    assert_eq!(machine.window, WindowView::Blocked);
    assert!(effects.contains(&Effect::PrepareLink));
}

#[test]
fn in_the_same_tab_the_portal_leaves_for_the_new_page() {
    let next = attempt(2, CheckoutStatus::Open, 2);
    let (_, effects) = changing().step(Event::Changed(next, Opened::Here));
    assert!(effects.contains(&Effect::GoThere));
}

#[test]
fn a_transfer_needs_no_window() {
    let next = Checkout {
        attempt: 2,
        ..a_transfer(2)
    };
    let (machine, effects) = changing().step(Event::Changed(Box::new(next), Opened::Unneeded));
    assert!(machine.awaits_transfer());
    assert_eq!(machine.window, WindowView::None);
    assert_eq!(
        effects[0],
        Effect::TakeNewWindow,
        "which closes the old one"
    );
}

#[test]
fn a_page_that_cannot_be_closed_needs_a_yes() {
    let still_open = refused_with(Code::PageStillOpen);
    let (machine, effects) = changing().step(Event::ChangeFailed(still_open));
    assert_eq!(effects, [Effect::CloseNewWindow]);
    assert!(machine.old_page_open && machine.may_change());
    assert_eq!(
        machine.window,
        WindowView::Shown,
        "the old one is still there"
    );
    let (kept, effects) = machine.clone().step(Event::KeepPressed);
    assert!(!kept.old_page_open && effects.is_empty());
    let (again, effects) = machine.step(Event::ChangePressed);
    assert_eq!(effects, [Effect::Change]);
    assert!(again.changing && !again.old_page_open);
}

#[test]
fn a_change_that_came_too_late_is_answered_by_the_truth() {
    let over = refused_with(Code::CheckoutOver);
    let (machine, effects) = changing().step(Event::ChangeFailed(over));
    assert_eq!(effects, [Effect::CloseNewWindow, Effect::Ask]);
    let (machine, _) = machine.step(answered(CheckoutStatus::Paid, 2));
    assert_eq!(machine.phase, Phase::Paid);
}

#[test]
fn a_payment_that_ends_while_it_is_changed_has_ended() {
    let (machine, _) = changing().step(answered(CheckoutStatus::Paid, 2));
    assert_eq!((&machine.phase, machine.changing), (&Phase::Paid, false));
    let late = attempt(1, CheckoutStatus::Paid, 2);
    let (machine, effects) = machine.step(Event::Changed(late, Opened::Window));
    assert_eq!(
        (machine.phase, effects),
        (Phase::Paid, vec![Effect::CloseNewWindow])
    );
}

#[test]
fn what_another_tab_changes_closes_the_window_that_leads_nowhere() {
    let next = attempt(2, CheckoutStatus::Open, 2);
    let (machine, effects) = open().step(Event::Answered(next));
    assert!(effects.contains(&Effect::CloseWindow));
    assert_eq!(machine.window, WindowView::None);
}

#[test]
fn news_of_our_own_change_that_comes_first_leaves_the_window_alone() {
    let next = attempt(2, CheckoutStatus::Open, 2);
    let (machine, effects) = changing().step(Event::Answered(next.clone()));
    assert!(!effects.contains(&Effect::CloseWindow));
    let (machine, _) = machine.step(Event::Changed(next, Opened::Window));
    assert_eq!(machine.window, WindowView::Shown);
}

#[test]
fn a_change_whose_answer_was_lost_is_found_out() {
    let next = attempt(2, CheckoutStatus::Open, 2);
    let (machine, _) = changing().step(Event::Answered(next.clone()));
    let lost = ApiError::Away(TransportError::TimedOut);
    let (machine, effects) = machine.step(Event::ChangeFailed(lost));
    assert_eq!(effects, [Effect::CloseNewWindow, Effect::Ask]);
    let (machine, effects) = machine.step(Event::Answered(next));
    assert!(effects.contains(&Effect::CloseWindow));
    assert_eq!(machine.window, WindowView::None);
}

#[test]
fn nothing_is_changed_once_money_is_on_its_way() {
    for status in [CheckoutStatus::Confirming, CheckoutStatus::Paid] {
        let (machine, _) = run([answered(status, 1)]);
        assert!(!machine.may_change());
        assert_eq!(machine.step(Event::ChangePressed).1, []);
    }
}
