//! Credit notes.

use api_types::{CreditNote, CreditNoteId, Timestamp};

use crate::client::Renewable;
use crate::{ApiError, Chunks, Client, Transport};

impl Renewable for CreditNote {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl<T: Transport + Clone> Client<T> {
    /// Reads one credit note.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `not_found` if
    /// the account has no such credit note.
    pub async fn credit_note(&self, id: &CreditNoteId) -> Result<CreditNote, ApiError> {
        self.get_dated(&format!("/credit-notes/{id}")).await
    }

    /// Opens the credit note as a PDF.
    ///
    /// # Errors
    /// The request fails, or the server refuses it before the file begins (see [`ApiError`]). It
    /// answers `not_found` if the account has no such credit note. If the reading breaks off later,
    /// an item of [`Chunks`] says so.
    pub async fn credit_note_pdf(&self, id: &CreditNoteId) -> Result<Chunks, ApiError> {
        self.file(&format!("/credit-notes/{id}/pdf")).await
    }
}
