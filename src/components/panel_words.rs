//! What the checkout's panel says at each stage.

use super::panel_model::{PanelAction, PanelView, Stage};
use crate::i18n::{self, fill, key, t};

/// Where the payment is, in a few words.
pub(super) fn title(view: &PanelView) -> String {
    t(match view.stage {
        Stage::Opening => key::checkout::OPENING_TITLE,
        Stage::Blocked => key::checkout::BLOCKED_TITLE,
        Stage::Open => key::checkout::OPEN_TITLE,
        Stage::Elsewhere => key::checkout::ELSEWHERE_TITLE,
        Stage::WindowClosed => key::checkout::CLOSED_TITLE,
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
    match &view.stage {
        Stage::Opening => fill(key::checkout::OPENING_BODY, [("host", &view.host)]),
        Stage::Blocked => t(key::checkout::BLOCKED_BODY),
        Stage::Open => paid(key::checkout::OPEN_BODY),
        Stage::Elsewhere => paid(key::checkout::ELSEWHERE_BODY),
        Stage::WindowClosed => t(key::checkout::CLOSED_BODY),
        Stage::Confirming => paid(key::checkout::CONFIRMING_BODY),
        Stage::Transfer => paid(key::checkout::TRANSFER_BODY),
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

/// What a button is called.
pub(super) fn action_words(action: PanelAction) -> String {
    t(match action {
        PanelAction::FollowLink => key::checkout::BLOCKED_LINK,
        PanelAction::ShowWindow => key::checkout::SHOW_WINDOW,
        PanelAction::OpenAgain => key::checkout::OPEN_AGAIN,
        PanelAction::IHavePaid => key::checkout::I_HAVE_PAID,
        PanelAction::PayAnotherWay => key::checkout::PAY_ANOTHER_WAY,
        PanelAction::Cancel => key::checkout::CANCEL,
        PanelAction::TryAgain => key::checkout::TRY_AGAIN,
        PanelAction::Close => key::checkout::CLOSE,
    })
}
