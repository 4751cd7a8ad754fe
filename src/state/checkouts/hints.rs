//! Every hint that a checkout may have moved. None of them says how it stands:
//! each only makes the portal ask.

use std::rc::Rc;

use api_types::{CustomerId, ReturnMessage};
use leptos::prelude::*;

use super::Checkouts;
use crate::browser::messages::{self, ReceivedMessage};
use crate::browser::wakeups::Wakeups;
use crate::browser::{clock, page};
use crate::checkout::machine::Event;
use crate::state::Reach;

/// How often the server is asked for checkouts that were started elsewhere, where it does not push,
/// in milliseconds.
const LOOK_MS: u32 = 15_000;
/// How many characters a message may have; a longer one is not looked at.
const MOST: u32 = ReturnMessage::MOST_BYTES as u32;

/// Hears them for as long as the app lives.
pub(super) fn hear(checkouts: Checkouts, person: Memo<Option<CustomerId>>) {
    let signed_in = move || person.with_untracked(Option::is_some);
    checkouts.live.on_change(move |change| {
        let Some(id) = &change.checkout else { return };
        match untrack(|| checkouts.run_of(id)) {
            Some(run) => run.driver.tell(Event::Hinted),
            None => checkouts.load(),
        }
    });
    let from_windows = move |heard: ReceivedMessage| checkouts.each(|run| run.driver.hear(&heard));
    let from_tabs = move |heard: ReceivedMessage| {
        from_windows(heard.clone());
        // Another tab tells of a checkout that this one does not know.
        let told = ReturnMessage::read(&heard.text);
        let unknown = told.is_some_and(|told| untrack(|| checkouts.run_of(&told.c)).is_none());
        if unknown && signed_in() {
            checkouts.load();
        }
    };
    let windows = messages::from_windows(MOST, from_windows);
    let open = Rc::new(move || messages::from_channel(ReturnMessage::NAMESPACE, MOST, from_tabs));
    checkouts.channel.with_value(|slot| slot.replace(open()));
    // A page with an open channel may not be kept for the way back.
    let leaving = messages::on_pages_turn(move |shown| {
        let channel = if shown { open() } else { None };
        checkouts.channel.with_value(|slot| slot.replace(channel));
    });
    let wakeups = Wakeups::hear(move || {
        if signed_in() {
            checkouts.each(|run| run.driver.tell(Event::Hinted));
            checkouts.load();
        }
    });
    let ticker = clock::Ticker::every(LOOK_MS, move || {
        let pushed = untrack(|| checkouts.live.reach()) == Reach::Live;
        if signed_in() && page::is_visible() && !pushed {
            checkouts.load();
        }
    });
    // They live as long as the app does.
    StoredValue::new_local((windows, leaving, wakeups, ticker));
}
