//! Locking what threads share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also after whoever held the lock has panicked.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
