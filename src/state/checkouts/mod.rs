//! The checkouts that are not over, in this tab and elsewhere.

mod hints;
mod host;
mod run;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use api_types::{Checkout, CheckoutFor, CheckoutId, CheckoutStatus, Code, SameTab};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{
    ApiState, Live, PortalState, SessionState, use_api, use_live, use_portal, use_session,
};
use crate::browser::messages::ChannelListening;
use crate::browser::{clock, focus};
use crate::checkout::machine::Event;
use crate::checkout::poll_throttle::{Next, PollThrottle};
use crate::checkout::presenter::Environment;
use crate::checkout::redirect_state::{self, RedirectState};
use crate::checkout::{CheckoutHost, Driver, Intent, Presenter};

pub use run::{BrowserDriver, Run};

/// How long to wait before looking again for a panel that the keyboard goes to, and how often to
/// look.
const PANEL_COMES: Duration = Duration::from_millis(250);
const PANEL_TRIES: u32 = 40;

/// Every checkout that this tab shows.
#[derive(Clone, Copy)]
pub struct Checkouts {
    runs: RwSignal<Vec<Run>>,
    known: RwSignal<bool>,
    next_number: StoredValue<u32>,
    /// What the customer has put away, and how it stood then.
    seen: StoredValue<Vec<(CheckoutId, CheckoutStatus)>>,
    /// Raised when another person or nobody is signed in, so that an answer that was asked for the
    /// last one is not shown to the next.
    person: StoredValue<u32>,
    throttle: StoredValue<PollThrottle>,
    channel: StoredValue<Rc<RefCell<Option<ChannelListening>>>, LocalStorage>,
    api: ApiState,
    live: Live,
    portal: PortalState,
    session: SessionState,
}

impl Checkouts {
    /// The runs, the newest first, to be read reactively.
    pub fn runs(self) -> Vec<Run> {
        self.runs.get()
    }

    /// Whether the server has been asked which are not over, and the question has ended.
    pub fn known(self) -> bool {
        self.known.get()
    }

    /// Where the payment provider's page opens.
    pub fn presenter(self) -> Presenter {
        // What the provider has chosen is not known before the first answer.
        let chosen = self.portal.of(|portal| Some(portal.checkout.same_tab));
        Presenter::of(&Environment::here(chosen.unwrap_or(SameTab::Needed)))
    }

    /// The run that is about this, if there is one.
    pub fn run_for(self, pays_for: &CheckoutFor) -> Option<Run> {
        self.runs
            .with(|runs| runs.iter().find(|run| run.is_for(pays_for)).cloned())
    }

    /// The run of this checkout, if this tab shows it.
    pub fn run_of(self, checkout: &CheckoutId) -> Option<Run> {
        self.runs
            .with(|runs| runs.iter().find(|run| run.is_of(checkout)).cloned())
    }

    /// Starts a checkout. To be called inside the click.
    pub fn start(self, intent: Intent) {
        // What has ended for the same thing makes way; what is running is shown as it is.
        if let Some(run) = untrack(|| self.run_for(&intent.pays_for)) {
            if !run.is_over() {
                run.driver.tell(Event::ShowPressed);
                return;
            }
            self.put_away(run.number);
        }
        if let Some(driver) = Driver::start(self.api.get(), intent, self.host()) {
            self.add(driver);
        }
    }

    /// Takes the panel of a run away. One whose money is on its way comes back
    /// only when there is news of it.
    pub fn put_away(self, number: u32) {
        let runs = self.runs.get_untracked();
        let waiting = runs
            .iter()
            .find(|run| run.number == number && !run.is_over());
        let seen = waiting.and_then(Run::stands);
        let left = redirect_state::recall().map(|left| left.checkout);
        if left.is_some() && left == seen.as_ref().map(|(checkout, _)| checkout.clone()) {
            redirect_state::forget();
        }
        self.seen.update_value(|all| all.extend(seen));
        self.runs
            .update(|runs| runs.retain(|run| run.number != number));
    }

    /// Asks the server which checkouts are not over; one question at a time.
    pub fn load(self) {
        self.proceed(self.asked(PollThrottle::request));
    }

    fn asked(self, step: impl FnOnce(&mut PollThrottle, i64) -> Next) -> Next {
        let mut next = Next::Nothing;
        self.throttle
            .update_value(|throttle| next = step(throttle, clock::now_millis()));
        next
    }

    /// Not generic: what it spawns calls it again, and each would be of another type.
    fn proceed(self, next: Next) {
        match next {
            Next::Nothing => {}
            Next::Wait(millis) => spawn_local(async move {
                clock::sleep(Duration::from_millis(millis.unsigned_abs())).await;
                self.proceed(self.asked(PollThrottle::end_pause));
            }),
            Next::Ask(turn) => spawn_local(async move {
                self.read().await;
                self.proceed(self.asked(|throttle, now| throttle.end_request(turn, now)));
            }),
        }
    }

    async fn read(self) {
        let person = self.person.get_value();
        let same_person = || self.person.get_value() == person;
        if let Some(left) = redirect_state::recall() {
            self.return_from_provider(left, &same_person).await;
        }
        let answer = self.api.get().in_background().checkouts().await;
        if !same_person() {
            return;
        }
        match answer {
            Ok(page) => page
                .data
                .into_iter()
                .for_each(|checkout| self.take_up(checkout)),
            Err(error) => self.session.notice(&error),
        }
        self.known.set(true);
    }

    /// This tab has been at the payment provider with a checkout: how it ended is shown, whether
    /// or not it is over.
    async fn return_from_provider(self, left: RedirectState, same_person: &impl Fn() -> bool) {
        if untrack(|| self.run_of(&left.checkout)).is_some() {
            return;
        }
        let answer = self.api.get().checkout(&left.checkout).await;
        if !same_person() || untrack(|| self.run_of(&left.checkout)).is_some() {
            return;
        }
        match answer {
            Ok(checkout) => self.show(checkout, left.button_id),
            // It is another person's, or has long been forgotten.
            Err(error) if error.code() == Some(Code::NotFound) => redirect_state::forget(),
            Err(error) => self.session.notice(&error),
        }
    }

    /// Shows a checkout whether or not it is over, and brings the keyboard to its panel.
    pub fn show(self, checkout: Checkout, button_id: String) {
        let driver = Driver::return_from_provider(self.api.get(), checkout, button_id, self.host());
        let number = self.add(driver);
        spawn_local(keyboard_to_panel(number));
    }

    fn take_up(self, checkout: Checkout) {
        let seen = (checkout.id.clone(), checkout.status);
        if self.seen.with_value(|all| all.contains(&seen)) {
            return;
        }
        let runs = self.runs.get_untracked();
        // A request whose answer was lost, or one that another checkout stood
        // in the way of, goes on as what the server has instead.
        let same = runs.iter().find(|run| run.is_of(&checkout.id));
        let stands_in = || runs.iter().find(|run| run.awaits(&checkout.pays_for));
        if let Some(run) = same.or_else(stands_in) {
            run.driver.tell(Event::Answered(Box::new(checkout)));
        } else if !runs.iter().any(Run::is_opening) {
            // Otherwise it is most likely the one whose answer is still on its way.
            self.add(Driver::resume(self.api.get(), checkout, self.host()));
        }
    }

    fn add(self, driver: BrowserDriver) -> u32 {
        let number = self.next_number.get_value();
        self.next_number.set_value(number + 1);
        self.runs
            .update(|runs| runs.insert(0, Run { number, driver }));
        number
    }

    fn host(self) -> Rc<dyn CheckoutHost> {
        Rc::new(self)
    }

    fn each(self, tell: impl Fn(&Run)) {
        self.runs.get_untracked().iter().for_each(tell);
    }

    /// Another person, or nobody: nothing of the last one's is shown or heard any more.
    fn change_person(self) {
        self.each(|run| run.driver.retire());
        self.runs.update(Vec::clear);
        self.known.set(false);
        self.seen.set_value(Vec::new());
        self.throttle.set_value(PollThrottle::default());
        self.person.update_value(|person| *person += 1);
    }
}

/// The keyboard goes to the panel of a payment that the customer comes back from, as soon as the
/// panel is there, unless it is in use by then: to what can be pressed of a payment that is made,
/// else to its heading.
async fn keyboard_to_panel(number: u32) {
    let heading = format!("#checkout-panel-{number}");
    let places = [format!("{heading} ~ * > [data-rest]"), heading];
    for _ in 0..PANEL_TRIES {
        clock::sleep(PANEL_COMES).await;
        focus::restore_first(&places);
        if !focus::is_nowhere() {
            return;
        }
    }
}

/// Keeps the checkouts, and hears every hint about them.
pub fn provide_checkouts() -> Checkouts {
    let checkouts = Checkouts {
        runs: RwSignal::new(Vec::new()),
        known: RwSignal::new(false),
        next_number: StoredValue::new(0),
        seen: StoredValue::new(Vec::new()),
        person: StoredValue::new(0),
        throttle: StoredValue::new(PollThrottle::default()),
        channel: StoredValue::new_local(Rc::default()),
        api: use_api(),
        live: use_live(),
        portal: use_portal(),
        session: use_session(),
    };
    provide_context(checkouts);
    let person = Memo::new(move |_| checkouts.session.session().map(|session| session.customer));
    Effect::new(move |_| {
        let signed_in = person.with(Option::is_some);
        checkouts.change_person();
        if signed_in {
            checkouts.load();
        }
    });
    hints::hear(checkouts, person);
    checkouts
}

/// The checkouts.
pub fn use_checkouts() -> Checkouts {
    expect_context()
}
