//! Counts calls, to refuse those that come too fast.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Counts the calls of the last second.
pub(super) struct Meter {
    limit: Option<u32>,
    calls: Mutex<VecDeque<i64>>,
}

impl Meter {
    /// Lets so many calls through in a second; all if there is no limit.
    pub(super) fn new(limit: Option<u32>) -> Self {
        Self {
            limit,
            calls: Mutex::default(),
        }
    }

    /// Whether a call may go through at a moment, in milliseconds. One that may not does not count.
    pub(super) fn lets_through(&self, now: i64) -> bool {
        let Some(limit) = self.limit else {
            return true;
        };
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        while calls.front().is_some_and(|call| call + 1000 <= now) {
            calls.pop_front();
        }
        let room = calls.len() < limit as usize;
        if room {
            calls.push_back(now);
        }
        room
    }
}
