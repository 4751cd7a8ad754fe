//! From the checkout's machine to what its panel shows.

use api_types::Money;

use crate::checkout::{Machine, Phase, Refusal, WindowView};
use crate::components::{PanelView, Stage};
use crate::i18n::{self, key, t};
use crate::state::error_words;

/// What the panel needs beyond the machine.
pub struct Surroundings {
    /// The total that the button showed, if it was pressed in this tab.
    pub asked: Option<Money>,
    /// The provider's name.
    pub portal: String,
    /// The host of the payment page, as the settings have it.
    pub host: String,
    /// A link to the payment page, if one is offered.
    pub link: Option<String>,
}

/// What the panel shows; `None` while there is nothing yet to show an amount of.
pub fn panel_view(machine: &Machine, around: Surroundings) -> Option<PanelView> {
    let checkout = machine.checkout.as_ref();
    let amount = checkout.map(|checkout| checkout.total).or(around.asked)?;
    let stage = stage(machine);
    let note = match &machine.unanswered {
        Some(error) => Some(error_words(error)),
        None if machine.checking => Some(t(key::checkout::CHECKING)),
        None if machine.nothing_seen => Some(t(key::checkout::LOOKED_NOTHING)),
        None => None,
    };
    Some(PanelView {
        can_show: can_show(machine),
        can_cancel: machine.can_cancel() || machine.cancelling,
        can_retry: can_retry(machine),
        another_way: false,
        checking: machine.checking,
        cancelling: machine.cancelling,
        link: around.link.filter(|_| matches!(stage, Stage::Blocked)),
        host: checkout.map_or(around.host, |checkout| checkout.pay_host.clone()),
        portal: around.portal,
        stage,
        amount,
        transfer: checkout
            .filter(|_| machine.awaits_transfer())
            .and_then(|checkout| checkout.instructions.clone()),
        note,
    })
}

fn stage(machine: &Machine) -> Stage {
    match (&machine.phase, machine.window) {
        (Phase::Opening, _) => Stage::Opening,
        (Phase::Open, WindowView::None) => Stage::Elsewhere,
        (Phase::Open, WindowView::Blocked) => Stage::Blocked,
        (Phase::Open, WindowView::Closed) => Stage::WindowClosed,
        (Phase::Open, WindowView::Shown | WindowView::OutOfReach) => Stage::Open,
        (Phase::Confirming, _) if machine.awaits_transfer() => Stage::Transfer,
        (Phase::Confirming, _) => Stage::Confirming,
        (Phase::Paid, _) => Stage::Paid,
        (Phase::Failed, _) => Stage::Failed(
            machine
                .checkout
                .as_ref()
                .and_then(|checkout| checkout.failure),
        ),
        (Phase::Cancelled, _) => Stage::Cancelled,
        (Phase::Expired, _) => Stage::Expired,
        (Phase::NeedsReview, _) => Stage::NeedsReview,
        (Phase::Refused(refusal), _) => Stage::Refused(refusal_words(refusal)),
    }
}

fn can_show(machine: &Machine) -> bool {
    machine.phase == Phase::Open && machine.checkout.is_some()
}

/// A changed amount wants another look, and another press of its own button.
fn can_retry(machine: &Machine) -> bool {
    match &machine.phase {
        Phase::Failed | Phase::Cancelled | Phase::Expired => true,
        Phase::Refused(refusal) => matches!(refusal, Refusal::Away),
        _ => false,
    }
}

fn refusal_words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TotalChanged => t(key::errors::TOTAL_CHANGED),
        Refusal::NotPayable => t(key::errors::NOT_PAYABLE),
        Refusal::AlreadyOpen => t(key::errors::CHECKOUT_OPEN),
        Refusal::Away => i18n::network_words(),
        Refusal::Other(error) => error_words(error),
    }
}
