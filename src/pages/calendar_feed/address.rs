//! An address that was just made. It is told once and kept nowhere.

use std::fmt;

use api_types::{FeedUrl, Timestamp};

/// The address, and of which feed it is.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct NewAddress {
    url: FeedUrl,
    created_at: Timestamp,
    before: Option<Timestamp>,
}

impl NewAddress {
    /// The address of a feed that was made then; `before` is when the one was made that the
    /// page knew of until then.
    pub(super) fn new(url: FeedUrl, created_at: Timestamp, before: Option<Timestamp>) -> Self {
        Self {
            url,
            created_at,
            before,
        }
    }

    /// The address, unless the server tells by now of another feed, or of none: it has been
    /// ended elsewhere. What the page knew before counts as not told yet.
    pub(super) fn shown(&self, now: Option<Timestamp>) -> Option<String> {
        let holds = now == Some(self.created_at) || now == self.before;
        holds.then(|| self.url.0.clone())
    }
}

impl fmt::Debug for NewAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAddress").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        Timestamp::parse(&format!("2026-11-22T{time}:00Z")).unwrap()
    }

    #[test]
    fn an_address_is_shown_until_its_feed_is_another_one() {
        let url = || FeedUrl("https://portal.example.com/secret.ics".to_owned());
        let made = NewAddress::new(url(), at("10:00"), Some(at("09:00")));
        let address = Some(url().0);
        assert_eq!(made.shown(Some(at("09:00"))), address, "not told yet");
        assert_eq!(made.shown(Some(at("10:00"))), address);
        assert_eq!(made.shown(Some(at("11:00"))), None, "a newer one was made");
        assert_eq!(made.shown(None), None, "it was ended");
    }

    #[test]
    fn the_first_address_is_shown_before_the_page_is_told_of_it() {
        let made = NewAddress::new(
            FeedUrl("https://a.example.com".to_owned()),
            at("10:00"),
            None,
        );
        assert!(made.shown(None).is_some());
    }

    #[test]
    fn an_address_is_in_no_log() {
        let made = NewAddress::new(
            FeedUrl("https://a.example.com/secret".to_owned()),
            at("10:00"),
            None,
        );
        assert!(!format!("{made:?}").contains("secret"));
    }
}
