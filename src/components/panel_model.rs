//! What the checkout's panel shows and what can be pressed: a plain value.

use std::mem::Discriminant;

use api_types::{Day, FailureCode, Money, TransferInstructions};

use super::icon::Glyph;
use crate::i18n::Ago;

/// Where the payment is, as the customer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The server is being asked to start it.
    Opening,
    /// The window was not let open, as far as one can tell; see [`PanelView::link`].
    Blocked,
    /// The window is open.
    Open,
    /// The window is open, and this tab cannot reach it.
    OutOfReach,
    /// The payment page comes in this tab.
    SameTab,
    /// The payment is open, and this tab holds no window: it was started
    /// elsewhere, or before the page was loaded again.
    Elsewhere,
    /// The window has closed, and nothing has been seen yet.
    WindowClosed,
    /// Another way to pay takes the place of the one that was open.
    Changing,
    /// Another way to pay was chosen, and the page that was open cannot be closed.
    PageStillOpen,
    /// Money is on its way. Never shown as paid.
    Confirming,
    /// The customer has to send a transfer; the provider confirms it.
    Transfer,
    /// The money is there.
    Paid,
    /// It did not go through.
    Failed(Option<FailureCode>),
    /// The customer turned back.
    Cancelled,
    /// The time to pay ran out.
    Expired,
    /// What arrived fits no rule.
    NeedsReview,
    /// The server did not start it, in words.
    Refused(String),
}

/// Everything that the panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelView {
    /// Where the payment is.
    pub stage: Stage,
    /// What is paid.
    pub amount: Money,
    /// The provider's name.
    pub portal: String,
    /// The host that the window goes to.
    pub host: String,
    /// How long ago it was started.
    pub started: Option<Ago>,
    /// It has been open or on its way for longer than most are.
    pub long: bool,
    /// The day by which money that is on its way is expected.
    pub expected_on: Option<Day>,
    /// The address of a real link to the same checkout; shown as a button.
    pub link: Option<String>,
    /// Where the payment that it became has its page.
    pub payment: Option<String>,
    /// Whether `Show window` can do something: bring it to the front, or open
    /// another to the same checkout.
    pub can_show: bool,
    /// Whether the customer can still turn back.
    pub can_cancel: bool,
    /// Whether there is another way to pay.
    pub another_way: bool,
    /// Whether it can be finished on a phone.
    pub on_phone: bool,
    /// Whether starting again may help.
    pub can_retry: bool,
    /// The customer has asked, and the answer has not come yet.
    pub checking: bool,
    /// The customer has turned back, and the server has not said so yet.
    pub cancelling: bool,
    /// What to write on the transfer, where it is one.
    pub transfer: Option<TransferInstructions>,
    /// A short line under the sentence, in words: nothing seen yet, no answer.
    pub note: Option<String>,
}

/// What the customer can press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PanelAction {
    /// Followed the real link; the browser opens it by itself.
    FollowLink,
    /// Bring the window to the front.
    ShowWindow,
    /// Open another window to the same checkout.
    OpenAgain,
    /// Take up here what was started elsewhere.
    Resume,
    /// Go to the payment page in this tab.
    GoThere,
    /// Ask the server now.
    IHavePaid,
    /// Show a code that opens the same checkout on a phone.
    OnPhone,
    /// Choose another way to pay.
    PayAnotherWay,
    /// Pay the other way, although the page that was open cannot be closed.
    ChangeAnyway,
    /// Stay with the page that is open.
    KeepPage,
    /// Turn back.
    Cancel,
    /// Start again.
    TryAgain,
    /// Follow the link to the payment's own page.
    ViewPayment,
    /// Put the panel away.
    Close,
}

impl PanelAction {
    /// Whether it shows more within the panel, and takes that away again.
    pub fn unfolds(self) -> bool {
        matches!(self, Self::OnPhone | Self::PayAnotherWay)
    }
}

impl PanelView {
    /// What can be pressed at this stage, in order; the first one is the likeliest.
    pub fn actions(&self) -> Vec<PanelAction> {
        use PanelAction::{
            Cancel, ChangeAnyway, Close, FollowLink, GoThere, KeepPage, OpenAgain, PayAnotherWay,
            Resume, ShowWindow, TryAgain, ViewPayment,
        };
        let (to_window, rest): (&[PanelAction], &[PanelAction]) = match self.stage {
            Stage::Opening => (&[], &[Cancel]),
            Stage::Changing => (&[], &[]),
            Stage::PageStillOpen => (&[], &[ChangeAnyway, KeepPage]),
            Stage::Blocked => (&[FollowLink], Self::WHILE_OPEN),
            Stage::Open => (&[FollowLink, ShowWindow], Self::WHILE_OPEN),
            Stage::SameTab => (&[GoThere], Self::WHILE_OPEN),
            Stage::Elsewhere => (&[FollowLink, Resume], Self::WHILE_OPEN),
            Stage::OutOfReach | Stage::WindowClosed => (&[FollowLink, OpenAgain], Self::WHILE_OPEN),
            Stage::Transfer => (&[], &[ViewPayment, PayAnotherWay, Close, Cancel]),
            // Money can be on its way for days: the panel need not stay that long.
            Stage::Confirming | Stage::Paid | Stage::NeedsReview => (&[], &[ViewPayment, Close]),
            Stage::Failed(_) | Stage::Cancelled | Stage::Expired | Stage::Refused(_) => {
                (&[], &[TryAgain, PayAnotherWay, Close])
            }
        };
        let all = to_window.iter().chain(rest).copied();
        all.filter(|action| self.offers(*action)).collect()
    }

    /// What can be done while the provider's page can be used, besides going to it.
    const WHILE_OPEN: &[PanelAction] = &[
        PanelAction::IHavePaid,
        PanelAction::OnPhone,
        PanelAction::PayAnotherWay,
        PanelAction::Cancel,
    ];

    /// Whether the keyboard may come to this by itself: the payment is made, and pressing it
    /// once too often does no harm.
    pub(super) fn rests_on(&self, action: PanelAction) -> bool {
        let made = matches!(
            self.stage,
            Stage::Paid | Stage::Confirming | Stage::NeedsReview
        );
        made && matches!(action, PanelAction::ViewPayment | PanelAction::Close)
    }

    fn offers(&self, action: PanelAction) -> bool {
        match action {
            PanelAction::FollowLink => self.link.is_some(),
            // A link does the same, and works where a button may not.
            PanelAction::ShowWindow | PanelAction::OpenAgain | PanelAction::Resume => {
                self.can_show && self.link.is_none()
            }
            PanelAction::GoThere => self.can_show,
            PanelAction::OnPhone => self.on_phone,
            PanelAction::PayAnotherWay => self.another_way,
            PanelAction::TryAgain => self.can_retry,
            PanelAction::Cancel => self.can_cancel,
            PanelAction::ViewPayment => self.payment.is_some(),
            _ => true,
        }
    }

    pub(super) fn tone(&self) -> &'static str {
        match self.stage {
            Stage::Paid => "good",
            Stage::Failed(_) | Stage::Refused(_) => "bad",
            Stage::Blocked
            | Stage::WindowClosed
            | Stage::PageStillOpen
            | Stage::NeedsReview
            | Stage::Transfer => "waiting",
            Stage::Cancelled | Stage::Expired => "plain",
            _ => "busy",
        }
    }

    pub(super) fn glyph(&self) -> Option<Glyph> {
        match self.stage {
            Stage::Paid => Some(Glyph::Done),
            Stage::Failed(_) | Stage::Refused(_) => Some(Glyph::Alert),
            Stage::Blocked | Stage::PageStillOpen => Some(Glyph::Window),
            Stage::WindowClosed | Stage::NeedsReview | Stage::Transfer | Stage::Expired => {
                Some(Glyph::Clock)
            }
            Stage::Cancelled => Some(Glyph::Cross),
            // Something is under way: a turning ring.
            _ => None,
        }
    }
}

/// What has been said about the panels, so that each change is said once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelText {
    panels: Vec<(u32, Discriminant<Stage>, bool, Option<String>)>,
    text: String,
}

impl PanelText {
    /// What to say now that the panels show this, each with its number, the newest first.
    #[must_use]
    pub fn then(&self, panels: &[(u32, PanelView)]) -> Self {
        if panels.is_empty() {
            // Whoever signs in next is not to find it.
            return Self::default();
        }
        let mut text = None;
        for (number, view) in panels.iter().rev() {
            let before = self.panels.iter().find(|(known, ..)| known == number);
            let stage = std::mem::discriminant(&view.stage);
            let same = before.is_some_and(|(_, was, long, _)| *was == stage && *long == view.long);
            let noted = before.and_then(|(.., note)| note.as_ref()) != view.note.as_ref();
            // The newest comes last, and is what is said.
            text = match &view.note {
                _ if !same => Some(view.announcement()),
                Some(note) if noted => Some(note.clone()),
                _ => text,
            };
        }
        let known = panels.iter().map(|(number, view)| {
            let stage = std::mem::discriminant(&view.stage);
            (*number, stage, view.long, view.note.clone())
        });
        Self {
            panels: known.collect(),
            // What was said stays: taking it away would be a change too.
            text: text.unwrap_or_else(|| self.text.clone()),
        }
    }

    /// What to say.
    pub fn text(&self) -> &str {
        &self.text
    }
}
