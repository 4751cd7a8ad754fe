//! Messages from other windows, and the only place that listens for them.
//! Who hears one decides what it is worth; here only its origin and its source
//! are told apart (OWASP ASVS 3.5.5).

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent, Window};

use super::listening::Listening;
use super::page;

/// The window that a message came from.
#[derive(Clone, PartialEq)]
pub struct Source(pub(super) Window);

/// A message as it was heard.
#[derive(Clone)]
pub struct ReceivedMessage {
    /// The text, if it was text.
    pub text: String,
    /// The window that sent it; `None` for one from a channel.
    pub source: Option<Source>,
}

/// Hears messages of at most `most` characters that were posted to this window from this very
/// origin; others are dropped here.
pub fn from_windows(
    most: u32,
    mut hear: impl FnMut(ReceivedMessage) + 'static,
) -> Option<Listening> {
    let window = page::window()?;
    let own = page::origin()?;
    Some(Listening::to(&window, "message", move |event| {
        let Ok(event) = event.dyn_into::<MessageEvent>() else {
            return;
        };
        let (Some(text), true) = (text_of(&event, most), event.origin() == own) else {
            return;
        };
        // Another window's is of a type of its own, so that its type cannot be asked for; it is
        // only ever compared.
        let source = event.source().map(JsCast::unchecked_into::<Window>);
        hear(ReceivedMessage {
            text,
            source: source.map(Source),
        });
    }))
}

/// Hears that the page goes away, and that it is shown (again): it may be kept in between, and
/// come back as it was.
pub fn on_pages_turn(turn: impl FnMut(bool) + 'static) -> Option<[Listening; 2]> {
    let window = page::window()?;
    let turn = Rc::new(RefCell::new(turn));
    Some(
        [("pagehide", false), ("pageshow", true)].map(|(kind, shown)| {
            let turn = Rc::clone(&turn);
            Listening::to(&window, kind, move |_| (turn.borrow_mut())(shown))
        }),
    )
}

/// The text of a message, unless it is none or too long: that is not even copied.
fn text_of(event: &MessageEvent, most: u32) -> Option<String> {
    let text = event.data().dyn_into::<JsString>().ok()?;
    (text.length() <= most).then(|| String::from(text))
}

/// A broadcast channel that is being heard.
pub struct ChannelListening {
    channel: BroadcastChannel,
    _listening: Listening,
}

impl ChannelListening {
    /// Tells the others on the channel; this page does not hear itself.
    pub fn post(&self, text: &str) {
        // Whoever misses it asks by the clock.
        let _ = self.channel.post_message(&JsValue::from_str(text));
    }
}

/// Hears what this origin's other windows say on a channel, as long as it is not longer than
/// `most` characters; `None` where the browser has no channels.
pub fn from_channel(
    name: &str,
    most: u32,
    mut hear: impl FnMut(ReceivedMessage) + 'static,
) -> Option<ChannelListening> {
    // A missing constructor throws a ReferenceError, which would end the app.
    if !page::has_global("BroadcastChannel") {
        return None;
    }
    let channel = BroadcastChannel::new(name).ok()?;
    let listening = Listening::to(&channel, "message", move |event| {
        let Ok(event) = event.dyn_into::<MessageEvent>() else {
            return;
        };
        if let Some(text) = text_of(&event, most) {
            hear(ReceivedMessage { text, source: None });
        }
    });
    Some(ChannelListening {
        channel,
        _listening: listening,
    })
}

impl Drop for ChannelListening {
    fn drop(&mut self) {
        self.channel.close();
    }
}
