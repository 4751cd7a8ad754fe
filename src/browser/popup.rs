//! A window of our own for the payment provider.

use web_sys::Window;

use super::messages::Source;
use super::page;

/// A window that this page opened.
#[derive(Clone)]
pub struct Popup(Window);

impl Popup {
    /// Opens a window. It must be called inside the click, before anything is
    /// awaited. `None` does not prove that no window opened: a framed portal
    /// below a page with a COOP header gets `None` and a window.
    pub fn open(address: &str) -> Option<Self> {
        let features = "popup,width=480,height=720";
        // Firefox throws in a sandboxed frame; others return null.
        let opened =
            page::window()?.open_with_url_and_target_and_features(address, "_blank", features);
        opened.ok().flatten().map(Self)
    }

    /// Whether the window seems closed. It reads true too when a page of the
    /// provider has cut the connection: it is only a reason to ask the server.
    pub fn seems_closed(&self) -> bool {
        self.0.closed().unwrap_or(true)
    }

    /// Whether the window shows a page that is not this origin's: it has gone to the payment
    /// provider.
    pub fn is_away(&self) -> bool {
        // The address of another origin's page cannot be read.
        self.0.location().href().is_err()
    }

    /// Brings the window to the front, where the browser lets it.
    pub fn show(&self) {
        // A browser that refuses says nothing; the panel's words cover it.
        let _ = self.0.focus();
    }

    /// Closes the window.
    pub fn close(&self) {
        let _ = self.0.close();
    }

    /// Whether a message came out of this very window.
    pub fn is_source_of(&self, source: &Source) -> bool {
        self.0 == source.0
    }
}
