//! What a test can do to a stand-in besides calling it, and what it can look at.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Clock;

/// What happens to a call instead of an answer, or besides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The call is not carried out, and this status is answered with the provider's own error body.
    Status(u16),
    /// The call is carried out, and 502 is answered: the answer is lost.
    LostAnswer,
    /// The call is carried out, and its answer waits for so long.
    Slow(Duration),
    /// A page of HTML is answered with status 200, and the call is not carried out.
    Html,
    /// The call is carried out, and its answer breaks off in the middle.
    CutShort,
}

/// What becomes of notifications.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WebhookMode {
    /// Each is sent until it arrives.
    #[default]
    Send,
    /// Each is sent, and sent again when it has arrived.
    Twice,
    /// Each is sent, and the hosted page goes on only once all have arrived.
    First,
    /// They are kept, and sent when the mode is changed.
    Hold,
    /// None is sent.
    Drop,
}

/// A call as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The HTTP method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query, undecoded; empty if there is none.
    pub query: String,
    /// The headers by their names in lower case, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The status that was answered; 0 while it is not.
    pub status: u16,
}

impl Recorded {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Something that the provider has to tell, whether or not it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The provider's word for the kind of event.
    pub kind: String,
    /// When it happened, in milliseconds since 1970.
    pub at: i64,
}

struct PlannedFault {
    method: String,
    path: String,
    fault: Fault,
    times: usize,
}

#[derive(Default)]
struct State {
    faults: Vec<PlannedFault>,
    webhooks: WebhookMode,
    recorded: Vec<Recorded>,
    told: Vec<Told>,
}

/// What a test does to a stand-in. Clones are the same controls.
#[derive(Clone, Default)]
pub struct Controls {
    state: Arc<Mutex<State>>,
    clock: Arc<Clock>,
    changed: Arc<tokio::sync::Notify>,
}

impl Controls {
    /// The next `times` calls of a method whose path begins with `path` meet a fault.
    pub fn plan(&self, method: &str, path: &str, fault: Fault, times: usize) {
        self.lock().faults.push(PlannedFault {
            method: method.to_owned(),
            path: path.to_owned(),
            fault,
            times,
        });
    }

    /// No call meets a fault any more.
    pub fn clear(&self) {
        self.lock().faults.clear();
    }

    /// What becomes of notifications from now on.
    pub fn webhooks(&self, mode: WebhookMode) {
        self.lock().webhooks = mode;
        self.changed.notify_waiters();
    }

    /// Puts the stand-in's clock forward.
    pub fn put_forward(&self, by: Duration) {
        self.clock.put_forward(by);
    }

    /// All calls so far.
    pub fn recorded(&self) -> Vec<Recorded> {
        self.lock().recorded.clone()
    }

    /// What has happened so far, the earliest first.
    pub fn told(&self) -> Vec<Told> {
        self.lock().told.clone()
    }

    /// Records that something happens now.
    pub(crate) fn tell(&self, kind: &str) {
        let at = self.clock.unix_millis();
        self.lock().told.push(Told {
            kind: kind.to_owned(),
            at,
        });
    }

    pub(crate) fn webhook_mode(&self) -> WebhookMode {
        self.lock().webhooks
    }

    /// Ends when the mode of notifications has been changed after this call. It is no `async fn`:
    /// one would begin to listen only when it is awaited, and miss a change before that.
    pub(crate) fn mode_changed(&self) -> tokio::sync::futures::Notified<'_> {
        self.changed.notified()
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Takes the fault that a call meets.
    pub(crate) fn fault_of(&self, method: &str, path: &str) -> Option<Fault> {
        let mut state = self.lock();
        let met = |planned: &PlannedFault| {
            planned.method == method && path.starts_with(&planned.path) && planned.times > 0
        };
        let planned = state.faults.iter_mut().find(|planned| met(planned))?;
        planned.times -= 1;
        Some(planned.fault.clone())
    }

    /// Records a call, and returns its place.
    pub(crate) fn record(&self, call: Recorded) -> usize {
        let mut state = self.lock();
        state.recorded.push(call);
        state.recorded.len() - 1
    }

    /// Records what a call was answered with.
    pub(crate) fn record_status(&self, place: usize, status: u16) {
        if let Some(call) = self.lock().recorded.get_mut(place) {
            call.status = status;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
