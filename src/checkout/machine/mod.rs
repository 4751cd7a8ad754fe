//! What a checkout does next: a pure function over closed enums.
//!
//! Nothing here is a promise about money. A phase is only ever what the server
//! said last, and the server's answers are taken in the order of its versions.

mod answers;
mod event;
mod phase;
// On the host, where proptest is.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(super) mod tests;
mod window;

use api_client::ApiError;
use api_types::{Checkout, Timestamp};

pub use event::{Effect, Event, Look, Opened, WindowView};
pub use phase::{Phase, Refusal};

/// After how many milliseconds an open checkout is asked about less often: 15 minutes.
const LONG_MS: i64 = 15 * 60 * 1000;

/// A checkout in this tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// What the customer sees.
    pub phase: Phase,
    /// The server's last word.
    pub checkout: Option<Checkout>,
    /// What this tab knows of the window.
    pub window: WindowView,
    /// The customer has turned back, and the server has not said so yet.
    pub cancelling: bool,
    /// The customer pays another way, and the server has not said so yet.
    pub changing: bool,
    /// The page that is open cannot be closed at its payment provider: another way needs the
    /// customer's explicit yes.
    pub old_page_open: bool,
    /// The customer has asked, and the answer has not come yet.
    pub checking: bool,
    /// The window has gone, and the server is being asked what came of it.
    pub looking: bool,
    /// The customer has asked, or the window has gone, and nothing has been seen.
    pub nothing_seen: bool,
    /// It has been open for so long that nobody needs to wait for it on this page.
    pub long: bool,
    /// The last question went unanswered.
    pub unanswered: Option<ApiError>,
    /// When the way that is open now was begun, by the server's clock.
    since: Option<Timestamp>,
    /// The attempt that the last answer was about.
    known_attempt: u32,
    /// How old it was when this tab first heard of it, in seconds.
    age: Option<i64>,
    /// A link has been asked for.
    link_wanted: bool,
    /// The attempt that the window was opened for, once it has a number.
    window_attempt: Option<u32>,
    /// A launch page had reported before the window was opened, so its report says nothing
    /// about this one.
    launched_before: bool,
    /// The opener was cut once: `closed` means nothing for this checkout from then on.
    closed_lies: bool,
    /// This tab has been sent to the provider.
    sent_there: bool,
}

impl Machine {
    /// A checkout whose button has just been pressed.
    pub fn pressed() -> (Self, Vec<Effect>) {
        (Self::new(Phase::Opening, None), vec![Effect::Create])
    }

    /// A checkout that the server knows and this tab did not start.
    pub fn resume(checkout: Checkout) -> Self {
        let mut machine = Self::new(Phase::of(checkout.status), Some(checkout));
        machine.update_age();
        machine
    }

    /// A checkout that this tab left for the provider with, and has come back to.
    pub fn return_from_provider(checkout: Checkout) -> Self {
        Self {
            window: WindowView::SameTab,
            sent_there: true,
            ..Self::resume(checkout)
        }
    }

    fn new(phase: Phase, checkout: Option<Checkout>) -> Self {
        Self {
            phase,
            checkout,
            window: WindowView::None,
            cancelling: false,
            changing: false,
            old_page_open: false,
            checking: false,
            looking: false,
            nothing_seen: false,
            long: false,
            unanswered: None,
            since: None,
            known_attempt: 0,
            age: None,
            link_wanted: false,
            window_attempt: None,
            launched_before: false,
            closed_lies: false,
            sent_there: false,
        }
    }

    /// What the event makes of it, and what has to be done.
    pub fn step(mut self, event: Event) -> (Self, Vec<Effect>) {
        let effects = match event {
            Event::WindowOpened(opened) => self.window_opened(opened),
            Event::Answered(checkout) => self.on_answer(*checkout),
            Event::Refused(error) => self.on_refusal(error),
            Event::Unanswered(error) => {
                self.checking = false;
                self.unanswered = Some(error);
                vec![]
            }
            Event::TurnedBack(checkout) => {
                self.cancelling = false;
                self.on_answer(*checkout)
            }
            Event::CancelFailed(error) => {
                self.cancelling = false;
                self.unanswered = Some(error);
                // It may be paid by now: the server knows.
                self.ask_if_known()
            }
            Event::Changed(checkout, opened) => self.on_change(*checkout, opened),
            Event::ChangeFailed(error) => self.change_failed(error),
            Event::Hinted => self.ask_if_known(),
            Event::PollDue if self.is_asked_about() => self.ask_if_known(),
            Event::PollDue => vec![],
            Event::WindowGone => self.window_gone(),
            Event::WindowCut => self.window_cut(),
            Event::LookDue(look) => self.look(look),
            Event::ShowPressed => self.show(),
            Event::PaidPressed => {
                self.checking = self.checkout.is_some();
                self.ask_if_known()
            }
            Event::CancelPressed if self.can_cancel() => {
                self.cancelling = true;
                vec![Effect::Cancel]
            }
            Event::CancelPressed => vec![],
            Event::ChangePressed if self.may_change() => {
                self.changing = true;
                self.old_page_open = false;
                self.unanswered = None;
                vec![Effect::Change]
            }
            Event::ChangePressed => vec![],
            Event::KeepPressed => {
                self.old_page_open = false;
                vec![]
            }
            Event::RetryPressed if self.phase == Phase::Refused(Refusal::Away) => {
                self.phase = Phase::Opening;
                vec![Effect::Create]
            }
            Event::RetryPressed => vec![],
        };
        (self, effects)
    }

    /// Whether the customer can turn back now.
    pub fn can_cancel(&self) -> bool {
        let pending = self.phase == Phase::Open || self.awaits_transfer();
        self.server_lets_go() && !self.cancelling && !self.changing && pending
    }

    /// Whether another way to pay can be chosen now.
    pub fn may_change(&self) -> bool {
        let open = self.phase == Phase::Open;
        self.server_lets_go() && !self.cancelling && !self.changing && open
    }

    /// Whether it is a transfer that the provider waits for.
    pub fn awaits_transfer(&self) -> bool {
        let instructed = |checkout: &Checkout| checkout.instructions.is_some();
        self.phase == Phase::Confirming && self.checkout.as_ref().is_some_and(instructed)
    }

    /// How long ago it had been started when this tab first heard of it, in seconds by the
    /// server's clock; `None` until it has.
    pub fn age_at_start(&self) -> Option<i64> {
        self.age
    }

    /// Whether it is worth asking the server by the clock. A transfer takes days:
    /// what comes of it is pushed, or seen when the customer looks again.
    pub fn is_asked_about(&self) -> bool {
        self.phase.is_pending() && !self.awaits_transfer()
    }

    fn server_lets_go(&self) -> bool {
        self.checkout
            .as_ref()
            .is_some_and(|checkout| checkout.can_cancel)
    }

    fn ask_if_known(&self) -> Vec<Effect> {
        if self.checkout.is_some() {
            vec![Effect::Ask]
        } else {
            vec![]
        }
    }
}
