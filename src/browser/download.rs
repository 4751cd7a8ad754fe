//! A file for the customer to keep: collected piece by piece, then handed to
//! the browser, which saves it wherever it saves downloads.

use std::time::Duration;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::{clock, page};

/// How many bytes wait in the page before they go over to a blob, which a
/// browser may keep on disk: a list of a million rows must not fill the memory.
const MOST_WAITING: u64 = 8_000_000;

/// How long the address of a saved file stays good: some browsers begin to read
/// it only after the customer has said where to put it.
const ADDRESS_LASTS: Duration = Duration::from_secs(120);

/// A file that is being collected.
pub struct Collected {
    media_type: String,
    blobs: Array,
    waiting: Array,
    waiting_bytes: u64,
    bytes: u64,
}

impl Collected {
    /// Nothing yet of a file of this media type.
    pub fn new(media_type: &str) -> Self {
        Self {
            media_type: media_type.to_owned(),
            blobs: Array::new(),
            waiting: Array::new(),
            waiting_bytes: 0,
            bytes: 0,
        }
    }

    /// Adds the next piece; `false` when the browser has no room for it.
    pub fn push(&mut self, piece: &[u8]) -> bool {
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.waiting.push(&Uint8Array::from(piece));
        self.waiting_bytes = self.waiting_bytes.saturating_add(length);
        self.bytes = self.bytes.saturating_add(length);
        self.waiting_bytes < MOST_WAITING || self.hand_over()
    }

    /// How many bytes there are so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Lets the browser save it under a name; `false` when it cannot.
    pub fn save(mut self, name: &str) -> bool {
        self.hand_over() && self.offer(name).is_some()
    }

    fn hand_over(&mut self) -> bool {
        let Ok(blob) = Blob::new_with_u8_array_sequence(&self.waiting) else {
            return false;
        };
        self.blobs.push(&blob);
        self.waiting = Array::new();
        self.waiting_bytes = 0;
        true
    }

    fn offer(&self, name: &str) -> Option<()> {
        let options = BlobPropertyBag::new();
        options.set_type(&self.media_type);
        let file = Blob::new_with_blob_sequence_and_options(&self.blobs, &options).ok()?;
        let address = Url::create_object_url_with_blob(&file).ok()?;
        let link = page::document()?.create_element("a").ok()?;
        let link: HtmlAnchorElement = link.dyn_into().ok()?;
        link.set_href(&address);
        link.set_download(name);
        link.click();
        leptos::task::spawn_local(async move {
            clock::sleep(ADDRESS_LASTS).await;
            // An address that cannot be taken back ends with the page.
            let _ = Url::revoke_object_url(&address);
        });
        Some(())
    }
}
