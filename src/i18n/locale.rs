//! The language, the time zone and the clock that everything here speaks by.

use std::cell::RefCell;
use std::rc::Rc;

use words::{Catalogue, Plural, Template, Text};

use crate::browser::intl;

/// What all of `i18n` speaks by.
#[derive(Clone, Debug)]
pub(super) struct Locale {
    words: Rc<Catalogue>,
    /// The BCP 47 tag that figures and dates are written by.
    pub(super) tag: Rc<str>,
    /// The portal's IANA time zone; `None` until the portal has said.
    pub(super) zone: Option<Rc<str>>,
    /// The device's clock, in milliseconds; only to say "today".
    pub(super) now: fn() -> i64,
}

thread_local! {
    static LOCALE: RefCell<Locale> = RefCell::new(Locale {
        words: Rc::default(),
        tag: Rc::from("en"),
        zone: None,
        now: || 0,
    });
}

/// Sets the words, the language tag that figures and dates follow, and the clock.
/// Call it once, before anything is shown.
pub fn install(words: Catalogue, tag: &str, now: fn() -> i64) {
    LOCALE.with_borrow_mut(|locale| {
        locale.words = Rc::new(words);
        locale.tag = Rc::from(tag);
        locale.now = now;
    });
}

/// Sets the portal's IANA time zone, by which its days begin and end.
pub fn set_time_zone(zone: &str) {
    LOCALE.with_borrow_mut(|locale| locale.zone = Some(Rc::from(zone)));
}

/// What is set now.
pub(super) fn locale() -> Locale {
    LOCALE.with_borrow(Locale::clone)
}

/// The text of a key.
pub fn t(key: Text) -> String {
    LOCALE.with_borrow(|locale| locale.words.get(key))
}

/// The text of a key, its placeholders filled with values by name.
pub fn fill<const N: usize>(key: Template<N>, values: [(&str, &str); N]) -> String {
    LOCALE.with_borrow(|locale| locale.words.fill(key, values))
}

/// The text of a key for a count; `{count}` is filled in by itself.
pub fn plural<const N: usize>(key: Plural<N>, count: u32, values: [(&str, &str); N]) -> String {
    let locale = locale();
    let category = intl::plural_category(&locale.tag, count);
    locale
        .words
        .plural(key, &category, &count.to_string(), values)
}
