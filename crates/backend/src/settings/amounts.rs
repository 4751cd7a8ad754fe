//! Amounts by currency, as they are written in the settings.

use std::collections::BTreeMap;
use std::fmt::Display;

use api_types::{Currency, Money};

/// Amounts by their currencies, as in `{ EUR = "5.00" }`.
pub(super) type Amounts = BTreeMap<String, String>;

/// Reads amounts that stand under a key of the settings. What is wrong with them is noted, with
/// the key and with what the amounts are called in a sentence.
pub(super) fn read(
    key: &str,
    name: &str,
    amounts: Amounts,
    problems: &mut Vec<String>,
) -> BTreeMap<Currency, Money> {
    let mut read = BTreeMap::new();
    let mut wrong = |code: &str, why: &dyn Display| {
        problems.push(format!("{key}.{code}: {name} of {code}: {why}"));
    };
    for (code, text) in amounts {
        let currency = match Currency::parse(&code) {
            Ok(currency) => currency,
            Err(why) => {
                wrong(&code, &why);
                continue;
            }
        };
        match Money::parse(&text, currency) {
            Ok(money) if money.is_positive() => {
                read.insert(currency, money);
            }
            Ok(_) => wrong(
                &code,
                &"it has to be more than nothing; leave it out instead",
            ),
            Err(why) => wrong(&code, &why),
        }
    }
    read
}
