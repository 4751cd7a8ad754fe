//! Performs what the machine decides, and feeds it what is heard.
//!
//! The window is opened by [`Driver::start`] itself, inside the click and
//! before anything is awaited: WebKit blocks it silently any later.

mod asks;
mod host;
mod links;
mod windows;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use api_client::{ApiError, Client, Transport};
use api_types::{Checkout, CheckoutId, CreateCheckout, LaunchToken};
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::machine::{Effect, Event, Machine, Phase};
use super::poll_throttle::PollThrottle;
use super::popup_monitor::PopupMonitor;
use super::{last_method, message, redirect_state};
use crate::browser::clock::{self, Ticker};
use crate::browser::messages::ReceivedMessage;
use crate::browser::popup::Popup;
use crate::browser::{focus, random};

pub use host::{CheckoutHost, Intent, MethodChange};
use links::Offered;

/// A request that may be sent again as it was.
struct Sent {
    key: String,
    body: CreateCheckout,
}

/// A change of the way to pay that is under way, or whose answer was lost.
struct ChangeSent {
    key: String,
    request: MethodChange,
    token: Option<String>,
    opened: super::machine::Opened,
}

struct Inner<T> {
    api: Client<T>,
    host: Rc<dyn CheckoutHost>,
    machine: ArcRwSignal<Machine>,
    sent: Option<Sent>,
    button_id: String,
    /// The token that this tab leaves for the provider with.
    launch_token: RefCell<Option<String>>,
    /// A token that a window was opened with before there was a checkout to announce it for.
    late_token: RefCell<Option<String>>,
    popup: RefCell<Option<Popup>>,
    new_popup: RefCell<Option<Popup>>,
    change: RefCell<Option<ChangeSent>>,
    link: Offered,
    qr: Offered,
    monitor: Cell<PopupMonitor>,
    throttle: RefCell<PollThrottle>,
    /// When this tab heard of it first, by the device's clock, in milliseconds since
    /// 1970-01-01T00:00:00Z.
    started: i64,
    ticker: RefCell<Option<Ticker>>,
    /// Nothing that is heard from here on counts: another person has signed in.
    retired: Cell<bool>,
}

/// One checkout in this tab. A clone is the same checkout.
///
/// Leptos needs values that are `Send`. The browser has one thread, and the wrapper panics if
/// another one uses it.
pub struct Driver<T>(SendWrapper<Rc<Inner<T>>>);

impl<T> Clone for Driver<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Transport + Clone + 'static> Driver<T> {
    /// Starts a checkout. To be called inside the click. `None` only where the
    /// browser has no source of random numbers.
    pub fn start(api: Client<T>, intent: Intent, host: Rc<dyn CheckoutHost>) -> Option<Self> {
        let (token, key) = (random::token()?, random::token()?);
        let token = intent.window.then_some(token);
        let (opened, popup) = windows::open(host.presenter(), token.as_deref());
        let body = CreateCheckout {
            pays_for: intent.pays_for,
            method: intent.method,
            option: intent.option,
            displayed_total: intent.displayed_total,
            launch_token: token.clone().map(LaunchToken),
        };
        let (machine, effects) = Machine::pressed();
        let sent = Some(Sent { key, body });
        let driver = Self::new(api, machine, sent, intent.button_id, host);
        driver.0.popup.replace(popup);
        driver.0.launch_token.replace(token);
        driver.perform(effects);
        driver.opened(opened);
        Some(driver)
    }

    /// Takes up a checkout that was started elsewhere, or before a reload.
    pub fn resume(api: Client<T>, checkout: Checkout, host: Rc<dyn CheckoutHost>) -> Self {
        Self::new(api, Machine::resume(checkout), None, String::new(), host)
    }

    /// Takes up a checkout that this tab has been at the provider with.
    pub fn return_from_provider(
        api: Client<T>,
        checkout: Checkout,
        button_id: String,
        host: Rc<dyn CheckoutHost>,
    ) -> Self {
        let machine = Machine::return_from_provider(checkout);
        if machine.phase.is_over() {
            redirect_state::forget();
        }
        last_method::remember(&Phase::Opening, &machine);
        Self::new(api, machine, None, button_id, host)
    }

    fn new(
        api: Client<T>,
        machine: Machine,
        sent: Option<Sent>,
        button_id: String,
        host: Rc<dyn CheckoutHost>,
    ) -> Self {
        let over = machine.phase.is_over();
        let driver = Self(SendWrapper::new(Rc::new(Inner {
            api,
            host,
            machine: ArcRwSignal::new(machine),
            sent,
            button_id,
            launch_token: RefCell::new(None),
            late_token: RefCell::new(None),
            popup: RefCell::new(None),
            new_popup: RefCell::new(None),
            change: RefCell::new(None),
            link: Offered::default(),
            qr: Offered::default(),
            monitor: Cell::new(PopupMonitor::default()),
            throttle: RefCell::new(PollThrottle::default()),
            started: clock::now_millis(),
            ticker: RefCell::new(None),
            retired: Cell::new(false),
        })));
        if !over {
            driver.watch();
        }
        driver
    }

    /// The checkout as it stands, to be read reactively.
    pub fn machine(&self) -> ArcReadSignal<Machine> {
        self.0.machine.read_only()
    }

    /// The address of a link to the payment page, once one is offered.
    pub fn link(&self) -> ArcReadSignal<Option<String>> {
        self.0.link.address.read_only()
    }

    /// The absolute address of the payment page for another device, once [`Driver::qr`] has
    /// been asked for one.
    pub fn qr_link(&self) -> ArcReadSignal<Option<String>> {
        self.0.qr.address.read_only()
    }

    /// What the customer asked for, if it was asked for in this tab.
    pub fn asked(&self) -> Option<&CreateCheckout> {
        self.0.sent.as_ref().map(|sent| &sent.body)
    }

    /// The id of the button that was pressed; empty if it was not pressed in this tab.
    pub fn button_id(&self) -> &str {
        &self.0.button_id
    }

    /// Tells the machine what happened, and does what it says.
    pub fn tell(&self, event: Event) {
        if self.0.retired.get() {
            return;
        }
        let (machine, effects) = self.0.machine.get_untracked().step(event);
        let over = machine.phase.is_over();
        // Not at every answer: a transfer is on its way for days, and others are paid meanwhile.
        self.0.machine.with_untracked(|before| {
            if before.phase != machine.phase {
                last_method::remember(&before.phase, &machine);
            }
        });
        if self.0.machine.with_untracked(|before| *before != machine) {
            self.0.machine.set(machine);
        }
        if over {
            self.0.ticker.replace(None);
            self.0.qr.withdraw();
        } else {
            self.watch();
        }
        self.perform(effects);
    }

    /// Another window of this origin said something: a hint, if it is about this checkout.
    pub fn hear(&self, heard: &ReceivedMessage) {
        let from_elsewhere = match (&heard.source, &*self.0.popup.borrow()) {
            // After a reload the handle is gone, and the nonce has to do.
            (Some(source), Some(popup)) => !popup.is_source_of(source),
            _ => false,
        };
        let about = self.0.machine.with_untracked(|machine| {
            let known = machine.checkout.as_ref();
            known.is_some_and(|known| message::is_about(&heard.text, known))
        });
        if about && !from_elsewhere {
            self.tell(Event::Hinted);
        }
    }

    /// From here on nothing is told, shown or done any more: another person has signed in.
    pub fn retire(&self) {
        self.0.retired.set(true);
        // The window stays: a session may end while somebody pays.
        self.0.ticker.replace(None);
    }

    fn perform(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Create => self.create(),
                Effect::Ask => self.ask(),
                Effect::LookAfter(look) => self.look_after(look),
                Effect::Cancel => self.cancel(),
                Effect::Change => self.send_change(),
                Effect::ShowWindow => {
                    if let Some(popup) = &*self.0.popup.borrow() {
                        popup.show();
                    }
                }
                Effect::OpenAnother => self.open_another(),
                Effect::CloseWindow => self.close(&self.0.popup),
                Effect::TakeNewWindow => self.take_new_window(),
                Effect::CloseNewWindow => self.close(&self.0.new_popup),
                Effect::GoThere => self.go_there(),
                Effect::PrepareLink => self.prepare_link(),
                Effect::RefreshAccount => self.0.host.moved(),
                Effect::TellTabs => {
                    if let Some(checkout) = self.checkout() {
                        self.0.host.notify_tabs(&checkout);
                    }
                }
                Effect::RestoreFocus => focus::restore(&self.0.button_id),
                Effect::Forget => redirect_state::forget(),
            }
        }
    }

    /// A question went unanswered, or a request was refused: others may want to know.
    fn report_error(&self, error: &ApiError) {
        if !self.0.retired.get() {
            self.0.host.failed(error);
        }
    }

    fn checkout(&self) -> Option<Checkout> {
        self.0
            .machine
            .with_untracked(|machine| machine.checkout.clone())
    }

    fn checkout_id(&self) -> Option<CheckoutId> {
        self.0
            .machine
            .with_untracked(|machine| machine.checkout.as_ref().map(|c| c.id.clone()))
    }
}
