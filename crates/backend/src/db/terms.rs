//! What a query has to be told by the clock and the settings, since the database knows neither.

use api_types::{Currency, Day, Party, Timestamp};

/// By whose clock and by which settings figures are reckoned.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Now, by the backend's clock.
    pub now: Timestamp,
    /// The day that it is in the portal's time zone: overdue turns by it.
    pub today: Day,
    /// The currencies that some payment method takes; none where paying is switched off.
    pub payable: Vec<Currency>,
    /// Who invoices.
    pub seller: Party,
}

impl Terms {
    /// Whether anything can be paid in a currency at all.
    pub fn takes(&self, currency: Currency) -> bool {
        self.payable.contains(&currency)
    }
}
