//! What the rows have to hold, whatever is done to them.

mod ledger;
mod paging;
mod portal;
mod reckoning;

pub(crate) use portal::Portal;
