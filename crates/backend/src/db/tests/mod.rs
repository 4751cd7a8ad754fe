//! What the rows have to hold, whatever is done to them.

mod account_commands;
mod bounds;
mod calendar;
mod calendar_commands;
mod concurrent_requests;
mod conflicts;
mod history;
mod ledger;
mod paging;
mod payable;
pub(crate) mod portal;
mod refunds;
mod reviews;
mod rows;

pub(crate) use portal::Portal;
