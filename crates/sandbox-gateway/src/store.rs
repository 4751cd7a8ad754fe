//! Guards the state: one change at a time, saved before anybody hears of it.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

use crate::gateway_state::{GatewayState, StatusChange};
use crate::snapshot;

/// The state behind its lock, with its file.
pub struct Store {
    state: Mutex<GatewayState>,
    file: Option<SnapshotFile>,
    changed: Notify,
    /// The newest revision, for everybody who waits for one.
    revision: watch::Sender<u64>,
}

struct SnapshotFile {
    path: PathBuf,
    /// The revision that the file holds. Whoever holds its lock may write the file.
    written: Arc<tokio::sync::Mutex<u64>>,
}

/// The change was made, but could not be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotSaved;

impl fmt::Display for NotSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the snapshot could not be written")
    }
}

impl Store {
    /// Opens a store with what the file holds, or with an empty state where no path is given.
    ///
    /// # Errors
    /// The file cannot be read, or does not hold a state.
    pub fn open(path: Option<PathBuf>) -> std::io::Result<Self> {
        let state = path
            .as_deref()
            .map(snapshot::read)
            .transpose()?
            .unwrap_or_default();
        let written = Arc::new(tokio::sync::Mutex::new(state.revision()));
        let file = path.map(|path| SnapshotFile { path, written });
        Ok(Self {
            revision: watch::Sender::new(state.revision()),
            state: Mutex::new(state),
            file,
            changed: Notify::new(),
        })
    }

    /// Reads or changes the state. The answer is given only after what it says is saved.
    ///
    /// # Errors
    /// [`NotSaved`] if the file cannot be written. The change is then in memory all the same.
    pub async fn with<R>(&self, act: impl FnOnce(&mut GatewayState) -> R) -> Result<R, NotSaved> {
        let (answer, revision, changed) = {
            let mut state = self.state();
            let before = state.revision();
            let answer = act(&mut state);
            (answer, state.revision(), state.revision() != before)
        };
        if changed {
            self.changed.notify_one();
            self.revision.send_replace(revision);
        }
        self.save(revision).await?;
        Ok(answer)
    }

    /// Tells of every change from now on, to as many as ask.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// Waits for the next change. It is the background task's: one waits at a time.
    pub async fn wait_for_change(&self) {
        self.changed.notified().await;
    }

    /// Every change of a payment's state since the gateway was started.
    pub fn status_changes(&self) -> Vec<StatusChange> {
        self.state().status_changes().to_vec()
    }

    fn state(&self) -> MutexGuard<'_, GatewayState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the file unless it holds the revision already. Each write saves everything that has
    /// changed by then, so many changes at once need few writes.
    async fn save(&self, revision: u64) -> Result<(), NotSaved> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let mut written = file.written.clone().lock_owned().await;
        if *written >= revision {
            return Ok(());
        }
        let (newest, content) = {
            let state = self.state();
            (state.revision(), snapshot::encode(&state))
        };
        let path = file.path.clone();
        // The lock moves into the thread that writes: should this future be dropped, nobody else
        // writes before that thread is done.
        let saving = tokio::task::spawn_blocking(move || {
            content
                .and_then(|content| snapshot::replace(&path, &content))
                .map(|()| {
                    *written = newest;
                })
        });
        match saving.await.map_err(std::io::Error::other).flatten() {
            Ok(()) => Ok(()),
            Err(error) => {
                tracing::error!(%error, "the snapshot could not be written");
                Err(NotSaved)
            }
        }
    }
}
