//! How the page is looked at: what the media queries of the styles say.

use web_sys::MediaQueryList;

use super::listening::Listening;
use super::page;

/// Hears when a media query's answer changes until it is dropped.
pub struct Watching {
    _listening: Listening,
}

/// Whether a media query is true now, and a call for each change from here on;
/// `None` where there is no screen.
pub fn watch(query: &str, hear: impl Fn(bool) + 'static) -> Option<(bool, Watching)> {
    let list: MediaQueryList = page::window()?.match_media(query).ok()??;
    let now = list.matches();
    let listening = {
        let list = list.clone();
        Listening::to(&list.clone(), "change", move |_| hear(list.matches()))
    };
    Some((
        now,
        Watching {
            _listening: listening,
        },
    ))
}
