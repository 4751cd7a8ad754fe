//! The passing of seconds, for as long as the customer looks at the page: what
//! nobody sees is not counted, and costs no battery.

use std::cell::RefCell;
use std::rc::Rc;

use super::clock::{self, Ticker};
use super::listening::Listening;
use super::page;
use super::wakeups::{Wakeups, on_leaving};

const SECOND_MS: u32 = 1000;

/// Hears the seconds pass until it is dropped.
pub struct Seconds {
    _wakeups: Option<Wakeups>,
    _leaving: Option<Vec<Listening>>,
    _ticker: Rc<RefCell<Option<Ticker>>>,
}

/// The device's clock in milliseconds, and a call with it for each second from
/// here on. There are none while the page is out of sight, and one at once when
/// it comes back.
pub fn watch(hear: impl Fn(i64) + 'static) -> (i64, Seconds) {
    let hear = Rc::new(hear);
    let ticker = Rc::new(RefCell::new(None));
    let start = {
        let (hear, ticker) = (Rc::clone(&hear), Rc::clone(&ticker));
        move || {
            if page::is_visible() && ticker.borrow().is_none() {
                let hear = Rc::clone(&hear);
                let tick = Ticker::every(SECOND_MS, move || hear(clock::now_millis()));
                ticker.replace(Some(tick));
            }
        }
    };
    start();
    let wakeups = Wakeups::hear(move || {
        hear(clock::now_millis());
        start();
    });
    let leaving = {
        let ticker = Rc::clone(&ticker);
        on_leaving(move || drop(ticker.take()))
    };
    let seconds = Seconds {
        _wakeups: wakeups,
        _leaving: leaving,
        _ticker: ticker,
    };
    (clock::now_millis(), seconds)
}
