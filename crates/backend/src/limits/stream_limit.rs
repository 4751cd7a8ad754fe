//! The stream limit: how many streams one session may have open. A stream beyond the limit ends the
//! oldest one, so that a window that was left open somewhere does not block the one that the
//! customer uses.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

/// How many streams a session may have.
const MOST: usize = 8;

/// The open streams of each session, the oldest first. Copies are the same one.
#[derive(Clone, Debug, Default)]
pub struct StreamLimit(Arc<OpenStreams>);

#[derive(Debug, Default)]
struct OpenStreams {
    count: AtomicU64,
    by_session: Mutex<HashMap<String, VecDeque<OpenStream>>>,
}

#[derive(Debug)]
struct OpenStream {
    number: u64,
    ended: CancellationToken,
}

impl StreamLimit {
    /// Opens a stream of a session, named by the hash of its token, and ends the session's
    /// oldest one if it has too many then.
    pub fn open(&self, session: &str) -> StreamPermit {
        let number = self.0.count.fetch_add(1, Ordering::Relaxed);
        let ended = CancellationToken::new();
        let mut all = self.0.lock();
        let of_session = all.entry(session.to_owned()).or_default();
        of_session.push_back(OpenStream {
            number,
            ended: ended.clone(),
        });
        while of_session.len() > MOST {
            if let Some(oldest) = of_session.pop_front() {
                oldest.ended.cancel();
            }
        }
        drop(all);
        StreamPermit {
            streams: self.0.clone(),
            session: session.to_owned(),
            number,
            ended,
        }
    }
}

impl OpenStreams {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, VecDeque<OpenStream>>> {
        self.by_session
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// One open stream, as long as this lives.
pub struct StreamPermit {
    streams: Arc<OpenStreams>,
    session: String,
    number: u64,
    ended: CancellationToken,
}

impl fmt::Debug for StreamPermit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The session's hash is left out: logs must not identify a session.
        f.debug_tuple("StreamPermit").field(&self.number).finish()
    }
}

impl StreamPermit {
    /// Returns once a newer stream of the session has ended this one.
    pub async fn until_replaced(&self) {
        self.ended.cancelled().await;
    }
}

impl Drop for StreamPermit {
    fn drop(&mut self) {
        let mut all = self.streams.lock();
        if let Some(of_session) = all.get_mut(&self.session) {
            of_session.retain(|stream| stream.number != self.number);
            if of_session.is_empty() {
                all.remove(&self.session);
            }
        }
    }
}
