//! What the checkout's panel shows and what can be pressed: a plain value.

use api_types::{FailureCode, Money, TransferInstructions};

use super::icon::Glyph;
use super::panel_words::{body, title};
use crate::i18n::{fill, key};

/// Where the payment is, as the customer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The server is being asked to start it.
    Opening,
    /// The window was not let open, as far as one can tell; see [`PanelView::link`].
    Blocked,
    /// The window is open.
    Open,
    /// The payment is open, and this tab holds no window: it was started
    /// elsewhere, or before the page was loaded again.
    Elsewhere,
    /// The window has closed, and nothing has been seen yet.
    WindowClosed,
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
    /// The address of a real link to the same checkout; shown as a button.
    pub link: Option<String>,
    /// Whether `Show window` can do something: bring it to the front, or open
    /// another to the same checkout.
    pub can_show: bool,
    /// Whether the customer can still turn back.
    pub can_cancel: bool,
    /// Whether there is another way to pay.
    pub another_way: bool,
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
    /// Ask the server now.
    IHavePaid,
    /// Choose another way to pay.
    PayAnotherWay,
    /// Turn back.
    Cancel,
    /// Start again.
    TryAgain,
    /// Put the panel away.
    Close,
}

impl PanelView {
    /// What can be pressed at this stage, in order; the first one is the likeliest.
    pub fn actions(&self) -> Vec<PanelAction> {
        use PanelAction::{
            Cancel, Close, FollowLink, IHavePaid, OpenAgain, PayAnotherWay, ShowWindow, TryAgain,
        };
        let waiting: &[PanelAction] = match self.stage {
            Stage::Opening => &[Cancel],
            Stage::Blocked => &[FollowLink, IHavePaid, PayAnotherWay, Cancel],
            Stage::Open => &[FollowLink, ShowWindow, IHavePaid, PayAnotherWay, Cancel],
            Stage::Elsewhere | Stage::WindowClosed => {
                &[FollowLink, OpenAgain, IHavePaid, PayAnotherWay, Cancel]
            }
            Stage::Transfer => &[Close, Cancel],
            // Money can be on its way for days: the panel need not stay that long.
            Stage::Confirming | Stage::Paid | Stage::NeedsReview => &[Close],
            Stage::Failed(_) | Stage::Cancelled | Stage::Expired | Stage::Refused(_) => {
                &[TryAgain, PayAnotherWay, Close]
            }
        };
        waiting
            .iter()
            .copied()
            .filter(|action| self.offers(*action))
            .collect()
    }

    fn offers(&self, action: PanelAction) -> bool {
        match action {
            PanelAction::FollowLink => self.link.is_some(),
            // A link does the same, and works where a button may not.
            PanelAction::ShowWindow | PanelAction::OpenAgain => {
                self.can_show && self.link.is_none()
            }
            PanelAction::PayAnotherWay => self.another_way,
            PanelAction::TryAgain => self.can_retry,
            PanelAction::Cancel => self.can_cancel,
            _ => true,
        }
    }

    /// What the live region says when the panel comes to this stage.
    pub fn announcement(&self) -> String {
        let (title, body) = (title(self), body(self));
        fill(
            key::checkout::ANNOUNCEMENT,
            [("title", &title), ("body", &body)],
        )
    }

    pub(super) fn tone(&self) -> &'static str {
        match self.stage {
            Stage::Paid => "good",
            Stage::Failed(_) | Stage::Refused(_) => "bad",
            Stage::Blocked | Stage::WindowClosed | Stage::NeedsReview | Stage::Transfer => {
                "waiting"
            }
            Stage::Cancelled | Stage::Expired => "plain",
            _ => "busy",
        }
    }

    pub(super) fn glyph(&self) -> Option<Glyph> {
        match self.stage {
            Stage::Paid => Some(Glyph::Done),
            Stage::Failed(_) | Stage::Refused(_) => Some(Glyph::Alert),
            Stage::Blocked => Some(Glyph::Window),
            Stage::WindowClosed | Stage::NeedsReview | Stage::Transfer | Stage::Expired => {
                Some(Glyph::Clock)
            }
            Stage::Cancelled => Some(Glyph::Cross),
            // Something is under way: a turning ring.
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PanelAction::*;

    fn at(stage: Stage) -> PanelView {
        PanelView {
            stage,
            amount: Money::from_minor(14640, api_types::Currency::parse("EUR").unwrap()),
            portal: "Harbour Clinic".to_owned(),
            host: "pay.example.com".to_owned(),
            link: None,
            can_show: true,
            can_cancel: true,
            another_way: false,
            can_retry: true,
            checking: false,
            cancelling: false,
            transfer: None,
            note: None,
        }
    }

    #[test]
    fn each_stage_offers_what_can_be_done_then() {
        for (stage, offered) in [
            (Stage::Opening, vec![Cancel]),
            (Stage::Open, vec![ShowWindow, IHavePaid, Cancel]),
            (Stage::WindowClosed, vec![OpenAgain, IHavePaid, Cancel]),
            (Stage::Confirming, vec![Close]),
            (Stage::Transfer, vec![Close, Cancel]),
            (Stage::Paid, vec![Close]),
            (Stage::Failed(None), vec![TryAgain, Close]),
            (Stage::NeedsReview, vec![Close]),
        ] {
            assert_eq!(at(stage.clone()).actions(), offered, "{stage:?}");
        }
    }

    #[test]
    fn a_link_stands_in_the_place_of_a_button_that_might_do_nothing() {
        let blocked = PanelView {
            link: Some("/pay/launch#x".to_owned()),
            ..at(Stage::Blocked)
        };
        assert_eq!(blocked.actions(), [FollowLink, IHavePaid, Cancel]);
    }

    #[test]
    fn nothing_is_offered_that_cannot_be_done() {
        let stuck = PanelView {
            can_show: false,
            can_cancel: false,
            ..at(Stage::Open)
        };
        assert_eq!(stuck.actions(), [IHavePaid]);
    }
}
