//! The language, the time zone and the clock that everything here speaks by.

use std::cell::RefCell;
use std::rc::Rc;

use words::Catalogue;

/// What all of `i18n` speaks by.
#[derive(Clone, Debug)]
pub(super) struct Locale {
    /// The texts.
    pub(super) words: Rc<Catalogue>,
    /// The BCP 47 tag that figures and dates are written by.
    pub(super) tag: Rc<str>,
    /// The portal's IANA time zone; `None` until the portal has said.
    pub(super) zone: Option<Rc<str>>,
    /// The IANA zone that times are shown in, if it is another one.
    pub(super) display_zone: Option<Rc<str>>,
    /// The device's clock, in milliseconds; only to say "today".
    pub(super) now: fn() -> i64,
    /// Whether the page runs from right to left.
    right_to_left: bool,
}

thread_local! {
    static LOCALE: RefCell<Locale> = RefCell::new(Locale {
        words: Rc::default(),
        tag: Rc::from("en"),
        zone: None,
        display_zone: None,
        now: || 0,
        right_to_left: false,
    });
}

/// Sets the words, the language tag that figures and dates follow, and the clock; nothing else
/// is set then. Call it once, before anything is shown.
pub fn install(words: Catalogue, tag: &str, now: fn() -> i64) {
    LOCALE.with_borrow_mut(|locale| {
        locale.words = Rc::new(words);
        locale.tag = Rc::from(tag);
        locale.now = now;
        locale.zone = None;
        locale.display_zone = None;
        locale.right_to_left = false;
    });
}

/// Sets whether the page runs from right to left; after [`install`] it runs from left to right.
pub fn set_right_to_left(right_to_left: bool) {
    LOCALE.with_borrow_mut(|locale| locale.right_to_left = right_to_left);
}

/// Whether the page runs from right to left.
pub(super) fn runs_right_to_left() -> bool {
    LOCALE.with_borrow(|locale| locale.right_to_left)
}

/// Lets figures and dates follow the provider's own tag of the language in use,
/// as in `en-IE` where the words are `en`; else they stay as they are.
pub fn follow_tags(tags: &[String]) {
    LOCALE.with_borrow_mut(|locale| {
        let spoken = language(&locale.tag);
        if let Some(tag) = tags
            .iter()
            .find(|tag| language(tag).eq_ignore_ascii_case(spoken))
        {
            locale.tag = Rc::from(tag.as_str());
        }
    });
}

/// The language of a BCP 47 tag: its first part.
fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Sets the portal's IANA time zone, by which its days begin and end.
pub fn set_time_zone(zone: &str) {
    LOCALE.with_borrow_mut(|locale| locale.zone = Some(Rc::from(zone)));
}

/// Lets times be shown in this IANA zone from now on; days stay the portal's.
pub fn show_times_in(zone: &str) {
    LOCALE.with_borrow_mut(|locale| locale.display_zone = Some(Rc::from(zone)));
}

/// What is set now.
pub(super) fn locale() -> Locale {
    LOCALE.with_borrow(Locale::clone)
}

/// Reads the texts.
pub(super) fn with_words<R>(read: impl FnOnce(&Catalogue) -> R) -> R {
    LOCALE.with_borrow(|locale| read(&locale.words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_the_providers_tag_of_the_same_language_only() {
        let follow = |tags: &[&str]| {
            install(Catalogue::default(), "en", || 0);
            follow_tags(&tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>());
            locale().tag.to_string()
        };
        assert_eq!(follow(&["pt-PT", "en-IE", "en-GB"]), "en-IE");
        assert_eq!(follow(&["EN-ie"]), "EN-ie");
        assert_eq!(follow(&["pt-PT"]), "en");
        assert_eq!(follow(&[]), "en");
    }
}
