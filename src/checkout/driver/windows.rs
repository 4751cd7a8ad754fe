//! The windows of a checkout: opened inside the click, looked at, closed.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use api_client::Transport;
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;

use super::super::machine::{Event, Opened, WindowView};
use super::super::popup_monitor::{Observation, PopupMonitor, Verdict};
use super::super::presenter::Presenter;
use super::super::redirect_state;
use super::{ChangeSent, Driver, MethodChange};
use crate::browser::clock::{self, Ticker};
use crate::browser::popup::Popup;
use crate::browser::{page, random};

/// How often the window's handle is looked at, in milliseconds. A browser may slow this down in the
/// background, so no time is counted by it.
const LOOK_MS: u32 = 500;
/// How many milliseconds too early the server may be asked by the clock. Otherwise it would be
/// asked a whole look later.
const EARLY_MS: i64 = LOOK_MS as i64 / 2;
/// How often a checkout that has been open for long is asked about, in milliseconds.
const SELDOM_MS: i64 = 15_000;
/// A handle that reads closed is looked at again before anybody is told.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

/// Opens the way to the provider's page for a token, inside the click.
pub(super) fn open(presenter: Presenter, token: Option<&str>) -> (Opened, Option<Popup>) {
    let Some(token) = token else {
        return (Opened::Unneeded, None);
    };
    match presenter {
        Presenter::SameTab => (Opened::Here, None),
        Presenter::Link => (Opened::Nothing, None),
        Presenter::Window => {
            // The window gets a copy of what this tab remembers, and must not take itself for it.
            redirect_state::forget();
            match Popup::open(&launch_address(token)) {
                Some(popup) => (Opened::Window, Some(popup)),
                None => (Opened::Nothing, None),
            }
        }
    }
}

pub(super) fn launch_address(token: &str) -> String {
    format!("{}#{token}", page::address("pay/launch"))
}

impl<T: Transport + Clone + 'static> Driver<T> {
    /// Sends the request again whose answer was lost, with the key that it had: it starts no
    /// second checkout. To be called inside the click.
    pub fn retry(&self) {
        let Some(sent) = &self.0.sent else { return };
        let wants_page = sent.body.launch_token.is_some();
        // Somebody may be paying in it.
        let in_use = self.0.popup.borrow().as_ref().is_some_and(Popup::is_away);
        self.tell(Event::RetryPressed);
        if in_use || !wants_page {
            return;
        }
        self.close(&self.0.popup);
        let presenter = self.0.host.presenter();
        if presenter == Presenter::SameTab {
            // This tab has not left, so the first token is as good as new.
            self.opened(Opened::Here);
            return;
        }
        // The first token may be spent: this window gets one of its own, which is announced
        // once there is a checkout.
        let Some(token) = random::token() else { return };
        let (opened, popup) = open(presenter, Some(&token));
        self.0.popup.replace(popup);
        self.0.late_token.replace(Some(token));
        self.opened(opened);
    }

    /// Pays the same another way. To be called inside the click: a window may have to open.
    pub fn change(&self, choice: MethodChange) {
        if !self
            .0
            .machine
            .with_untracked(|machine| machine.may_change())
        {
            return;
        }
        let (Some(token), Some(key)) = (random::token(), random::token()) else {
            return;
        };
        // The same request whose answer was lost is the same request.
        let lost = self.0.change.take().filter(|lost| lost.request == choice);
        let (key, token) = match lost {
            Some(lost) => (lost.key, lost.token),
            None => (key, choice.window.then_some(token)),
        };
        let (opened, popup) = open(self.0.host.presenter(), token.as_deref());
        self.close(&self.0.new_popup);
        self.0.new_popup.replace(popup);
        self.0.launch_token.replace(token.clone());
        self.0.change.replace(Some(ChangeSent {
            key,
            request: choice,
            token,
            opened,
        }));
        self.tell(Event::ChangePressed);
    }

    /// The same once more, after the customer has been told that the page that is open cannot be
    /// closed at its payment provider. To be called inside the click.
    pub fn change_anyway(&self) {
        let told = self
            .0
            .machine
            .with_untracked(|machine| machine.old_page_open);
        let request = self
            .0
            .change
            .borrow()
            .as_ref()
            .map(|change| change.request.clone());
        if let Some(request) = request.filter(|_| told) {
            self.change(MethodChange {
                although_open: true,
                ..request
            });
        }
    }

    pub(super) fn opened(&self, opened: Opened) {
        self.0.monitor.set(PopupMonitor::default());
        if opened == Opened::Nothing {
            // Some browsers within apps say that nothing opened, and leave with this very tab.
            redirect_state::remember(self.checkout_id().as_ref(), self.button_id());
        }
        self.tell(Event::WindowOpened(opened));
    }

    pub(super) fn take_new_window(&self) {
        self.close(&self.0.popup);
        self.0.popup.replace(self.0.new_popup.take());
        self.0.monitor.set(PopupMonitor::default());
        self.0.link.withdraw();
        self.0.qr.withdraw();
    }

    pub(super) fn open_another(&self) {
        let Some(token) = random::token() else { return };
        let presenter = self.0.host.presenter();
        let (opened, popup) = open(presenter, Some(&token));
        self.0.popup.replace(popup);
        let driver = self.clone();
        spawn_local(async move {
            let taken = driver.announce(token.clone()).await;
            if taken && opened == Opened::Here {
                driver.leave_with(&token);
            }
        });
        self.opened(opened);
    }

    /// Leaves for the provider in this tab, with the token that the checkout was made with.
    pub(super) fn go_there(&self) {
        if let Some(token) = self.0.launch_token.take() {
            self.leave_with(&token);
        }
    }

    fn leave_with(&self, token: &str) {
        redirect_state::remember(self.checkout_id().as_ref(), self.button_id());
        page::go_to(&launch_address(token));
    }

    pub(super) fn close(&self, popup: &RefCell<Option<Popup>>) {
        if let Some(popup) = popup.take() {
            popup.close();
        }
    }

    /// Looks at the window, and asks by the clock while the page is seen.
    pub(super) fn watch(&self) {
        if self.0.ticker.borrow().is_some() {
            return;
        }
        // The ticker is in the driver: holding the driver here would keep both for ever.
        let inner = Rc::downgrade(&self.0);
        let ticker = Ticker::every(LOOK_MS, move || {
            if let Some(inner) = inner.upgrade() {
                Self(SendWrapper::new(inner)).look();
            }
        });
        self.0.ticker.replace(Some(ticker));
    }

    fn look(&self) {
        if let Some(verdict) = self.look_at_window() {
            let driver = self.clone();
            spawn_local(async move {
                clock::sleep(LOOK_AGAIN).await;
                if driver.look_at_window().is_some() {
                    driver.tell(match verdict {
                        Verdict::Cut => Event::WindowCut,
                        Verdict::Gone => Event::WindowGone,
                    });
                }
            });
        }
        self.renew_links();
        if page::is_visible() && self.is_poll_due() {
            self.tell(Event::PollDue);
        }
    }

    fn is_poll_due(&self) -> bool {
        let often = self.0.host.poll_millis();
        let long = self.0.machine.with_untracked(|machine| machine.long);
        let pause = if long { often.max(SELDOM_MS) } else { often };
        let now = clock::now_millis();
        let asked = self.0.throttle.borrow().since(now);
        let since = asked.unwrap_or(now - self.0.started);
        since < 0 || since >= pause - EARLY_MS
    }

    fn look_at_window(&self) -> Option<Verdict> {
        let machine = &self.0.machine;
        let shown = machine.with_untracked(|machine| machine.window == WindowView::Shown);
        let popup = self.0.popup.borrow();
        let popup = popup.as_ref().filter(|_| shown)?;
        let seen = Observation {
            closed: popup.seems_closed(),
            away: popup.is_away(),
        };
        let mut monitor = self.0.monitor.get();
        let verdict = monitor.look(seen, clock::now_millis());
        self.0.monitor.set(monitor);
        verdict
    }
}
