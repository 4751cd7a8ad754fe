//! The customers who have open streams, and the versions that were sent to them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api_types::CustomerId;

/// The customers whose streams are open. Copies are the same ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subscribers(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Whether a change detector runs.
    is_detecting: bool,
    /// Whether a stream has opened since the last look.
    has_new: bool,
    by_customer: BTreeMap<CustomerId, Subscriber>,
}

#[derive(Debug, Default)]
struct Subscriber {
    streams: usize,
    /// The version that was sent to all of them; `None` until the first stream has read it.
    version: Option<u64>,
}

impl Subscribers {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a stream of a customer. Returns also whether no change detector runs, which the caller
    /// has to start then.
    pub(crate) fn add(&self, customer: &CustomerId) -> (Subscription, bool) {
        let mut state = self.lock();
        let subscriber = state.by_customer.entry(customer.clone()).or_default();
        subscriber.streams += 1;
        state.has_new = true;
        let begins = !std::mem::replace(&mut state.is_detecting, true);
        drop(state);
        let subscription = Subscription {
            subscribers: self.clone(),
            customer: customer.clone(),
        };
        (subscription, begins)
    }

    /// Records that a version is sent to every stream of a customer.
    pub(crate) fn record_version(&self, customer: &CustomerId, version: u64) {
        if let Some(subscriber) = self.lock().by_customer.get_mut(customer) {
            let known = subscriber.version;
            subscriber.version = Some(known.map_or(version, |known| known.max(version)));
        }
    }

    /// The customers who have open streams, and whether a stream has opened since the last check;
    /// `None` if no stream is open, and then the change detector ends.
    pub(crate) fn next_look(&self) -> Option<(Vec<CustomerId>, bool)> {
        let mut state = self.lock();
        if state.by_customer.is_empty() {
            state.is_detecting = false;
            return None;
        }
        let has_new = std::mem::take(&mut state.has_new);
        Some((state.by_customer.keys().cloned().collect(), has_new))
    }

    /// Whether a version is new to a customer's streams. A stream that has not begun yet is checked
    /// next time.
    pub(crate) fn is_new(&self, customer: &CustomerId, version: u64) -> bool {
        let mut state = self.lock();
        let known = state.by_customer.get(customer).map(|of| of.version);
        match known {
            Some(None) => {
                state.has_new = true;
                false
            }
            Some(Some(known)) => known < version,
            None => false,
        }
    }
}

/// One open stream, as long as this lives.
pub(crate) struct Subscription {
    subscribers: Subscribers,
    customer: CustomerId,
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subscription").field(&self.customer).finish()
    }
}

impl Subscription {
    /// Records the version that the stream has read. If other streams are open already, the version
    /// they were sent stays, because a newer one may still have to be sent to them.
    pub(crate) fn record_read(&self, version: u64) {
        let mut state = self.subscribers.lock();
        if let Some(subscriber) = state.by_customer.get_mut(&self.customer) {
            subscriber.version.get_or_insert(version);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut state = self.subscribers.lock();
        if let Some(subscriber) = state.by_customer.get_mut(&self.customer) {
            subscriber.streams -= 1;
            if subscriber.streams == 0 {
                state.by_customer.remove(&self.customer);
            }
        }
    }
}
