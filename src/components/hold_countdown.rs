//! For how much longer a time is kept, counted down. It only shows: whether the
//! time is still kept is the server's to say.

use api_types::Timestamp;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::seconds;
use crate::i18n::{fill, key, plural, t};

/// When a screen reader hears it, in seconds before the end.
const SAID_AT: [i64; 2] = [300, 60];
/// How many seconds pass before the server is asked again, while it has not said that the time is
/// over.
const ASK_EVERY: i64 = 30;

/// The countdown. A screen reader can look it up and is told of it twice, five
/// minutes and one minute before the end.
#[component]
pub fn HoldCountdown(
    /// Until when the time is kept.
    #[prop(into)]
    until: Signal<Timestamp>,
    /// By this device's clock it is over: how it stands has to be asked for.
    /// Called again now and then for as long as this stays on screen.
    #[prop(optional, into)]
    on_end: Option<Callback<()>>,
) -> impl IntoView {
    let now = RwSignal::new(0);
    let (first, watching) = seconds::watch(move |millis| {
        // The last second may pass when the page is gone.
        now.try_set(millis);
    });
    now.set(first);
    // It lives as long as this does.
    StoredValue::new_local(watching);
    let left = Memo::new(move |_| seconds_left(until.get(), now.get()));
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<i64>| {
        let left = left.get();
        if let Some(minutes) = before.and_then(|before| minutes_to_say(before, left)) {
            said.set(plural(key::booking::HOLD_MINUTES, minutes, []));
        }
        left
    });
    let asks = Memo::new(move |_| asks_by(left.get()));
    Effect::new(move |_| {
        if let (Some(on_end), Some(_)) = (on_end, asks.get()) {
            on_end.run(());
        }
    });
    let words = move || match left.get() {
        left if left > 0 => fill(key::booking::HOLD_LEFT, [("left", &clock_face(left))]),
        _ => t(key::booking::HOLD_OVER),
    };
    view! {
        <div class="hold_countdown" data-over=move || asks.get().is_some().then_some("true")>
            <Icon glyph=Glyph::Clock />
            <span class="hold_countdown__words" role="timer" aria-live="off">
                {words}
            </span>
            <span class="visually-hidden" aria-live="polite">
                {move || said.get()}
            </span>
        </div>
    }
}

/// Whole seconds until then, the begun one counted; zero or less once it is over.
fn seconds_left(until: Timestamp, now: i64) -> i64 {
    let left = until.as_millis() - now;
    left.div_euclid(1000) + i64::from(left.rem_euclid(1000) > 0)
}

/// How many minutes to tell a screen reader of, if one of the marks was passed.
fn minutes_to_say(before: i64, left: i64) -> Option<u32> {
    let passed = SAID_AT.iter().any(|mark| before > *mark && left <= *mark);
    if !passed || left <= 0 {
        return None;
    }
    u32::try_from((left + 59) / 60).ok()
}

/// How often the server should have been asked by now; not at all before the end.
fn asks_by(left: i64) -> Option<i64> {
    (left <= 0).then_some(-left / ASK_EVERY)
}

/// Seconds as a clock counts them down: `19:05`, or `1:02:05` from an hour on.
fn clock_face(seconds: i64) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    match minutes / 60 {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{:02}:{seconds:02}", minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_begun_second_is_still_left() {
        let until = Timestamp::parse("2026-11-22T10:20:00Z").unwrap();
        let at = |millis: i64| seconds_left(until, until.as_millis() - millis);
        assert_eq!(at(1_200_000), 1200);
        assert_eq!(at(1_001), 2);
        assert_eq!(at(1), 1);
        assert_eq!(at(0), 0);
        assert_eq!(at(-999), 0);
        assert_eq!(at(-1_000), -1);
    }

    #[test]
    fn it_reads_as_a_clock_does() {
        assert_eq!(clock_face(1199), "19:59");
        assert_eq!(clock_face(65), "1:05");
        assert_eq!(clock_face(9), "0:09");
        assert_eq!(clock_face(3725), "1:02:05");
    }

    #[test]
    fn five_minutes_and_one_minute_are_said_once_each() {
        let heard: Vec<(i64, u32)> = (1..=1200)
            .rev()
            .filter_map(|left| Some((left, minutes_to_say(left + 1, left)?)))
            .collect();
        assert_eq!(heard, [(300, 5), (60, 1)]);
    }

    #[test]
    fn a_page_that_comes_back_late_says_what_is_left_by_then() {
        assert_eq!(minutes_to_say(900, 170), Some(3));
        assert_eq!(minutes_to_say(900, 20), Some(1));
        assert_eq!(minutes_to_say(900, -5), None);
        assert_eq!(minutes_to_say(20, 1200), None, "it was prolonged");
    }

    #[test]
    fn the_server_is_asked_at_the_end_and_now_and_then_after_it() {
        let asked: Vec<_> = (-61..=5).rev().filter_map(asks_by).collect();
        assert_eq!(asked.first(), Some(&0));
        assert_eq!(asked.last(), Some(&2));
        assert_eq!(asks_by(1), None);
    }
}
