//! Links to the payment page: each with a token of its own, renewed before it
//! expires for as long as it is shown.

use std::cell::Cell;
use std::time::Duration;

use api_client::Transport;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::redirect_state;
use super::{Driver, windows};
use crate::browser::{clock, page, random};

/// How long a token is shown before it is replaced, in milliseconds. It expires after ten minutes.
const RENEW_MS: i64 = 8 * 60 * 1000;

/// An address that is shown, and since when.
#[derive(Default)]
pub(super) struct Offered {
    pub(super) address: ArcRwSignal<Option<String>>,
    since: Cell<i64>,
}

impl Offered {
    fn show(&self, address: String) {
        self.since.set(clock::now_millis());
        self.address.set(Some(address));
    }

    /// Whether it has been shown for so long that its token is about to expire.
    fn is_stale(&self) -> bool {
        let age = clock::now_millis() - self.since.get();
        self.address.with_untracked(Option::is_some) && !(0..RENEW_MS).contains(&age)
    }

    pub(super) fn withdraw(&self) {
        if self.address.with_untracked(Option::is_some) {
            self.address.set(None);
        }
    }
}

impl<T: Transport + Clone + 'static> Driver<T> {
    /// Asks for an address of the payment page for another device; see [`Driver::qr_link`].
    pub fn qr(&self) {
        let Some(token) = random::token() else { return };
        let driver = self.clone();
        spawn_local(async move {
            let origin = page::origin().unwrap_or_default();
            let address = format!("{origin}{}", windows::launch_address(&token));
            if driver.announce(token).await {
                driver.0.qr.show(address);
            }
        });
    }

    /// The address for another device is not shown any more.
    pub fn qr_away(&self) {
        self.0.qr.withdraw();
    }

    /// The customer has followed the link: its token is spent, so the next
    /// press needs another one.
    pub fn link_followed(&self) {
        // The new tab gets a copy of what this tab remembers, and must not take itself for it.
        redirect_state::forget();
        let driver = self.clone();
        spawn_local(async move {
            // The browser reads the address of the link after this handler.
            clock::sleep(Duration::ZERO).await;
            driver.prepare_link();
        });
    }

    pub(super) fn prepare_link(&self) {
        let Some(token) = random::token() else { return };
        let driver = self.clone();
        spawn_local(async move {
            let address = windows::launch_address(&token);
            if driver.announce(token).await {
                driver.0.link.show(address);
            }
        });
    }

    pub(super) fn renew_links(&self) {
        if self.0.link.is_stale() {
            self.0.link.since.set(clock::now_millis());
            self.prepare_link();
        }
        if self.0.qr.is_stale() {
            self.0.qr.since.set(clock::now_millis());
            self.qr();
        }
    }
}
