//! What a thing costs, in the three columns that say so.

use api_types::{Currency, Money};

use super::cells;
use super::table::Cells;

/// The fee, and the deposit on it.
pub type Prices = (Option<Money>, Option<Money>);

/// Fee and deposit, which need a currency if they are there.
pub fn read(row: &mut Cells<'_>) -> Option<Prices> {
    let Some(currency) = row.may("currency", Currency::parse)? else {
        for column in ["fee", "deposit"] {
            if row
                .may(column, |text| Ok::<_, String>(text.to_owned()))?
                .is_some()
            {
                row.fault(
                    "currency",
                    format!("{column} is filled in, so this has to be too"),
                );
                return None;
            }
        }
        return Some((None, None));
    };
    let fee = row.may("fee", |text| cells::no_less_than_zero(text, currency));
    let deposit = row.may("deposit", |text| cells::no_less_than_zero(text, currency));
    Some((fee?, deposit?))
}
