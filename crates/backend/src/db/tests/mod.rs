//! What the rows have to hold, whatever is done to them.

mod bounds;
mod calendar;
mod conflicts;
mod deeds;
mod history;
mod ledger;
mod paging;
pub(crate) mod portal;
mod reckoning;
mod refunds;
mod reviews;
mod rivals;
mod rows;
mod wishes;

pub(crate) use portal::Portal;
