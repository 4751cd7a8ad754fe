//! That the customer's bank asks for a payment back, and how that ended.

use api_types::{DisputeState, PaymentDetail};
use leptos::prelude::*;

use crate::components::{Notice, NoticeTone};
use crate::i18n::{self, fill, key, t};

/// The notice, where there is a dispute.
pub fn dispute_notice(detail: &PaymentDetail) -> Option<AnyView> {
    use key::payments as words;
    // The first one is the one that the payment's state tells of.
    let told = detail.disputes.first();
    let amount = told.map_or(detail.payment.total, |dispute| dispute.amount);
    let amount = i18n::money(&amount);
    let amount = ("amount", amount.as_str());
    let (tone, title, body) = match detail.payment.dispute? {
        DisputeState::Won => (
            NoticeTone::Plain,
            words::DISPUTE_WON_TITLE,
            t(words::DISPUTE_WON_BODY),
        ),
        DisputeState::Lost => (
            NoticeTone::Waiting,
            words::DISPUTE_LOST_TITLE,
            fill(words::DISPUTE_LOST_BODY, [amount]),
        ),
        // A state from a newer backend: it is not decided as far as this build can tell.
        _ => (
            NoticeTone::Waiting,
            words::DISPUTE_OPEN_TITLE,
            fill(
                words::DISPUTE_OPEN_BODY,
                [amount, ("portal", &detail.seller.name)],
            ),
        ),
    };
    Some(view! { <Notice tone=tone title=t(title) body=body /> }.into_any())
}
