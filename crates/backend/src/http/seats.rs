//! How many streams one session may have open. Whoever opens one more than that ends the
//! oldest: a window that was left open somewhere gives way to the one in front of the customer.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::app::App;

/// How many streams a session may have.
const MOST: usize = 8;

/// The open streams of each session, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Seats {
    count: AtomicU64,
    by_session: Mutex<HashMap<String, VecDeque<Taken>>>,
}

#[derive(Debug)]
struct Taken {
    stream: u64,
    ended: CancellationToken,
}

impl Seats {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, VecDeque<Taken>>> {
        self.by_session
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// One open stream, as long as this lives.
pub(super) struct Seat {
    app: App,
    session: String,
    stream: u64,
    ended: CancellationToken,
}

impl fmt::Debug for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The session's hash is nobody's business.
        f.debug_tuple("Seat").field(&self.stream).finish()
    }
}

impl Seat {
    /// Takes a place for a stream of a session, from the oldest one if need be.
    pub(super) fn take(app: &App, session: &str) -> Self {
        let stream = app.seats().count.fetch_add(1, Ordering::Relaxed);
        let mut all = app.seats().lock();
        let of_session = all.entry(session.to_owned()).or_default();
        let ended = CancellationToken::new();
        of_session.push_back(Taken {
            stream,
            ended: ended.clone(),
        });
        while of_session.len() > MOST {
            if let Some(oldest) = of_session.pop_front() {
                oldest.ended.cancel();
            }
        }
        drop(all);
        Self {
            app: app.clone(),
            session: session.to_owned(),
            stream,
            ended,
        }
    }

    /// Returns once another stream has taken the place.
    pub(super) async fn given_up(&self) {
        self.ended.cancelled().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.app.seats().lock();
        if let Some(of_session) = all.get_mut(&self.session) {
            of_session.retain(|taken| taken.stream != self.stream);
            if of_session.is_empty() {
                all.remove(&self.session);
            }
        }
    }
}
