//! How many requests the API takes in a second.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::lock::lock;

const SECOND: Duration = Duration::from_secs(1);

/// Counts the requests of the last second.
pub(super) struct Rate {
    most: Option<usize>,
    taken: Mutex<VecDeque<Instant>>,
}

impl Rate {
    pub(super) fn new(most: Option<u32>) -> Self {
        Self {
            most: most.and_then(|most| usize::try_from(most).ok()),
            taken: Mutex::default(),
        }
    }

    /// Whether a request now is one too many.
    pub(super) fn refuses(&self) -> bool {
        let Some(most) = self.most else {
            return false;
        };
        let now = Instant::now();
        let mut taken = lock(&self.taken);
        while taken
            .front()
            .is_some_and(|first| now.duration_since(*first) >= SECOND)
        {
            taken.pop_front();
        }
        if taken.len() >= most {
            return true;
        }
        taken.push_back(now);
        false
    }
}
