//! When the server is asked: pure, so that a flood of hints costs no more than
//! one question at a time and one after it, and no hint is ever lost.

/// The least time between two questions, in milliseconds.
pub const PAUSE_MS: i64 = 250;
/// After how many milliseconds a question without an answer is given up: after a device has slept,
/// nobody answers what was asked before.
const LOST_MS: i64 = 6_000;

/// What is to be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask; report the answer with this number.
    Ask(u32),
    /// Call [`PollThrottle::end_pause`] after so many milliseconds.
    Wait(i64),
    /// Nothing: somebody is asking or waiting already.
    Nothing,
}

/// Whether somebody is asking or waiting at the moment.
#[derive(Debug, Default)]
pub struct PollThrottle {
    begun: Option<i64>,
    in_flight: bool,
    again: bool,
    waiting: bool,
    turn: u32,
}

impl PollThrottle {
    /// Somebody wants to ask.
    pub fn request(&mut self, now: i64) -> Next {
        let since = self.since(now);
        if self.in_flight && since.is_some_and(|since| since < LOST_MS) {
            self.again = true;
            return Next::Nothing;
        }
        if self.waiting {
            return Next::Nothing;
        }
        match since {
            Some(since) if !self.in_flight && since < PAUSE_MS => {
                self.waiting = true;
                Next::Wait(PAUSE_MS - since)
            }
            _ => self.begin(now),
        }
    }

    /// The pause is over.
    pub fn end_pause(&mut self, now: i64) -> Next {
        if !std::mem::take(&mut self.waiting) || self.in_flight {
            return Next::Nothing;
        }
        self.begin(now)
    }

    /// The answer of this number came, or will not come.
    pub fn end_request(&mut self, turn: u32, now: i64) -> Next {
        if turn != self.turn {
            return Next::Nothing;
        }
        self.in_flight = false;
        if std::mem::take(&mut self.again) {
            self.request(now)
        } else {
            Next::Nothing
        }
    }

    /// How long ago the last question was asked, in milliseconds; `None` before the first. A
    /// clock that was set back reads as long ago.
    pub fn since(&self, now: i64) -> Option<i64> {
        let since = now - self.begun?;
        Some(if since < 0 { i64::MAX } else { since })
    }

    fn begin(&mut self, now: i64) -> Next {
        self.begun = Some(now);
        self.in_flight = true;
        self.again = false;
        self.turn = self.turn.wrapping_add(1);
        Next::Ask(self.turn)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hint_is_asked_about_at_once() {
        assert_eq!(PollThrottle::default().request(0), Next::Ask(1));
    }

    #[test]
    fn what_is_hinted_while_asking_is_asked_right_after_the_pause() {
        let mut throttle = PollThrottle::default();
        throttle.request(0);
        assert_eq!(throttle.request(10), Next::Nothing);
        assert_eq!(throttle.end_request(1, 20), Next::Wait(230));
        assert_eq!(throttle.request(30), Next::Nothing);
        assert_eq!(throttle.end_pause(250), Next::Ask(2));
        assert_eq!(throttle.end_request(2, 260), Next::Nothing);
    }

    #[test]
    fn a_question_that_nobody_answers_does_not_stand_in_the_way() {
        let mut throttle = PollThrottle::default();
        throttle.request(0);
        assert_eq!(throttle.request(LOST_MS), Next::Ask(2));
        assert_eq!(throttle.end_request(1, LOST_MS + 1), Next::Nothing);
        assert_eq!(throttle.request(LOST_MS + 2), Next::Nothing);
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_the_asking() {
        let mut throttle = PollThrottle::default();
        throttle.request(1_000_000);
        throttle.end_request(1, 1_000_001);
        assert_eq!(throttle.request(5), Next::Ask(2));
    }

    proptest! {
        /// A flood at any moments, with answers and pauses that take any time.
        #[test]
        fn a_flood_is_one_question_at_a_time_and_the_last_hint_is_asked_about(
            gaps in prop::collection::vec((0i64..40, 0u8..10), 1..400)
        ) {
            let (mut throttle, mut now) = (PollThrottle::default(), 0);
            let (mut timer, mut flight) = (None, None);
            let (mut asked, mut hinted_since) = (Vec::new(), false);
            let mut steps = gaps.into_iter();
            loop {
                // After the flood only time passes.
                let step = steps.next();
                let (gap, kind) = step.unwrap_or((60, 0));
                now += gap;
                let next = match kind {
                    0 if timer.is_some_and(|at| now >= at) => { timer = None; throttle.end_pause(now) }
                    0..=2 => match flight.take() {
                        Some(turn) => throttle.end_request(turn, now),
                        None => Next::Nothing,
                    },
                    _ => { hinted_since = true; throttle.request(now) }
                };
                match next {
                    Next::Ask(turn) => {
                        prop_assert!(flight.is_none(), "two at a time");
                        if let Some(last) = asked.last() {
                            prop_assert!(now - last >= PAUSE_MS);
                        }
                        asked.push(now);
                        flight = Some(turn);
                        hinted_since = false;
                    }
                    Next::Wait(millis) => timer = Some(now + millis),
                    Next::Nothing => {}
                }
                if step.is_none() && timer.is_none() && flight.is_none() {
                    break;
                }
            }
            prop_assert!(!hinted_since, "a hint was lost");
        }
    }
}
