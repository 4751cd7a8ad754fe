//! A dialog that lies over the page and keeps everything behind it out of reach.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::{focus, page};

/// A dialog on the screen. When it is dropped the dialog closes, and the
/// keyboard goes back to where it was.
pub struct Modal {
    dialog: HtmlDialogElement,
    before: Option<HtmlElement>,
    opener: Option<String>,
}

impl Modal {
    /// Opens the `<dialog>` with this id and moves the keyboard to the element
    /// with the id `first`. `opener` names where the keyboard goes afterwards if
    /// it was nowhere before: not every browser gives it to a pressed button.
    pub fn open(id: &str, first: &str, opener: Option<String>) -> Option<Self> {
        let document = page::document()?;
        let dialog: HtmlDialogElement = document.get_element_by_id(id)?.dyn_into().ok()?;
        let before = document
            .active_element()
            .filter(|element| element.tag_name() != "BODY")
            .and_then(|element| element.dyn_into().ok());
        dialog.show_modal().ok()?;
        focus::to(first);
        Some(Self {
            dialog,
            before,
            opener,
        })
    }
}

impl Drop for Modal {
    fn drop(&mut self) {
        self.dialog.close();
        // Not every browser has taken the keyboard out of the closed dialog by now.
        let lost = page::document()
            .and_then(|document| document.active_element())
            .is_none_or(|on| on.tag_name() == "BODY" || self.dialog.contains(Some(&on)));
        if !lost {
            return;
        }
        let before = self.before.take().filter(|element| element.is_connected());
        let went_back = before.is_some_and(|element| element.focus().is_ok());
        if let (false, Some(opener)) = (went_back, &self.opener) {
            focus::to(opener);
        }
    }
}
