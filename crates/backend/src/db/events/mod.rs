//! Events: appointments and whatever else takes place.

mod confirm;
mod days;
mod detail;
mod discussion;
mod documents;
mod entries;
mod fee;
mod list;
mod money;
mod place;
mod put;
mod standing;
mod state;
mod summary;

pub use confirm::{confirm, owner};
pub use days::days;
pub use detail::find;
pub(super) use discussion::discussion;
pub use documents::{EventDocumentKind, add_document, clear_documents, count_documents};
pub use entries::{Entry, entries, entry};
pub use fee::{EventFee, fee};
pub use list::list;
pub(super) use list::next;
pub use put::{NewEvent, put};
pub use standing::Standing;
pub use state::{begun_last, run_out_last};
pub(super) use state::{lapsed_sql, upcoming_sql};
pub(super) use summary::{all_day, summaries};

#[cfg(test)]
pub(super) use list::half;
