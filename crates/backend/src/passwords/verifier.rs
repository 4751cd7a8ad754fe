//! The queue of those whose password is to be checked: a few at a time, each in memory that is
//! kept for the next, and a bounded number that wait.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api_types::Password;
use tokio::sync::Semaphore;
use tokio::task::JoinError;

use super::{Hasher, PasswordHash, UnusableHash};

/// Passwords checked at once, each in 19 MiB. Two cores check some eighty a second, more than
/// any portal's customers sign in; more at once would only cost memory.
const MOST_AT_ONCE: usize = 2;
/// Sign-ins that may be in the queue; whoever comes after these is sent away.
const MOST_IN_QUEUE: usize = 64;
/// Sign-ins of one network that may be in the queue, so that one network cannot fill it.
const MOST_OF_NETWORK: usize = 16;

/// Checks passwords. Clones share the memory and the queue.
#[derive(Clone, Debug)]
pub struct Verifier {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    queue: Mutex<Queue>,
    /// As many permits as hashers; they are had in the order in which they are asked for.
    free: Arc<Semaphore>,
    hashers: Mutex<Vec<Hasher>>,
}

/// Who is in the queue.
#[derive(Debug)]
struct Queue {
    most: usize,
    most_of_network: usize,
    count: usize,
    by_network: HashMap<IpAddr, usize>,
}

/// The queue has no place: for this network, or for anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueFull;

/// A place in the queue, until it is dropped.
#[derive(Debug)]
pub struct HashPermit {
    shared: Arc<Shared>,
    network: IpAddr,
}

/// A hasher that goes back when this is dropped, also when the work with it has panicked.
struct Lent<'a> {
    hasher: Hasher,
    shared: &'a Shared,
}

impl Default for Verifier {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self::new(MOST_IN_QUEUE, MOST_OF_NETWORK, cores.min(MOST_AT_ONCE))
    }
}

impl Verifier {
    fn new(most: usize, most_of_network: usize, hashers: usize) -> Self {
        Self {
            shared: Arc::new(Shared {
                queue: Mutex::new(Queue {
                    most,
                    most_of_network,
                    count: 0,
                    by_network: HashMap::new(),
                }),
                free: Arc::new(Semaphore::new(hashers)),
                hashers: Mutex::new((0..hashers).map(|_| Hasher::default()).collect()),
            }),
        }
    }

    /// Takes a place in the queue, before a try is counted: who finds none has not tried.
    ///
    /// # Errors
    /// There is no place now; there is one within a second or so.
    pub fn queue(&self, network: IpAddr) -> Result<HashPermit, QueueFull> {
        lock(&self.shared.queue).enter(network)?;
        Ok(HashPermit {
            shared: Arc::clone(&self.shared),
            network,
        })
    }
}

impl HashPermit {
    /// Waits for a hasher and checks the password with it, off the event loop; see
    /// [`Hasher::verify`].
    ///
    /// # Errors
    /// The outer one: the check panicked, or the backend is stopping. The inner one: no
    /// password can be checked against the stored hash.
    pub async fn verify(
        self,
        password: Password,
        stored: Option<PasswordHash>,
    ) -> Result<Result<bool, UnusableHash>, JoinError> {
        // The semaphore is never closed, so there is a permit in the end.
        let permit = Arc::clone(&self.shared.free).acquire_owned().await.ok();
        // The permit moves into the task: whoever leaves before the end still holds place and hasher.
        let work = move || {
            let _permit = permit;
            let mut lent = Lent::take(&self.shared);
            lent.hasher.verify(&password, stored.as_ref())
        };
        tokio::task::spawn_blocking(work).await
    }
}

impl Drop for HashPermit {
    fn drop(&mut self) {
        lock(&self.shared.queue).leave(self.network);
    }
}

impl Queue {
    fn enter(&mut self, network: IpAddr) -> Result<(), QueueFull> {
        let of_network = self.by_network.get(&network).copied().unwrap_or(0);
        if self.count >= self.most || of_network >= self.most_of_network {
            return Err(QueueFull);
        }
        self.count += 1;
        self.by_network.insert(network, of_network + 1);
        Ok(())
    }

    fn leave(&mut self, network: IpAddr) {
        self.count = self.count.saturating_sub(1);
        if let Some(of_network) = self.by_network.get_mut(&network) {
            *of_network = of_network.saturating_sub(1);
            if *of_network == 0 {
                self.by_network.remove(&network);
            }
        }
    }
}

impl<'a> Lent<'a> {
    fn take(shared: &'a Shared) -> Self {
        // Whoever has a permit finds one.
        let hasher = lock(&shared.hashers).pop().unwrap_or_default();
        Self { hasher, shared }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let hasher = std::mem::take(&mut self.hasher);
        lock(&self.shared.hashers).push(hasher);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nobody() -> Password {
        Password("a password that nobody has".to_owned())
    }

    fn network(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[tokio::test]
    async fn who_finds_no_place_is_sent_away_until_there_is_one() {
        let verifier = Verifier::new(1, 1, 1);
        let turn = verifier.queue(network(1)).unwrap();
        assert_eq!(verifier.queue(network(2)).unwrap_err(), QueueFull);
        assert_eq!(turn.verify(nobody(), None).await.unwrap(), Ok(false));
        assert!(verifier.queue(network(2)).is_ok());
    }

    #[test]
    fn one_network_leaves_places_for_all_others() {
        let verifier = Verifier::default();
        let flood: Vec<_> = (0..MOST_OF_NETWORK)
            .map(|_| verifier.queue(network(1)).unwrap())
            .collect();
        assert_eq!(verifier.queue(network(1)).unwrap_err(), QueueFull);
        assert!(verifier.queue(network(2)).is_ok());
        drop(flood);
        assert!(verifier.queue(network(1)).is_ok());
        assert!(lock(&verifier.shared.queue).by_network.is_empty());
    }

    #[test]
    fn all_networks_together_have_a_bounded_queue() {
        let verifier = Verifier::default();
        let all = (0..100).filter_map(|last| verifier.queue(network(last)).ok());
        let all: Vec<_> = all.collect();
        assert_eq!(all.len(), MOST_IN_QUEUE);
    }

    #[tokio::test]
    async fn many_at_once_are_checked_in_the_same_few_pieces_of_memory() {
        let verifier = Verifier::new(12, 12, 2);
        let checks = (0..12).map(|_| {
            let turn = verifier.queue(network(1)).unwrap();
            turn.verify(nobody(), None)
        });
        for checked in futures_util::future::join_all(checks).await {
            assert_eq!(checked.unwrap(), Ok(false));
        }
        assert_eq!(lock(&verifier.shared.hashers).len(), 2);
        assert_eq!(verifier.shared.free.available_permits(), 2);
    }

    #[tokio::test]
    async fn whoever_leaves_while_waiting_gives_the_place_back_and_takes_no_hasher_along() {
        let verifier = Verifier::new(2, 2, 1);
        let first = verifier.queue(network(1)).unwrap();
        let held = Arc::clone(&verifier.shared.free)
            .acquire_owned()
            .await
            .unwrap();
        let waiting = tokio::spawn(first.verify(nobody(), None));
        tokio::task::yield_now().await;
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        drop(held);
        assert_eq!(lock(&verifier.shared.queue).count, 0);
        let next = verifier.queue(network(1)).unwrap();
        assert_eq!(next.verify(nobody(), None).await.unwrap(), Ok(false));
        assert_eq!(lock(&verifier.shared.hashers).len(), 1);
    }
}
