//! Runs one read of an attempt at a time. A hundred notifications and requests at once cause one or
//! two reads of the provider: callers that come during a read wait for the next one, and that one
//! answers all of them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use api_types::AttemptId;

/// The reads that are running, by attempt.
#[derive(Debug)]
pub(crate) struct SingleFlight<T> {
    /// Counts calls and reads, which orders them without a clock.
    count: AtomicU64,
    by_attempt: Mutex<HashMap<AttemptId, Arc<Flight<T>>>>,
}

/// The last read of an attempt: when it began, by `count`, and its result.
type Flight<T> = tokio::sync::Mutex<Option<(u64, T)>>;

impl<T: Copy> SingleFlight<T> {
    /// No read is running.
    pub(crate) fn new() -> Self {
        Self {
            count: AtomicU64::new(0),
            by_attempt: Mutex::default(),
        }
    }

    /// Runs `read` alone; or returns the result of a read that began after this call, because that
    /// one has seen everything that this one would.
    pub(crate) async fn run(&self, attempt: &AttemptId, read: impl Future<Output = T>) -> T {
        let asked = self.count.fetch_add(1, Ordering::SeqCst);
        let flight = self.flight(attempt);
        let answer = {
            let mut last = flight.lock().await;
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
        self.leave(attempt, flight);
        answer
    }

    /// Runs something while nobody reads the attempt. Unlike [`SingleFlight::run`], it always runs
    /// it.
    pub(crate) async fn run_exclusively<R>(
        &self,
        attempt: &AttemptId,
        run: impl Future<Output = R>,
    ) -> R {
        let flight = self.flight(attempt);
        let answer = {
            let _last = flight.lock().await;
            run.await
        };
        self.leave(attempt, flight);
        answer
    }

    fn flight(&self, attempt: &AttemptId) -> Arc<Flight<T>> {
        let mut flights = self
            .by_attempt
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        flights.entry(attempt.clone()).or_default().clone()
    }

    /// Forgets an attempt that nobody else waits for.
    fn leave(&self, attempt: &AttemptId, flight: Arc<Flight<T>>) {
        let mut flights = self
            .by_attempt
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // One is held here, one by the map.
        if Arc::strong_count(&flight) == 2 {
            flights.remove(attempt);
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
        let flights = SingleFlight::new();
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
            flights.run(&attempt, read).await
        };
        let seen = join_all((0..100).map(|_| one())).await;
        assert_eq!(reads.load(Ordering::SeqCst), 2);
        assert_eq!((seen[0], seen[1], seen[99]), (1, 2, 2));
        assert!(flights.by_attempt.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn nobody_reads_while_something_runs_alone() {
        let flights = SingleFlight::new();
        let attempt = AttemptId::parse("A-1").unwrap();
        let ended = AtomicU64::new(0);
        let alone = flights.run_exclusively(&attempt, async {
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            ended.store(1, Ordering::SeqCst);
        });
        let read = flights.run(&attempt, async { ended.load(Ordering::SeqCst) });
        let ((), seen) = tokio::join!(alone, read);
        assert_eq!(seen, 1);
        assert!(flights.by_attempt.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn who_asks_after_a_read_began_is_not_served_by_it() {
        let flights = SingleFlight::new();
        let attempt = AttemptId::parse("A-1").unwrap();
        assert_eq!(flights.run(&attempt, async { 1 }).await, 1);
        assert_eq!(flights.run(&attempt, async { 2 }).await, 2);
    }
}
