//! Messages from other windows, and the only place that listens for them.
//! Who hears one decides what it is worth; here only its origin and its source
//! are told apart (OWASP ASVS 3.5.5).

use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent, Window};

use super::listening::Listening;
use super::page;

/// The window that a message came from.
#[derive(Clone, PartialEq)]
pub struct Source(pub(super) Window);

/// A message as it was heard.
pub struct Heard {
    /// The text, if it was text.
    pub text: String,
    /// The window that sent it; `None` for one from a channel.
    pub source: Option<Source>,
}

/// Hears messages posted to this window from this very origin; others are dropped here.
pub fn from_windows(mut hear: impl FnMut(Heard) + 'static) -> Option<Listening> {
    let window = page::window()?;
    let own = page::origin()?;
    Some(Listening::to(&window, "message", move |event| {
        let Ok(event) = event.dyn_into::<MessageEvent>() else {
            return;
        };
        let (Some(text), true) = (event.data().as_string(), event.origin() == own) else {
            return;
        };
        let source = event
            .source()
            .and_then(|source| source.dyn_into::<Window>().ok());
        hear(Heard {
            text,
            source: source.map(Source),
        });
    }))
}

/// A broadcast channel that is being heard.
pub struct ChannelListening {
    channel: BroadcastChannel,
    _listening: Listening,
}

/// Hears what this origin's other windows say on a channel; `None` where the
/// browser has no channels.
pub fn from_channel(name: &str, mut hear: impl FnMut(Heard) + 'static) -> Option<ChannelListening> {
    // A missing constructor throws a ReferenceError, which would end the app.
    if !page::has_global("BroadcastChannel") {
        return None;
    }
    let channel = BroadcastChannel::new(name).ok()?;
    let listening = Listening::to(&channel, "message", move |event| {
        let Ok(event) = event.dyn_into::<MessageEvent>() else {
            return;
        };
        if let Some(text) = event.data().as_string() {
            hear(Heard { text, source: None });
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
