//! Two or three long jobs at once. Each keeps one processor busy only part of the time: linking,
//! optimising and downloading are done by one thread.

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
    std::thread::scope(|scope| {
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
}
