//! Signs that the customer is looking again: the page comes to the front, out
//! of the back-forward cache, or back to a network.

use std::rc::Rc;

use super::listening::Listening;
use super::page;

/// Hears every such sign until it is dropped.
pub struct Wakeups {
    _listening: Vec<Listening>,
}

impl Wakeups {
    /// Calls `wake` at each sign; several may come for one return.
    pub fn hear(wake: impl Fn() + 'static) -> Option<Self> {
        let (window, document) = (page::window()?, page::document()?);
        let wake = Rc::new(wake);
        let on_window = ["focus", "pageshow", "online"].map(|kind| {
            let wake = Rc::clone(&wake);
            Listening::to(&window, kind, move |_| wake())
        });
        let shown = Listening::to(&document, "visibilitychange", move |_| {
            if page::is_visible() {
                wake();
            }
        });
        Some(Self {
            _listening: on_window.into_iter().chain([shown]).collect(),
        })
    }
}

/// Hears that the page goes away or out of sight, where a push connection must
/// end so that Back stays instant.
pub fn on_leaving(leave: impl Fn() + 'static) -> Option<Vec<Listening>> {
    let (window, document) = (page::window()?, page::document()?);
    let leave = Rc::new(leave);
    let hidden = {
        let leave = Rc::clone(&leave);
        Listening::to(&document, "visibilitychange", move |_| {
            if !page::is_visible() {
                leave();
            }
        })
    };
    Some(vec![
        hidden,
        Listening::to(&window, "pagehide", move |_| leave()),
    ])
}
