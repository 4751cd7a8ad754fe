//! Every state and every event: what is done, and where it leads.
//!
//! The table is `table.txt`: for each event, the phases that answer it alike,
//! and what is done in each view of the window. What has no line there was not
//! decided; after a change that is meant, the test prints the table anew.

use std::fmt::Write as _;

use super::*;
use crate::checkout::machine::Look;

const TABLE: &str = include_str!("table.txt");

/// Each view of the window, and the one after it: a new one does not compile until it is here.
fn view_after(view: WindowView) -> Option<WindowView> {
    match view {
        WindowView::None => Some(WindowView::Shown),
        WindowView::Shown => Some(WindowView::Blocked),
        WindowView::Blocked => Some(WindowView::OutOfReach),
        WindowView::OutOfReach => Some(WindowView::Closed),
        WindowView::Closed => Some(WindowView::SameTab),
        WindowView::SameTab => None,
    }
}

/// The same for the phases.
fn phase_after(phase: &Phase) -> Option<Phase> {
    let other = || Refusal::Other(Box::new(ApiError::Garbled { status: 400 }));
    Some(match phase {
        Phase::Opening => Phase::Open,
        Phase::Open => Phase::Confirming,
        Phase::Confirming => Phase::NeedsReview,
        Phase::NeedsReview => Phase::Paid,
        Phase::Paid => Phase::Failed,
        Phase::Failed => Phase::Cancelled,
        Phase::Cancelled => Phase::Expired,
        Phase::Expired => Phase::Refused(Refusal::TotalChanged),
        Phase::Refused(Refusal::TotalChanged) => Phase::Refused(Refusal::NotPayable),
        Phase::Refused(Refusal::NotPayable) => Phase::Refused(Refusal::AlreadyOpen),
        Phase::Refused(Refusal::AlreadyOpen) => Phase::Refused(other()),
        Phase::Refused(Refusal::Other(_)) => Phase::Refused(Refusal::Away),
        Phase::Refused(Refusal::Away) => return None,
    })
}

/// The same for the events, with every answer that there is.
fn event_after(event: &Event) -> Option<Event> {
    let away = || ApiError::Away(TransportError::TimedOut);
    let cancelled = || Box::new(a_checkout(CheckoutStatus::Cancelled, 3));
    let next = || {
        Box::new(Checkout {
            attempt: 2,
            ..a_checkout(CheckoutStatus::Open, 3)
        })
    };
    Some(match event {
        Event::WindowOpened(Opened::Window) => Event::WindowOpened(Opened::Nothing),
        Event::WindowOpened(Opened::Nothing) => Event::WindowOpened(Opened::Here),
        Event::WindowOpened(Opened::Here) => Event::WindowOpened(Opened::Unneeded),
        Event::WindowOpened(Opened::Unneeded) => answered(CheckoutStatus::ALL[0], 3),
        Event::Answered(checkout) => {
            let all = CheckoutStatus::ALL;
            let at = all.iter().position(|status| *status == checkout.status)?;
            match all.get(at + 1) {
                Some(status) => answered(*status, 3),
                None => Event::Refused(away()),
            }
        }
        Event::Refused(_) => Event::Unanswered(away()),
        Event::Unanswered(_) => Event::TurnedBack(cancelled()),
        Event::TurnedBack(_) => Event::CancelFailed(away()),
        Event::CancelFailed(_) => Event::Changed(next(), Opened::Window),
        Event::Changed(_, Opened::Window) => Event::Changed(next(), Opened::Nothing),
        Event::Changed(_, Opened::Nothing) => Event::Changed(next(), Opened::Here),
        Event::Changed(_, Opened::Here) => Event::Changed(next(), Opened::Unneeded),
        Event::Changed(_, Opened::Unneeded) => Event::ChangeFailed(away()),
        Event::ChangeFailed(ApiError::Away(_)) => {
            Event::ChangeFailed(refused_with(Code::PageStillOpen))
        }
        Event::ChangeFailed(_) => Event::Hinted,
        Event::Hinted => Event::WindowGone,
        Event::WindowGone => Event::WindowCut,
        Event::WindowCut => Event::LookDue(Look::Soon),
        Event::LookDue(Look::Soon) => Event::LookDue(Look::Later),
        Event::LookDue(Look::Later) => Event::LookDue(Look::Last),
        Event::LookDue(Look::Last) => Event::PollDue,
        Event::PollDue => Event::ShowPressed,
        Event::ShowPressed => Event::PaidPressed,
        Event::PaidPressed => Event::CancelPressed,
        Event::CancelPressed => Event::ChangePressed,
        Event::ChangePressed => Event::KeepPressed,
        Event::KeepPressed => Event::RetryPressed,
        Event::RetryPressed => return None,
    })
}

fn views() -> impl Iterator<Item = WindowView> {
    std::iter::successors(Some(WindowView::None), |view| view_after(*view))
}

fn phases() -> impl Iterator<Item = Phase> {
    std::iter::successors(Some(Phase::Opening), phase_after)
}

fn events() -> impl Iterator<Item = Event> {
    let first = Event::WindowOpened(Opened::Window);
    std::iter::successors(Some(first), event_after)
}

/// A machine in this state. Where the event is about a change, one is under way.
fn machine_in(phase: &Phase, window: WindowView, event: &Event) -> Machine {
    let status = CheckoutStatus::ALL
        .iter()
        .find(|status| Phase::of(**status) == *phase && **status != CheckoutStatus::Created);
    let known = status.map(|status| {
        let mut checkout = a_checkout(*status, 2);
        checkout.launched = true;
        checkout
    });
    let changing = matches!(event, Event::Changed(..) | Event::ChangeFailed(_));
    let attempt = known.as_ref().map(|known| known.attempt);
    Machine {
        window,
        window_attempt: attempt,
        launched_before: true,
        sent_there: *phase != Phase::Opening && window == WindowView::SameTab,
        changing: changing && *phase == Phase::Open,
        ..Machine::new(phase.clone(), known)
    }
}

fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Create => "create",
        Effect::Ask => "ask",
        Effect::LookAfter(Look::Soon) => "look",
        Effect::LookAfter(Look::Later | Look::Last) => "",
        Effect::Cancel => "cancel",
        Effect::Change => "change",
        Effect::ShowWindow => "show",
        Effect::OpenAnother => "open",
        Effect::CloseWindow => "close",
        Effect::TakeNewWindow => "swap",
        Effect::CloseNewWindow => "drop",
        Effect::GoThere => "go",
        Effect::PrepareLink => "link",
        Effect::RefreshAccount => "refresh",
        Effect::TellTabs => "tell",
        Effect::RestoreFocus => "focus",
        Effect::Forget => "forget",
    }
}

fn phase_word(phase: &Phase) -> String {
    match phase {
        Phase::Refused(Refusal::Other(_)) => "Refused(Other)".to_owned(),
        phase => format!("{phase:?}"),
    }
}

fn event_word(event: &Event) -> String {
    match event {
        Event::Answered(checkout) => format!("Answered({:?})", checkout.status),
        Event::Changed(_, opened) => format!("Changed({opened:?})"),
        Event::ChangeFailed(ApiError::Away(_)) => "ChangeFailed(Away)".to_owned(),
        Event::ChangeFailed(_) => "ChangeFailed(PageStillOpen)".to_owned(),
        event => {
            let whole = format!("{event:?}");
            match event {
                Event::Refused(_)
                | Event::Unanswered(_)
                | Event::TurnedBack(_)
                | Event::CancelFailed(_) => whole.split('(').next().unwrap().to_owned(),
                _ => whole,
            }
        }
    }
}

/// What is done, and which phase and view it leads to, if to others.
fn outcome(phase: &Phase, view: WindowView, event: &Event) -> String {
    let (machine, effects) = machine_in(phase, view, event).step(event.clone());
    let words = effects.into_iter().map(effect_word);
    let mut text = words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("+");
    if text.is_empty() {
        text.push('-');
    }
    if machine.phase != *phase {
        write!(text, ">{}", phase_word(&machine.phase)).unwrap();
    }
    if machine.window != view {
        write!(text, "@{:?}", machine.window).unwrap();
    }
    text
}

fn whole_table() -> String {
    let mut table = String::new();
    for event in events() {
        writeln!(table, "{}", event_word(&event)).unwrap();
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        for phase in phases() {
            let mut cells: Vec<(String, Vec<String>)> = Vec::new();
            for view in views() {
                let outcome = outcome(&phase, view, &event);
                let view = format!("{view:?}");
                match cells.iter_mut().find(|(known, _)| *known == outcome) {
                    Some((_, views)) => views.push(view),
                    None => cells.push((outcome, vec![view])),
                }
            }
            let cells = cells
                .into_iter()
                .map(|(outcome, all)| match all.len() {
                    6 => outcome,
                    _ => format!("{}: {outcome}", all.join(" ")),
                })
                .collect::<Vec<_>>()
                .join("; ");
            match lines.iter_mut().find(|(known, _)| *known == cells) {
                Some((_, phases)) => phases.push(phase_word(&phase)),
                None => lines.push((cells, vec![phase_word(&phase)])),
            }
        }
        for (cells, phases) in lines {
            writeln!(table, "  {}\n    {cells}", phases.join(" ")).unwrap();
        }
    }
    table
}

#[test]
fn every_event_in_every_state_does_what_the_table_says() {
    let table = whole_table();
    assert!(
        table == TABLE,
        "the machine does not do what table.txt says; it does:\n{table}"
    );
}

#[test]
fn only_the_server_and_the_same_request_again_change_the_phase() {
    for (event, phase, view) in all() {
        let (machine, _) = machine_in(&phase, view, &event).step(event.clone());
        let by_the_server = matches!(
            event,
            Event::Answered(_) | Event::Refused(_) | Event::TurnedBack(_) | Event::Changed(..)
        );
        let again = event == Event::RetryPressed;
        assert!(
            machine.phase == phase || by_the_server || again,
            "{event:?} in {phase:?}"
        );
    }
}

#[test]
fn what_is_paid_stays_paid_and_nothing_is_sent_or_opened_for_it() {
    for (event, _, view) in all() {
        let (machine, effects) = machine_in(&Phase::Paid, view, &event).step(event.clone());
        assert_eq!(machine.phase, Phase::Paid, "{event:?}");
        for effect in effects {
            let harmless = matches!(
                effect,
                Effect::Ask
                    | Effect::RefreshAccount
                    | Effect::TellTabs
                    | Effect::CloseWindow
                    | Effect::CloseNewWindow
            );
            assert!(harmless, "{event:?} does {effect:?}");
        }
    }
}

fn all() -> impl Iterator<Item = (Event, Phase, WindowView)> {
    events().flat_map(|event| {
        phases().flat_map(move |phase| {
            let event = event.clone();
            views().map(move |view| (event.clone(), phase.clone(), view))
        })
    })
}
