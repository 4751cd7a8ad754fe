//! From the checkout's machine to what its panel shows.

use api_types::{Checkout, Money, PaymentId};

use crate::checkout::{Machine, Phase, Refusal, WindowView};
use crate::components::{PanelView, Stage};
use crate::i18n::{self, Ago, key, t};
use crate::route::Route;
use crate::state::error_words;

/// What the panel needs beyond the machine.
pub struct PanelContext {
    /// The total that the button showed, if it was pressed in this tab.
    pub asked: Option<Money>,
    /// The provider's name.
    pub portal: String,
    /// The host of the payment page, as the settings have it.
    pub host: String,
    /// A link to the payment page, if one is offered.
    pub link: Option<String>,
    /// Whether there is more than one way to pay this.
    pub several_ways: bool,
    /// The payment whose own page the panel stands on.
    pub here: Option<PaymentId>,
}

/// What the panel shows; `None` while there is nothing yet to show an amount of.
pub fn panel_view(machine: &Machine, context: PanelContext) -> Option<PanelView> {
    let checkout = machine.checkout.as_ref();
    let amount = checkout.map(|checkout| checkout.total).or(context.asked)?;
    let stage = stage(machine);
    let open = machine.phase == Phase::Open && checkout.is_some() && !machine.changing;
    let has_page = checkout.is_some_and(|checkout| !checkout.pay_host.is_empty());
    let payment = checkout.and_then(|checkout| checkout.payment.clone());
    let on_its_page = payment.is_some() && payment == context.here;
    Some(PanelView {
        can_show: open,
        can_cancel: machine.can_cancel() || machine.cancelling,
        can_retry: can_retry(machine),
        another_way: context.several_ways && another_way(machine),
        on_phone: open && has_page,
        long: machine.long,
        started: checkout.filter(|_| stage == Stage::Elsewhere).map(started),
        expected_on: checkout.and_then(|checkout| checkout.expected_on),
        payment: payment
            .filter(|_| !on_its_page)
            .map(|payment| Route::Payment(payment).href()),
        checking: machine.checking,
        cancelling: machine.cancelling,
        link: context.link.filter(|_| stage == Stage::Blocked),
        host: checkout.map_or(context.host, |checkout| checkout.pay_host.clone()),
        portal: context.portal,
        amount,
        transfer: checkout
            .filter(|_| machine.awaits_transfer() && !on_its_page)
            .and_then(|checkout| checkout.instructions.clone()),
        note: note(machine),
        stage,
    })
}

fn note(machine: &Machine) -> Option<String> {
    match &machine.unanswered {
        Some(error) => Some(error_words(error)),
        None if machine.checking || machine.looking => Some(t(key::checkout::CHECKING)),
        None if machine.nothing_seen => Some(t(key::checkout::LOOKED_NOTHING)),
        None => None,
    }
}

fn stage(machine: &Machine) -> Stage {
    match (&machine.phase, machine.window) {
        (Phase::Opening, _) => Stage::Opening,
        (Phase::Open, _) if machine.changing => Stage::Changing,
        (Phase::Open, _) if machine.old_page_open => Stage::PageStillOpen,
        (Phase::Open, WindowView::None) => Stage::Elsewhere,
        (Phase::Open, WindowView::Blocked) => Stage::Blocked,
        (Phase::Open, WindowView::Closed) => Stage::WindowClosed,
        (Phase::Open, WindowView::Shown) => Stage::Open,
        (Phase::Open, WindowView::OutOfReach) => Stage::OutOfReach,
        (Phase::Open, WindowView::SameTab) => Stage::SameTab,
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

/// By the server's clock at both ends: a device's clock may be hours off.
fn started(checkout: &Checkout) -> Ago {
    let millis = checkout.as_of.as_millis() - checkout.created_at.as_millis();
    Ago::of_seconds(u64::try_from(millis / 1000).unwrap_or_default())
}

/// Another way takes this one's place while it is open; what has ended is begun anew.
fn another_way(machine: &Machine) -> bool {
    let ended = matches!(
        machine.phase,
        Phase::Failed | Phase::Cancelled | Phase::Expired
    );
    ended || machine.may_change()
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

#[cfg(test)]
#[path = "panel_view_tests.rs"]
mod tests;
