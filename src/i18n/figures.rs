//! Figures as the language writes them.

use api_types::Money;

use super::locale::locale;
use crate::browser::intl;

/// An amount with its currency, as in `€1,045.00` or `−€10.00`. On a page use
/// [`Amount`](crate::components::Amount); this is for amounts within sentences.
pub fn money(money: &Money) -> String {
    intl::format_money(&locale().tag, &money.amount_text(), money.currency().code())
}
