//! What a checkout does next: a pure function over closed enums.
//!
//! Nothing here is a promise about money. A phase is only ever what the server
//! said last, and the server's answers are taken in the order of its versions.

use api_client::ApiError;
use api_types::{Checkout, CheckoutStatus, Code};

/// What the customer sees of the checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The server is being asked to start it.
    Opening,
    /// The provider's page can be used, or soon can.
    Open,
    /// Money is on its way. Never shown as paid.
    Confirming,
    /// The money is there.
    Paid,
    /// It did not go through.
    Failed,
    /// The customer turned back.
    Cancelled,
    /// The time to pay ran out.
    Expired,
    /// What arrived fits no rule; the provider looks into it.
    NeedsReview,
    /// The server did not start it.
    Refused(Refusal),
}

impl Phase {
    /// Whether nothing more is expected, so that the panel can be put away.
    pub fn is_over(&self) -> bool {
        !matches!(
            self,
            Self::Opening | Self::Open | Self::Confirming | Self::NeedsReview
        )
    }

    /// Whether the server may still say something new.
    fn is_pending(&self) -> bool {
        matches!(self, Self::Open | Self::Confirming | Self::NeedsReview)
    }
}

/// Why no checkout was started. Nothing has been paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The amount on screen was not the amount any more.
    TotalChanged,
    /// It cannot be paid now.
    NotPayable,
    /// Another checkout is open on it; it is shown in this one's place.
    AlreadyOpen,
    /// The server was not reached; the same request may be sent again.
    Away,
    /// Anything else, in the error's own words.
    Other(Box<ApiError>),
}

impl Refusal {
    fn of(error: ApiError) -> Self {
        match error.code() {
            Some(Code::TotalChanged) => Self::TotalChanged,
            Some(Code::NotPayable) => Self::NotPayable,
            Some(Code::CheckoutOpen) => Self::AlreadyOpen,
            _ if matches!(error, ApiError::Away(_)) => Self::Away,
            _ => Self::Other(Box::new(error)),
        }
    }
}

/// What this tab knows of the payment window. It never says anything about money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowView {
    /// This tab has opened none: the checkout was started elsewhere or before a reload.
    None,
    /// This tab holds its handle.
    Shown,
    /// The browser gave no handle. The window may exist all the same.
    Blocked,
    /// It exists, and this tab cannot reach it.
    OutOfReach,
    /// It seems closed.
    Closed,
}

/// What happens to a checkout.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The window could be opened inside the click, or not.
    WindowOpened(bool),
    /// The server said what the checkout is.
    Answered(Box<Checkout>),
    /// The server would not start it.
    Refused(ApiError),
    /// A question went unanswered, or turning back did not work.
    Unanswered(ApiError),
    /// Anything at all that makes it worth asking.
    Hinted,
    /// The window looks closed.
    WindowGone,
    /// The clock says so; `polls` counts the ticks since the last event.
    PollDue,
    /// The customer wants to see the window.
    ShowPressed,
    /// The customer says that they have paid.
    PaidPressed,
    /// The customer turns back.
    CancelPressed,
    /// The customer sends the same request again.
    RetryPressed,
}

/// What has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send the request that starts it, with the key it had before.
    Create,
    /// Ask the server what is true.
    Ask,
    /// Tell the server that the customer turns back.
    Cancel,
    /// Bring the window to the front.
    ShowWindow,
    /// Open another window to the same checkout, inside the click.
    OpenAnother,
    /// Close the window: there is nothing to do in it.
    CloseWindow,
    /// Announce a token for a link that the customer can press.
    PrepareLink,
    /// Money may have moved: everything on screen asks the server anew.
    RefreshAccount,
    /// Bring the keyboard back to where the customer pressed.
    RestoreFocus,
}

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
    /// The customer has asked, and the answer has not come yet.
    pub checking: bool,
    /// The customer has asked, and the answer was that nothing has been seen.
    pub nothing_seen: bool,
    /// The last question went unanswered.
    pub unanswered: Option<ApiError>,
    link_wanted: bool,
}

impl Machine {
    /// A checkout whose button has just been pressed.
    pub fn pressed() -> (Self, Vec<Effect>) {
        (Self::new(Phase::Opening, None), vec![Effect::Create])
    }

    /// A checkout that the server knows and this tab did not start.
    pub fn found(checkout: Checkout) -> Self {
        Self::new(phase_of(checkout.status), Some(checkout))
    }

    fn new(phase: Phase, checkout: Option<Checkout>) -> Self {
        Self {
            phase,
            checkout,
            window: WindowView::None,
            cancelling: false,
            checking: false,
            nothing_seen: false,
            unanswered: None,
            link_wanted: false,
        }
    }

    /// What the event makes of it, and what has to be done.
    pub fn step(mut self, event: Event) -> (Self, Vec<Effect>) {
        let effects = match event {
            Event::WindowOpened(opened) => self.window_opened(opened),
            Event::Answered(checkout) => self.answered(*checkout),
            Event::Refused(error) => self.refused(error),
            Event::Unanswered(error) => {
                self.cancelling = false;
                self.checking = false;
                self.unanswered = Some(error);
                vec![]
            }
            Event::Hinted => self.ask_if_known(),
            Event::PollDue if self.is_asked_about() => self.ask_if_known(),
            Event::PollDue => vec![],
            Event::WindowGone => self.window_gone(),
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
        let server_lets = self
            .checkout
            .as_ref()
            .is_some_and(|checkout| checkout.can_cancel);
        let pending = self.phase == Phase::Open || self.awaits_transfer();
        server_lets && !self.cancelling && pending
    }

    /// Whether it is a transfer that the provider waits for.
    pub fn awaits_transfer(&self) -> bool {
        let instructed = |checkout: &Checkout| checkout.instructions.is_some();
        self.phase == Phase::Confirming && self.checkout.as_ref().is_some_and(instructed)
    }

    /// Whether it is worth asking the server by the clock. A transfer takes days:
    /// what comes of it is pushed, or seen when the customer looks again.
    fn is_asked_about(&self) -> bool {
        self.phase.is_pending() && !self.awaits_transfer()
    }

    fn window_opened(&mut self, opened: bool) -> Vec<Effect> {
        self.window = if opened {
            WindowView::Shown
        } else {
            WindowView::Blocked
        };
        if opened { vec![] } else { self.want_link() }
    }

    /// A link is offered only where no window is known to exist, and only once
    /// there is a checkout for it to lead to.
    fn want_link(&mut self) -> Vec<Effect> {
        let ready = self.phase == Phase::Open && self.checkout.is_some();
        if ready && !self.link_wanted {
            self.link_wanted = true;
            vec![Effect::PrepareLink]
        } else {
            vec![]
        }
    }

    fn answered(&mut self, checkout: Checkout) -> Vec<Effect> {
        let asked = std::mem::take(&mut self.checking);
        self.unanswered = None;
        if let Some(known) = &self.checkout {
            // Money never moves backwards: an older answer came late.
            let older = checkout.version < known.version;
            let unpays =
                known.status == CheckoutStatus::Paid && checkout.status != CheckoutStatus::Paid;
            if checkout.id != known.id || older || unpays {
                return vec![];
            }
        }
        let before = self.phase.clone();
        let status_before = self.checkout.as_ref().map(|known| known.status);
        self.phase = phase_of(checkout.status);
        self.nothing_seen = self.phase == Phase::Open && (asked || self.nothing_seen);
        let launched = checkout.launched;
        let moved = status_before != Some(checkout.status);
        self.checkout = Some(checkout);
        if self.phase != Phase::Open && !self.awaits_transfer() {
            self.cancelling = false;
        }
        if launched && self.window == WindowView::Blocked && !self.link_wanted {
            self.window = WindowView::OutOfReach;
        }
        let mut effects = Vec::new();
        if moved {
            effects.push(Effect::RefreshAccount);
        }
        if self.window == WindowView::Blocked {
            effects.extend(self.want_link());
        }
        if self.phase.is_over() && !before.is_over() {
            effects.push(Effect::CloseWindow);
            effects.push(Effect::RestoreFocus);
        }
        effects
    }

    fn refused(&mut self, error: ApiError) -> Vec<Effect> {
        if self.checkout.is_some() {
            return vec![];
        }
        self.phase = Phase::Refused(Refusal::of(error));
        self.window = WindowView::None;
        vec![
            Effect::CloseWindow,
            Effect::RefreshAccount,
            Effect::RestoreFocus,
        ]
    }

    fn window_gone(&mut self) -> Vec<Effect> {
        if self.window != WindowView::Shown {
            return vec![];
        }
        self.window = WindowView::Closed;
        let mut effects = self.ask_if_known();
        if !self.phase.is_over() {
            effects.push(Effect::RestoreFocus);
        }
        effects
    }

    fn show(&mut self) -> Vec<Effect> {
        match (&self.phase, self.window) {
            (Phase::Open, WindowView::Shown) => vec![Effect::ShowWindow],
            (Phase::Open, _) if self.checkout.is_some() => vec![Effect::OpenAnother],
            (Phase::Opening | Phase::Confirming, WindowView::Shown) => vec![Effect::ShowWindow],
            _ => vec![],
        }
    }

    fn ask_if_known(&self) -> Vec<Effect> {
        if self.checkout.is_some() {
            vec![Effect::Ask]
        } else {
            vec![]
        }
    }
}

/// A status that this build does not know reads as "pending, ask again".
fn phase_of(status: CheckoutStatus) -> Phase {
    match status {
        CheckoutStatus::Created | CheckoutStatus::Open => Phase::Open,
        CheckoutStatus::Paid => Phase::Paid,
        CheckoutStatus::Failed => Phase::Failed,
        CheckoutStatus::Cancelled => Phase::Cancelled,
        CheckoutStatus::Expired => Phase::Expired,
        CheckoutStatus::NeedsReview => Phase::NeedsReview,
        _ => Phase::Confirming,
    }
}
