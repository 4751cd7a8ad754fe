//! One read of an attempt at a time. A hundred hints at once make one or two
//! reads of the provider: who comes while one is under way waits for the next,
//! and the next serves all who wait.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use api_types::AttemptId;

/// Who is reading which attempt.
#[derive(Debug)]
pub(super) struct Turns<T> {
    /// Counts what happens, so that before and after can be told without a clock.
    count: AtomicU64,
    by_attempt: Mutex<HashMap<AttemptId, Arc<Turn<T>>>>,
}

/// The last read of an attempt: when it began, and what came of it.
type Turn<T> = tokio::sync::Mutex<Option<(u64, T)>>;

impl<T: Copy> Turns<T> {
    /// Nobody is reading anything.
    pub(super) fn new() -> Self {
        Self {
            count: AtomicU64::new(0),
            by_attempt: Mutex::default(),
        }
    }

    /// Runs `read` when it is this caller's turn; or answers with what came of a read
    /// that began after this call, since that one has seen everything this one would.
    pub(super) async fn take(&self, attempt: &AttemptId, read: impl Future<Output = T>) -> T {
        let asked = self.count.fetch_add(1, Ordering::SeqCst);
        let turn = self.turn(attempt);
        let answer = {
            let mut last = turn.lock().await;
            match *last {
                Some((began, answer)) if began > asked => answer,
                _ => {
                    let began = self.count.fetch_add(1, Ordering::SeqCst);
                    let answer = read.await;
                    *last = Some((began, answer));
                    answer
                }
            }
        };
        self.leave(attempt, turn);
        answer
    }

    /// Runs something while nobody reads the attempt, and always runs it.
    pub(super) async fn alone<R>(&self, attempt: &AttemptId, run: impl Future<Output = R>) -> R {
        let turn = self.turn(attempt);
        let answer = {
            let _last = turn.lock().await;
            run.await
        };
        self.leave(attempt, turn);
        answer
    }

    fn turn(&self, attempt: &AttemptId) -> Arc<Turn<T>> {
        let mut turns = self
            .by_attempt
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        turns.entry(attempt.clone()).or_default().clone()
    }

    /// Forgets an attempt that nobody else is waiting for.
    fn leave(&self, attempt: &AttemptId, turn: Arc<Turn<T>>) {
        let mut turns = self
            .by_attempt
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // One is held here, one by the map.
        if Arc::strong_count(&turn) == 2 {
            turns.remove(attempt);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use tokio::sync::Notify;

    #[tokio::test]
    async fn a_hundred_at_once_make_two_reads() {
        let turns = Turns::new();
        let attempt = AttemptId::parse("A-1").unwrap();
        let (reads, all_asked) = (AtomicU64::new(0), Notify::new());
        let asked = AtomicU64::new(0);
        let one = async || {
            if asked.fetch_add(1, Ordering::SeqCst) == 99 {
                all_asked.notify_one();
            }
            let read = async {
                // The first read is slow: it ends when everyone has asked.
                if reads.fetch_add(1, Ordering::SeqCst) == 0 {
                    all_asked.notified().await;
                }
                reads.load(Ordering::SeqCst)
            };
            turns.take(&attempt, read).await
        };
        let seen = join_all((0..100).map(|_| one())).await;
        assert_eq!(reads.load(Ordering::SeqCst), 2);
        assert_eq!((seen[0], seen[1], seen[99]), (1, 2, 2));
        assert!(turns.by_attempt.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn nobody_reads_while_something_runs_alone() {
        let turns = Turns::new();
        let attempt = AttemptId::parse("A-1").unwrap();
        let ended = AtomicU64::new(0);
        let alone = turns.alone(&attempt, async {
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            ended.store(1, Ordering::SeqCst);
        });
        let read = turns.take(&attempt, async { ended.load(Ordering::SeqCst) });
        let ((), seen) = tokio::join!(alone, read);
        assert_eq!(seen, 1);
        assert!(turns.by_attempt.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn who_asks_after_a_read_began_is_not_served_by_it() {
        let turns = Turns::new();
        let attempt = AttemptId::parse("A-1").unwrap();
        assert_eq!(turns.take(&attempt, async { 1 }).await, 1);
        assert_eq!(turns.take(&attempt, async { 2 }).await, 2);
    }
}
