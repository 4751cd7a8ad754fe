//! The browser's own way to paper: the styles decide what stands on it.

use super::page;

/// Opens the browser's print dialog. A framed page may not have one. Nothing happens then, and the
/// customer can print the PDF.
pub fn page_as_it_is() {
    if let Some(window) = page::window() {
        let _ = window.print();
    }
}
