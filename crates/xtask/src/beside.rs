//! Jobs at once. A long one keeps one processor busy only part of the time: linking, optimising
//! and downloading are done by one thread.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, available_parallelism};
use std::time::Duration;

use anyhow::{Result, anyhow};

use crate::{say, stop};

/// Runs both jobs at once and returns what both gave.
///
/// # Errors
/// The error of the job that failed first. It is said at once, and the other job is stopped
/// rather than waited for.
pub fn both<A: Send, B: Send>(
    first: impl FnOnce() -> Result<A> + Send,
    second: impl FnOnce() -> Result<B> + Send,
) -> Result<(A, B)> {
    thread::scope(|scope| {
        let second = scope.spawn(|| or_abandon(second));
        let first = or_abandon(first);
        let second = second.join().map_err(|_| anyhow!("a job has panicked"))?;
        match (first, second) {
            (Ok(first), Ok(second)) => Ok((first, second)),
            // The one that was stopped has nothing to say.
            (Err(error), Err(other)) => Err(if error.is::<stop::Stopped>() {
                other
            } else {
                error
            }),
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    })
}

/// Does the job for each item, as many at once as there are processors, and calls `pause` every now
/// and then while it waits.
///
/// # Errors
/// The first error of a job, or [`stop::Stopped`]; no further item is begun after that.
pub fn each<T: Sync>(
    items: &[T],
    job: impl Fn(&T) -> Result<()> + Sync,
    mut pause: impl FnMut(),
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(None);
    let work = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(error) = stop::check().and_then(|()| job(item)) {
                next.store(items.len(), Ordering::Relaxed);
                if let Ok(mut failed) = failed.lock() {
                    failed.get_or_insert(error);
                }
            }
        }
    };
    let at_once = available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once.min(items.len()))
            .map(|_| scope.spawn(work))
            .collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            pause();
            thread::sleep(Duration::from_millis(50));
        }
    });
    match failed.into_inner() {
        Ok(Some(error)) => Err(error),
        Ok(None) => Ok(()),
        Err(_) => Err(anyhow!("a job has panicked")),
    }
}

fn or_abandon<T>(job: impl FnOnce() -> Result<T>) -> Result<T> {
    let result = job();
    if let Err(error) = &result
        && !error.is::<stop::Stopped>()
    {
        say::line("One job has failed; the other one is stopped.");
        stop::abandon();
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_results_come_back() {
        assert_eq!(both(|| Ok(1), || Ok("two")).unwrap(), (1, "two"));
    }

    #[test]
    fn every_item_is_done_once_and_nothing_is_begun_after_a_failure() {
        let done = Mutex::new(Vec::new());
        let items: Vec<usize> = (0..100).collect();
        let record = |item: &usize| {
            done.lock().unwrap().push(*item);
            Ok(())
        };
        each(&items, record, || {}).unwrap();
        let mut done = done.into_inner().unwrap();
        done.sort_unstable();
        assert_eq!(done, items);

        let begun = AtomicUsize::new(0);
        let fail = |_: &usize| {
            begun.fetch_add(1, Ordering::Relaxed);
            Err(anyhow!("no room"))
        };
        let error = each(&items, fail, || {}).unwrap_err();
        assert_eq!(error.to_string(), "no room");
        let at_once = available_parallelism().map_or(1, usize::from);
        assert!(begun.into_inner() <= at_once);
    }
}
