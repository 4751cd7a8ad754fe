//! The checkouts that are not over, in this tab and elsewhere.

use std::rc::Rc;

use api_types::{Checkout, CheckoutFor, CheckoutId, CheckoutStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::BrowserTransport;
use super::{ApiState, Live, SessionState, use_api, use_live, use_session};
use crate::browser::messages;
use crate::browser::wakeups::Wakeups;
use crate::checkout::{Driver, Intent, Phase, Refusal, machine::Event};

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

/// Every checkout that this tab shows.
#[derive(Clone, Copy)]
pub struct Checkouts {
    runs: RwSignal<Vec<Run>>,
    known: RwSignal<bool>,
    next_number: StoredValue<u32>,
    /// What the customer has put away, and how it stood then.
    seen: StoredValue<Vec<(CheckoutId, CheckoutStatus)>>,
    api: ApiState,
    live: Live,
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

    /// The run that is about this, if there is one.
    pub fn run_for(self, pays_for: &CheckoutFor) -> Option<Run> {
        self.runs
            .with(|runs| runs.iter().find(|run| is_for(run, pays_for)).cloned())
    }

    /// The run of this checkout, if this tab shows it.
    pub fn run_of(self, checkout: &CheckoutId) -> Option<Run> {
        let is_it = |run: &&Run| {
            run.driver.machine().with(|machine| {
                let known = machine.checkout.as_ref();
                known.is_some_and(|known| known.id == *checkout)
            })
        };
        self.runs.with(|runs| runs.iter().find(is_it).cloned())
    }

    /// Starts a checkout. To be called inside the click.
    pub fn press(self, intent: Intent) {
        // What has ended for the same thing makes way; what is running is shown as it is.
        let same = self.runs.with_untracked(|runs| {
            runs.iter()
                .find(|run| is_for(run, &intent.pays_for))
                .cloned()
        });
        if let Some(run) = same {
            if !is_over(&run) {
                run.driver.tell(Event::ShowPressed);
                return;
            }
            self.put_away(run.number);
        }
        if let Some(driver) = Driver::press(self.api.get(), intent, self.refresher()) {
            self.add(driver);
        }
    }

    /// Takes the panel of a run away. One whose money is on its way comes back
    /// only when there is news of it.
    pub fn put_away(self, number: u32) {
        let runs = self.runs.get_untracked();
        let waiting = runs
            .iter()
            .find(|run| run.number == number && !is_over(run));
        let seen = waiting.and_then(|run| {
            run.driver.machine().with_untracked(|machine| {
                machine
                    .checkout
                    .as_ref()
                    .map(|checkout| (checkout.id.clone(), checkout.status))
            })
        });
        self.seen.update_value(|all| all.extend(seen));
        self.runs
            .update(|runs| runs.retain(|run| run.number != number));
    }

    /// Asks the server which checkouts are not over.
    pub fn load(self) {
        let api = self.api.get();
        spawn_local(async move {
            match api.in_background().checkouts().await {
                Ok(page) => page
                    .data
                    .into_iter()
                    .for_each(|checkout| self.take_up(checkout)),
                Err(error) => self.session.notice(&error),
            }
            self.known.set(true);
        });
    }

    fn take_up(self, checkout: Checkout) {
        let seen = (checkout.id.clone(), checkout.status);
        if self.seen.with_value(|all| all.contains(&seen)) {
            return;
        }
        let runs = self.runs.get_untracked();
        if let Some(run) = runs
            .iter()
            .find(|run| id_of(run).as_ref() == Some(&checkout.id))
        {
            run.driver.tell(Event::Answered(Box::new(checkout)));
            return;
        }
        // A request whose answer was lost, or one that another checkout stood
        // in the way of, is shown as what the server has instead.
        let stands_in = |run: &&Run| {
            let machine = run.driver.machine().get_untracked();
            let lost = matches!(
                machine.phase,
                Phase::Refused(Refusal::Away | Refusal::AlreadyOpen)
            );
            lost && asks_for(run, &checkout.pays_for)
        };
        if let Some(number) = runs.iter().find(stands_in).map(|run| run.number) {
            self.put_away(number);
        } else if runs.iter().any(is_opening) {
            // It is most likely the one whose answer is still on its way.
            return;
        }
        self.add(Driver::found(self.api.get(), checkout, self.refresher()));
    }

    fn add(self, driver: BrowserDriver) {
        let number = self.next_number.get_value();
        self.next_number.set_value(number + 1);
        self.runs
            .update(|runs| runs.insert(0, Run { number, driver }));
    }

    fn refresher(self) -> Rc<dyn Fn()> {
        Rc::new(move || {
            self.live.refresh();
            self.load();
        })
    }

    fn each(self, tell: impl Fn(&Run)) {
        self.runs.get_untracked().iter().for_each(tell);
    }
}

fn id_of(run: &Run) -> Option<CheckoutId> {
    run.driver
        .machine()
        .with_untracked(|machine| machine.checkout.as_ref().map(|c| c.id.clone()))
}

fn is_opening(run: &Run) -> bool {
    run.driver
        .machine()
        .with_untracked(|machine| machine.phase == Phase::Opening)
}

fn is_over(run: &Run) -> bool {
    run.driver
        .machine()
        .with_untracked(|machine| machine.phase.is_over())
}

fn asks_for(run: &Run, pays_for: &CheckoutFor) -> bool {
    run.driver
        .asked()
        .is_some_and(|asked| asked.pays_for == *pays_for)
}

fn is_for(run: &Run, pays_for: &CheckoutFor) -> bool {
    let known = run.driver.machine().with(|machine| {
        machine
            .checkout
            .as_ref()
            .map(|checkout| checkout.pays_for == *pays_for)
    });
    known.unwrap_or_else(|| asks_for(run, pays_for))
}

/// Keeps the checkouts, and hears every hint about them.
pub fn provide_checkouts() -> Checkouts {
    let checkouts = Checkouts {
        runs: RwSignal::new(Vec::new()),
        known: RwSignal::new(false),
        next_number: StoredValue::new(0),
        seen: StoredValue::new(Vec::new()),
        api: use_api(),
        live: use_live(),
        session: use_session(),
    };
    provide_context(checkouts);
    let person = Memo::new(move |_| checkouts.session.session().map(|session| session.customer));
    Effect::new(move |_| {
        checkouts.runs.update(Vec::clear);
        checkouts.known.set(false);
        if person.with(Option::is_some) {
            checkouts.load();
        }
    });
    let signed_in = move || person.with_untracked(Option::is_some);
    checkouts.live.on_change(move |change| {
        let Some(id) = &change.checkout else { return };
        let runs = checkouts.runs.get_untracked();
        match runs.iter().find(|run| id_of(run).as_ref() == Some(id)) {
            Some(run) => run.driver.tell(Event::Hinted),
            None => checkouts.load(),
        }
    });
    let hear = move |heard: messages::Heard| checkouts.each(|run| run.driver.hear(&heard));
    let windows = messages::from_windows(hear);
    let channel = messages::from_channel(api_types::ReturnMessage::NAMESPACE, hear);
    let wakeups = Wakeups::hear(move || {
        if signed_in() {
            checkouts.each(|run| run.driver.tell(Event::Hinted));
            checkouts.load();
        }
    });
    // They live as long as the app does.
    StoredValue::new_local((windows, channel, wakeups));
    checkouts
}

/// The checkouts.
pub fn use_checkouts() -> Checkouts {
    expect_context()
}
