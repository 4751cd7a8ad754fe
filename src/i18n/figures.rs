//! Figures as the language writes them.

use api_types::Money;

use super::locale::locale;
use crate::browser::intl;

/// An amount with its currency, as in `€1,045.00` or `−€10.00`. On a page use
/// [`Amount`](crate::components::Amount); this is for amounts within sentences.
pub fn money(money: &Money) -> String {
    let currency = money.currency();
    real_minus(&intl::format_money(
        &locale().tag,
        &money.amount_text(),
        currency.code(),
    ))
}

/// Many languages' data (English among them) still write a hyphen where a minus
/// sign belongs.
fn real_minus(figure: &str) -> String {
    figure.replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_before_a_figure_becomes_a_minus_sign() {
        assert_eq!(real_minus("-€10.00"), "\u{2212}€10.00");
    }
}
