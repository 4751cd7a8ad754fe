//! What the checkout's panel says at each stage.

use super::panel_model::{PanelAction, PanelView, Stage};
use crate::i18n::{self, fill, key, t};

impl PanelView {
    /// What the live region says when the panel comes to this stage.
    pub fn announcement(&self) -> String {
        let (title, body) = (title(self), body(self));
        fill(
            key::checkout::ANNOUNCEMENT,
            [("title", &title), ("body", &body)],
        )
    }
}

/// Where the payment is, in a few words.
pub(super) fn title(view: &PanelView) -> String {
    t(match view.stage {
        Stage::Opening => key::checkout::OPENING_TITLE,
        Stage::Blocked => key::checkout::BLOCKED_TITLE,
        Stage::Open | Stage::OutOfReach | Stage::Confirming if view.long => {
            key::checkout::LONG_TITLE
        }
        Stage::Open | Stage::OutOfReach => key::checkout::OPEN_TITLE,
        Stage::SameTab => key::checkout::SAME_TAB_TITLE,
        Stage::Elsewhere => key::checkout::ELSEWHERE_TITLE,
        Stage::WindowClosed => key::checkout::CLOSED_TITLE,
        Stage::Changing => key::checkout::CHANGING_TITLE,
        Stage::PageStillOpen => key::checkout::PAGE_OPEN_TITLE,
        Stage::Confirming => key::checkout::CONFIRMING_TITLE,
        Stage::Transfer => key::checkout::TRANSFER_TITLE,
        Stage::Paid => key::checkout::PAID_TITLE,
        Stage::Failed(_) => key::checkout::FAILED_TITLE,
        Stage::Cancelled => key::checkout::CANCELLED_TITLE,
        Stage::Expired => key::checkout::EXPIRED_TITLE,
        Stage::NeedsReview => key::checkout::NEEDS_REVIEW_TITLE,
        Stage::Refused(_) => key::checkout::REFUSED_TITLE,
    })
}

/// What that means and what to do.
pub(super) fn body(view: &PanelView) -> String {
    let portal = view.portal.as_str();
    let amount = || i18n::money(&view.amount);
    let paid = |template| fill(template, [("amount", &amount()), ("portal", portal)]);
    let by = |soon, later| match &view.expected_on {
        Some(day) => fill(
            later,
            [
                ("amount", &amount()),
                ("portal", portal),
                ("day", &i18n::day_with_weekday(day)),
            ],
        ),
        None => paid(soon),
    };
    match &view.stage {
        Stage::Opening => fill(key::checkout::OPENING_BODY, [("host", &view.host)]),
        Stage::Blocked => t(key::checkout::BLOCKED_BODY),
        Stage::Open if view.long => paid(key::checkout::LONG_BODY),
        Stage::Open => paid(key::checkout::OPEN_BODY),
        Stage::OutOfReach => paid(key::checkout::OUT_OF_REACH_BODY),
        Stage::SameTab => paid(key::checkout::SAME_TAB_BODY),
        Stage::Elsewhere => elsewhere(view),
        Stage::WindowClosed => t(key::checkout::CLOSED_BODY),
        Stage::Changing => t(key::checkout::CHANGING_BODY),
        Stage::PageStillOpen => fill(key::checkout::PAGE_OPEN_BODY, [("host", &view.host)]),
        Stage::Confirming if view.long && view.expected_on.is_none() => {
            paid(key::checkout::CONFIRMING_LONG_BODY)
        }
        Stage::Confirming => by(
            key::checkout::CONFIRMING_BODY,
            key::checkout::CONFIRMING_EXPECTED,
        ),
        Stage::Transfer => by(
            key::checkout::TRANSFER_BODY,
            key::checkout::TRANSFER_EXPECTED,
        ),
        Stage::Paid => paid(key::checkout::PAID_BODY),
        Stage::Failed(failure) => {
            let reason = failure.map(i18n::failure_words);
            let reason = reason.unwrap_or_else(|| t(key::payments::FAILURE_UNKNOWN));
            fill(key::checkout::FAILED_BODY, [("reason", &reason)])
        }
        Stage::Cancelled => t(key::checkout::CANCELLED_BODY),
        Stage::Expired => t(key::checkout::EXPIRED_BODY),
        Stage::NeedsReview => fill(key::checkout::NEEDS_REVIEW_BODY, [("portal", portal)]),
        Stage::Refused(why) => why.clone(),
    }
}

fn elsewhere(view: &PanelView) -> String {
    let since = view.started.map(i18n::Ago::words).unwrap_or_default();
    fill(
        key::checkout::ELSEWHERE_BODY,
        [
            ("since", &since),
            ("amount", &i18n::money(&view.amount)),
            ("portal", &view.portal),
        ],
    )
}

/// What a button is called.
pub(super) fn action_words(action: PanelAction) -> String {
    t(match action {
        PanelAction::FollowLink => key::checkout::BLOCKED_LINK,
        PanelAction::ShowWindow => key::checkout::SHOW_WINDOW,
        PanelAction::OpenAgain => key::checkout::OPEN_AGAIN,
        PanelAction::Resume => key::checkout::RESUME,
        PanelAction::GoThere => key::checkout::SAME_TAB_GO,
        PanelAction::IHavePaid => key::checkout::I_HAVE_PAID,
        PanelAction::OnPhone => key::checkout::PHONE,
        PanelAction::PayAnotherWay => key::checkout::PAY_ANOTHER_WAY,
        PanelAction::ChangeAnyway => key::checkout::CHANGE_ANYWAY,
        PanelAction::KeepPage => key::checkout::KEEP_PAGE,
        PanelAction::Cancel => key::checkout::CANCEL,
        PanelAction::TryAgain => key::checkout::TRY_AGAIN,
        PanelAction::ViewPayment => key::payments::VIEW_PAYMENT,
        PanelAction::Close => key::checkout::CLOSE,
    })
}
