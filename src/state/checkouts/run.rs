//! One checkout that this tab shows.

use api_types::{CheckoutFor, CheckoutId, CheckoutStatus};
use leptos::prelude::*;

use super::super::api::BrowserTransport;
use crate::checkout::{Driver, Machine, Phase, Refusal};

/// A checkout's driver over the browser's transport.
pub type BrowserDriver = Driver<BrowserTransport>;

/// A checkout and its number in this tab.
#[derive(Clone)]
pub struct Run {
    /// Tells runs apart before the server has named them.
    pub number: u32,
    /// What performs it.
    pub driver: BrowserDriver,
}

impl Run {
    /// Whether it is about this; to be read reactively.
    pub(super) fn is_for(&self, pays_for: &CheckoutFor) -> bool {
        let known = self.driver.machine().with(|machine| {
            let checkout = machine.checkout.as_ref();
            checkout.map(|checkout| checkout.pays_for == *pays_for)
        });
        known.unwrap_or_else(|| self.asks_for(pays_for))
    }

    /// Whether it is this checkout; to be read reactively.
    pub(super) fn is_of(&self, checkout: &CheckoutId) -> bool {
        self.driver.machine().with(|machine| {
            let known = machine.checkout.as_ref();
            known.is_some_and(|known| known.id == *checkout)
        })
    }

    /// Whether what the server has for this may be what this run asked for, or stood in its way.
    pub(super) fn awaits(&self, pays_for: &CheckoutFor) -> bool {
        let lost = self.of(|machine| {
            matches!(
                machine.phase,
                Phase::Refused(Refusal::Away | Refusal::AlreadyOpen)
            )
        });
        lost && self.asks_for(pays_for)
    }

    pub(super) fn is_opening(&self) -> bool {
        self.of(|machine| machine.phase == Phase::Opening)
    }

    pub(super) fn is_over(&self) -> bool {
        self.of(|machine| machine.phase.is_over())
    }

    /// Which checkout it is, and how that stands.
    pub(super) fn stands(&self) -> Option<(CheckoutId, CheckoutStatus)> {
        self.of(|machine| {
            let checkout = machine.checkout.as_ref()?;
            Some((checkout.id.clone(), checkout.status))
        })
    }

    fn asks_for(&self, pays_for: &CheckoutFor) -> bool {
        let asked = self.driver.asked();
        asked.is_some_and(|asked| asked.pays_for == *pays_for)
    }

    fn of<V>(&self, read: impl FnOnce(&Machine) -> V) -> V {
        self.driver.machine().with_untracked(read)
    }
}
