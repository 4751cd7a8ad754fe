//! Whether what is on screen is still so: server push, and what the last
//! answers said of the connection. It never carries an amount.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use api_client::ApiError;
use api_types::{Change, Changed, Code};
use futures_util::StreamExt;
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ApiState, SessionState, use_api, use_portal, use_session};
use crate::browser::wakeups::{Wakeups, on_leaving};
use crate::browser::{clock, page};

/// How the server is reached at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It tells changes by itself.
    Live,
    /// It answers when asked.
    Asking,
    /// It does not answer.
    Away,
}

/// How long to wait before the next try of a connection that broke.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How often to look for changes where the server does not push, in milliseconds.
const LOOK_MS: u32 = 60_000;

type ChangeListener = Rc<dyn Fn(&Change)>;

/// The connection's state, and the revalidation at which pages read again.
#[derive(Clone, Copy)]
pub struct Live {
    revalidation: RwSignal<u64>,
    reach: RwSignal<Reach>,
    version: StoredValue<u64>,
    listeners: StoredValue<Vec<ChangeListener>, LocalStorage>,
    connection: StoredValue<Rc<RefCell<Option<AbortHandle>>>, LocalStorage>,
    api: ApiState,
    session: SessionState,
}

impl Live {
    /// How the server is reached.
    pub fn reach(self) -> Reach {
        self.reach.get()
    }

    /// Makes the caller run again whenever the account may have moved.
    pub fn track(self) {
        self.revalidation.track();
    }

    /// Everything on screen asks the server anew.
    pub fn refresh(self) {
        self.revalidation.update(|revalidation| *revalidation += 1);
    }

    /// Calls `hear` for every change that the server tells.
    pub fn on_change(self, hear: impl Fn(&Change) + 'static) {
        self.listeners
            .update_value(|listeners| listeners.push(Rc::new(hear)));
    }

    /// An answer came, of this version.
    pub(super) fn record_version(self, version: u64) {
        // Asked before a change and answered after its news: what is on screen is behind.
        if version < self.version.get_value() {
            self.refresh();
        }
        self.version
            .update_value(|known| *known = (*known).max(version));
        if self.reach.get_untracked() == Reach::Away {
            self.reach.set(Reach::Asking);
        }
    }

    /// An answer did not come.
    pub(super) fn failed(self, error: &ApiError) {
        if matches!(error, ApiError::Away(_)) {
            self.reach.set(Reach::Away);
        }
    }

    fn handle_change(self, change: &Change) {
        if change.changed == Changed::Session {
            self.session.load();
            return;
        }
        // The first news of a connection only says where things stand: whatever
        // is being read at the moment is read since.
        let known = self.version.get_value();
        let news = known > 0 && change.version > known;
        self.version
            .update_value(|known| *known = (*known).max(change.version));
        for listener in self.listeners.get_value() {
            listener(change);
        }
        if news {
            self.refresh();
        }
    }

    fn connect(self, push: bool) {
        let slot = self.connection.get_value();
        if !push || slot.borrow().is_some() || !page::is_visible() {
            return;
        }
        let (handle, registration) = AbortHandle::new_pair();
        slot.replace(Some(handle));
        spawn_local(async move {
            // Ended by `disconnect`: that is no fault of anyone.
            let _ = Abortable::new(self.listen(), registration).await;
        });
    }

    fn disconnect(self) {
        if let Some(connection) = self.connection.get_value().borrow_mut().take() {
            connection.abort();
            if self.reach.get_untracked() == Reach::Live {
                self.reach.set(Reach::Asking);
            }
        }
    }

    async fn listen(self) {
        let mut pause = FIRST_PAUSE;
        loop {
            let known = Some(self.version.get_value()).filter(|version| *version > 0);
            match self.api.get().changes(known).await {
                Ok(mut changes) => {
                    pause = FIRST_PAUSE;
                    // What failed while the server was away is read again.
                    if self.reach.get_untracked() == Reach::Away {
                        self.refresh();
                    }
                    self.reach.set(Reach::Live);
                    while let Some(change) = changes.next().await {
                        self.handle_change(&change);
                    }
                    self.reach.set(Reach::Asking);
                }
                Err(error) => {
                    self.session.notice(&error);
                    self.failed(&error);
                    if error.code() == Some(Code::FeatureOff) {
                        return;
                    }
                }
            }
            clock::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

/// Listens while somebody is signed in and the page is seen.
pub fn provide_live() -> Live {
    let live = Live {
        revalidation: RwSignal::new(0),
        reach: RwSignal::new(Reach::Asking),
        version: StoredValue::new(0),
        listeners: StoredValue::new_local(Vec::new()),
        connection: StoredValue::new_local(Rc::default()),
        api: use_api(),
        session: use_session(),
    };
    provide_context(live);
    let portal = use_portal();
    let push = move || portal.of(|portal| portal.features.push);
    let person = Memo::new(move |_| live.session.session().map(|session| session.customer));
    Effect::new(move |_| {
        // Another person: nothing heard about the last one counts.
        live.disconnect();
        live.version.set_value(0);
        if person.with(Option::is_some) {
            live.connect(push());
        }
    });
    let signed_in = move || person.with_untracked(Option::is_some);
    let wakeups = Wakeups::hear(move || {
        if signed_in() && page::is_visible() {
            live.connect(untrack(push));
            live.refresh();
        }
    });
    let leaving = on_leaving(move || live.disconnect());
    let ticker = clock::Ticker::every(LOOK_MS, move || {
        let pushed = live.reach.get_untracked() == Reach::Live;
        if signed_in() && page::is_visible() && !pushed {
            live.refresh();
        }
    });
    // They live as long as the app does.
    StoredValue::new_local((wakeups, leaving, ticker));
    live
}

/// The connection's state.
pub fn use_live() -> Live {
    expect_context()
}
