//! What this device remembers for the customer. A browser may have no room for
//! it, or refuse it: then it is asked anew the next time.
//!
//! What is a person's own goes when they sign out, entry by entry: the provider's own pages may
//! have entries beside these, on the same host.

use web_sys::Storage;

use super::page;

/// What is remembered; the only keys there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remembered {
    /// Which time zone times are shown in.
    TimeZone,
    /// The id of the way to pay that was used last.
    LastMethod,
    /// The checkout that this tab has left for the payment provider with.
    LeftCheckout,
    /// The path that it comes back to.
    LeftPath,
    /// The id of the button that it left by.
    LeftButton,
}

impl Remembered {
    const ALL: [Self; 5] = [
        Self::TimeZone,
        Self::LastMethod,
        Self::LeftCheckout,
        Self::LeftPath,
        Self::LeftButton,
    ];

    /// Whether it is about the person who is signed in.
    fn is_personal(self) -> bool {
        match self {
            // It says how this device shows times, and nothing of whose times they were.
            Self::TimeZone => false,
            Self::LastMethod | Self::LeftCheckout | Self::LeftPath | Self::LeftButton => true,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::TimeZone => "portico.time_zone",
            Self::LastMethod => "portico.last_method",
            // The pages of the payment window read these three.
            Self::LeftCheckout => "portico.left.checkout",
            Self::LeftPath => "portico.left.path",
            Self::LeftButton => "portico.left.button",
        }
    }

    /// Where it is kept: for this device, or for this tab and as long as it lives.
    fn storage(self) -> Option<Storage> {
        let window = page::window()?;
        let storage = match self {
            Self::TimeZone | Self::LastMethod => window.local_storage(),
            Self::LeftCheckout | Self::LeftPath | Self::LeftButton => window.session_storage(),
        };
        storage.ok().flatten()
    }
}

/// What was remembered, if anything was.
pub fn get(what: Remembered) -> Option<String> {
    what.storage()?.get_item(what.key()).ok()?
}

/// Remembers; `None` forgets.
pub fn set(what: Remembered, value: Option<&str>) {
    let Some(storage) = what.storage() else {
        return;
    };
    // Without it the customer chooses again, or comes back to the first screen: nothing else is
    // lost.
    let _ = match value {
        Some(value) => storage.set_item(what.key(), value),
        None => storage.remove_item(what.key()),
    };
}

/// Forgets what is about the person who was signed in.
pub fn forget_personal() {
    for what in Remembered::ALL {
        if what.is_personal() {
            set(what, None);
        }
    }
}
