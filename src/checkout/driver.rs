//! Performs what the machine decides, and feeds it what is heard.
//!
//! The window is opened by [`Driver::press`] itself, inside the click and
//! before anything is awaited: WebKit blocks it silently any later.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use api_client::{ApiError, Client, Transport};
use api_types::{
    Checkout, CheckoutFor, CreateCheckout, CreateLaunch, LaunchToken, MethodId, Money, OptionId,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;

use super::machine::{Effect, Event, Machine, WindowView};
use super::message;
use crate::browser::clock::{self, Ticker};
use crate::browser::messages::Heard;
use crate::browser::popup::Popup;
use crate::browser::{focus, page, random};

/// What the customer asked for by pressing a pay button.
#[derive(Clone, Debug)]
pub struct Intent {
    /// What to pay for.
    pub pays_for: CheckoutFor,
    /// How.
    pub method: MethodId,
    /// Which of the method's options, where it has some.
    pub option: Option<OptionId>,
    /// The total that stands on the button.
    pub displayed_total: Money,
    /// Whether the method has a page of its own, which a window is opened for.
    pub window: bool,
    /// The id of the button, where the keyboard returns to.
    pub button_id: String,
}

/// How often the window's handle is looked at.
const LOOK_MS: u32 = 500;
/// How many looks there are to a question by the clock: 3 s.
const LOOKS_TO_ASK: u32 = 6;
/// After this many looks without an end (5 min) the clock asks every 15 s only.
const LOOKS_TO_SLOW: u32 = 600;
/// A handle that reads closed is looked at again before anybody is told.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

/// A request that may be sent again as it was.
struct Sent {
    key: String,
    body: CreateCheckout,
}

struct Inner<T> {
    api: Client<T>,
    machine: ArcRwSignal<Machine>,
    link: ArcRwSignal<Option<String>>,
    popup: RefCell<Option<Popup>>,
    sent: Option<Sent>,
    button_id: String,
    asking: Cell<bool>,
    ask_again: Cell<bool>,
    looks: Cell<u32>,
    ticker: RefCell<Option<Ticker>>,
    account_moved: Rc<dyn Fn()>,
}

/// One checkout in this tab. A clone is the same checkout.
///
/// Leptos wants what it keeps to be `Send`; the browser has one thread, and the
/// wrapper would say so if that were ever not so.
pub struct Driver<T>(SendWrapper<Rc<Inner<T>>>);

impl<T> Clone for Driver<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Transport + Clone + 'static> Driver<T> {
    /// Starts a checkout. To be called inside the click. `None` only where the
    /// browser has no source of random numbers.
    pub fn press(api: Client<T>, intent: Intent, account_moved: Rc<dyn Fn()>) -> Option<Self> {
        let (token, key) = (random::token()?, random::token()?);
        let token = intent.window.then_some(token);
        let popup = token.as_deref().map(launch_address);
        let popup = popup.and_then(|address| Popup::open(&address));
        let body = CreateCheckout {
            pays_for: intent.pays_for,
            method: intent.method,
            option: intent.option,
            displayed_total: intent.displayed_total,
            launch_token: token.map(LaunchToken),
        };
        let (machine, effects) = Machine::pressed();
        let sent = Some(Sent { key, body });
        let driver = Self::new(api, machine, sent, intent.button_id, account_moved);
        let opened = popup.is_some();
        driver.0.popup.replace(popup);
        driver.perform(effects);
        if intent.window {
            driver.tell(Event::WindowOpened(opened));
        }
        Some(driver)
    }

    /// Takes up a checkout that was started elsewhere, or before a reload.
    pub fn found(api: Client<T>, checkout: Checkout, account_moved: Rc<dyn Fn()>) -> Self {
        Self::new(
            api,
            Machine::found(checkout),
            None,
            String::new(),
            account_moved,
        )
    }

    fn new(
        api: Client<T>,
        machine: Machine,
        sent: Option<Sent>,
        button_id: String,
        account_moved: Rc<dyn Fn()>,
    ) -> Self {
        let driver = Self(SendWrapper::new(Rc::new(Inner {
            api,
            machine: ArcRwSignal::new(machine),
            link: ArcRwSignal::new(None),
            popup: RefCell::new(None),
            sent,
            button_id,
            asking: Cell::new(false),
            ask_again: Cell::new(false),
            looks: Cell::new(0),
            ticker: RefCell::new(None),
            account_moved,
        })));
        driver.watch();
        driver
    }

    /// The checkout as it stands, to be read reactively.
    pub fn machine(&self) -> ArcReadSignal<Machine> {
        self.0.machine.read_only()
    }

    /// The address of a link to the payment page, once one is offered.
    pub fn link(&self) -> ArcReadSignal<Option<String>> {
        self.0.link.read_only()
    }

    /// What the customer asked for, if it was asked for in this tab.
    pub fn asked(&self) -> Option<&CreateCheckout> {
        self.0.sent.as_ref().map(|sent| &sent.body)
    }

    /// The id of the button that was pressed; empty if it was in no tab of this one's life.
    pub fn button_id(&self) -> &str {
        &self.0.button_id
    }

    /// Sends the request again whose answer was lost, with the key and the
    /// token it had: it starts no second checkout. To be called inside the click.
    pub fn retry(&self) {
        let Some(sent) = &self.0.sent else { return };
        let token = sent.body.launch_token.as_ref();
        let popup = token.and_then(|token| Popup::open(&launch_address(&token.0)));
        let opened = popup.is_some();
        self.0.popup.replace(popup);
        self.tell(Event::RetryPressed);
        if token.is_some() {
            self.tell(Event::WindowOpened(opened));
        }
    }

    /// Tells the machine what happened, and does what it says.
    pub fn tell(&self, event: Event) {
        let (machine, effects) = self.0.machine.get_untracked().step(event);
        let over = machine.phase.is_over();
        if self.0.machine.with_untracked(|before| *before != machine) {
            self.0.machine.set(machine);
        }
        if over {
            self.0.ticker.replace(None);
        } else {
            self.watch();
        }
        self.perform(effects);
    }

    /// Another window of this origin said something: a hint, if it is about this checkout.
    pub fn hear(&self, heard: &Heard) {
        let from_elsewhere = match (&heard.source, &*self.0.popup.borrow()) {
            // After a reload the handle is gone, and the nonce has to do.
            (Some(source), Some(popup)) => !popup.sent(source),
            _ => false,
        };
        let machine = self.0.machine.get_untracked();
        let about = machine
            .checkout
            .is_some_and(|known| message::is_about(&heard.text, &known));
        if about && !from_elsewhere {
            self.tell(Event::Hinted);
        }
    }

    /// The customer has followed the link: its token is spent, so the next
    /// press needs another one.
    pub fn link_followed(&self) {
        let driver = self.clone();
        spawn_local(async move {
            // The browser reads the address of the link after this handler.
            clock::sleep(Duration::ZERO).await;
            driver.prepare_link();
        });
    }

    fn perform(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Create => self.create(),
                Effect::Ask => self.ask(),
                Effect::Cancel => self.cancel(),
                Effect::ShowWindow => {
                    if let Some(popup) = &*self.0.popup.borrow() {
                        popup.show();
                    }
                }
                Effect::OpenAnother => self.open_another(),
                Effect::CloseWindow => {
                    if let Some(popup) = self.0.popup.take() {
                        popup.close();
                    }
                }
                Effect::PrepareLink => self.prepare_link(),
                Effect::RefreshAccount => (self.0.account_moved)(),
                Effect::RestoreFocus => focus::restore(&self.0.button_id),
            }
        }
    }

    fn create(&self) {
        let driver = self.clone();
        spawn_local(async move {
            let Some(sent) = &driver.0.sent else { return };
            let event = match driver.0.api.create_checkout(&sent.key, &sent.body).await {
                Ok(checkout) => Event::Answered(Box::new(checkout)),
                Err(error) => Event::Refused(error),
            };
            driver.tell(event);
        });
    }

    /// Asks once at a time; what is hinted meanwhile is asked right after.
    fn ask(&self) {
        if self.0.asking.replace(true) {
            self.0.ask_again.set(true);
            return;
        }
        let driver = self.clone();
        spawn_local(async move {
            loop {
                driver.0.ask_again.set(false);
                if let Some(id) = driver.checkout_id() {
                    let answer = driver.0.api.in_background().checkout(&id).await;
                    driver.tell_answer(answer);
                }
                if !driver.0.ask_again.get() {
                    break;
                }
            }
            driver.0.asking.set(false);
        });
    }

    fn cancel(&self) {
        let driver = self.clone();
        spawn_local(async move {
            let Some(id) = driver.checkout_id() else {
                return;
            };
            let answer = driver.0.api.cancel_checkout(&id).await;
            let refused = answer.is_err();
            driver.tell_answer(answer);
            if refused {
                // It may be paid by now: the server knows.
                driver.tell(Event::Hinted);
            }
        });
    }

    fn open_another(&self) {
        let Some(token) = random::token() else { return };
        let popup = Popup::open(&launch_address(&token));
        let opened = popup.is_some();
        self.0.popup.replace(popup);
        let driver = self.clone();
        spawn_local(async move {
            driver.announce(token).await;
        });
        self.tell(Event::WindowOpened(opened));
    }

    fn prepare_link(&self) {
        let Some(token) = random::token() else { return };
        let driver = self.clone();
        spawn_local(async move {
            let address = launch_address(&token);
            if driver.announce(token).await {
                driver.0.link.set(Some(address));
            }
        });
    }

    /// Tells the server of another token; whether it took it.
    async fn announce(&self, token: String) -> bool {
        let Some(id) = self.checkout_id() else {
            return false;
        };
        let request = CreateLaunch {
            launch_token: LaunchToken(token),
        };
        let answer = self.0.api.create_launch(&id, &request).await;
        let taken = answer.is_ok();
        self.tell_answer(answer);
        taken
    }

    fn tell_answer(&self, answer: Result<Checkout, ApiError>) {
        self.tell(match answer {
            Ok(checkout) => Event::Answered(Box::new(checkout)),
            Err(error) => Event::Unanswered(error),
        });
    }

    fn checkout_id(&self) -> Option<api_types::CheckoutId> {
        self.0
            .machine
            .with_untracked(|machine| machine.checkout.as_ref().map(|c| c.id.clone()))
    }

    /// Looks at the window, and asks by the clock while the page is seen.
    fn watch(&self) {
        if self.0.ticker.borrow().is_some() {
            return;
        }
        self.0.looks.set(0);
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
        let looks = self.0.looks.get().saturating_add(1);
        self.0.looks.set(looks);
        if self.window_seems_closed() {
            let driver = self.clone();
            spawn_local(async move {
                clock::sleep(LOOK_AGAIN).await;
                if driver.window_seems_closed() {
                    driver.tell(Event::WindowGone);
                }
            });
        }
        let slow = if looks > LOOKS_TO_SLOW { 5 } else { 1 };
        if looks.is_multiple_of(LOOKS_TO_ASK * slow) && page::is_visible() {
            self.tell(Event::PollDue);
        }
    }

    fn window_seems_closed(&self) -> bool {
        let shown = self
            .0
            .machine
            .with_untracked(|machine| machine.window == WindowView::Shown);
        shown
            && self
                .0
                .popup
                .borrow()
                .as_ref()
                .is_some_and(Popup::seems_closed)
    }
}

fn launch_address(token: &str) -> String {
    format!("{}#{token}", page::address("pay/launch"))
}
