//! What this device remembers for the customer. A browser may have no room for
//! it, or refuse it: then it is asked anew the next time.

use super::page;

/// What is remembered; the only keys there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remembered {
    /// Which time zone times are shown in.
    TimeZone,
}

impl Remembered {
    fn key(self) -> &'static str {
        match self {
            Self::TimeZone => "portico.time_zone",
        }
    }
}

/// What was remembered, if anything was.
pub fn get(what: Remembered) -> Option<String> {
    let storage = page::window()?.local_storage().ok()??;
    storage.get_item(what.key()).ok()?
}

/// Remembers; `None` forgets.
pub fn set(what: Remembered, value: Option<&str>) {
    let storage = page::window().and_then(|window| window.local_storage().ok().flatten());
    let Some(storage) = storage else { return };
    // Without it the customer chooses again, and nothing else is lost.
    let _ = match value {
        Some(value) => storage.set_item(what.key(), value),
        None => storage.remove_item(what.key()),
    };
}
