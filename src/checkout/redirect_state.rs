//! What a tab remembers while it is at the payment provider: which checkout,
//! and where in the portal to come back to. No amount, no token, no name.
//!
//! The return page and the launch page read the same three entries.

use api_types::CheckoutId;

use crate::browser::page;
use crate::browser::storage::{self, Remembered};

/// A checkout that this tab has left for the provider with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectState {
    /// The checkout.
    pub checkout: CheckoutId,
    /// The id of the button that was pressed.
    pub button_id: String,
}

/// Remembers the way back, to the address that the portal is at now. Where the browser may
/// navigate this tab before the server has named the checkout there is none.
pub fn remember(checkout: Option<&CheckoutId>, button_id: &str) {
    let checkout = checkout.map_or("", CheckoutId::as_str);
    storage::set(Remembered::LeftCheckout, Some(checkout));
    storage::set(Remembered::LeftPath, Some(&page::path()));
    storage::set(Remembered::LeftButton, Some(button_id));
}

/// What this tab has left with, if it has.
pub fn recall() -> Option<RedirectState> {
    let checkout = storage::get(Remembered::LeftCheckout)?;
    Some(RedirectState {
        checkout: CheckoutId::parse(&checkout).ok()?,
        button_id: storage::get(Remembered::LeftButton).unwrap_or_default(),
    })
}

/// Nobody comes back any more.
pub fn forget() {
    storage::set(Remembered::LeftCheckout, None);
    storage::set(Remembered::LeftPath, None);
    storage::set(Remembered::LeftButton, None);
}
