//! Amounts as people type them: with the separators and digits of their
//! language, and no guess where the text could be read in two ways.

use api_types::{BadMoney, Currency, Money};
use words::key;

use super::figures;
use super::locale::locale;
use super::text::{fill, plural, t};
use crate::browser::intl;

/// The signs that an amount is typed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Separators {
    /// Between whole and fraction.
    pub decimal: char,
    /// Between groups of digits.
    pub group: char,
    /// The language's digit zero; its nine others follow it.
    pub zero: char,
    /// How the language writes the currency, as in `€`.
    pub symbol: String,
}

/// Why a typed text is no amount of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyEntryError {
    /// Nothing has been typed.
    Empty,
    /// Not a number, or one that could be read in two ways.
    NotANumber,
    /// A minus sign: what is paid is typed without.
    Negative,
    /// More digits after the decimal point than the currency has.
    TooManyDigits {
        /// How many it has.
        most: u32,
    },
    /// More than [`Money::most`].
    TooLarge,
}

/// The zeros of the digits that keyboards write: Arabic-Indic, Persian,
/// Devanagari, Bengali, full width.
const ZEROS: [char; 5] = ['\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{FF10}'];

/// Marks that only turn the direction of text.
const DIRECTION_MARKS: [char; 5] = ['\u{200E}', '\u{200F}', '\u{61C}', '\u{2068}', '\u{2069}'];

const MINUS_SIGNS: [char; 3] = ['-', '\u{2212}', '\u{2013}'];

/// Reads a typed amount. The separators of the language are tried first. Others are tried only
/// where the text cannot be read with those at all, so `12,50` is twelve and a half in English too,
/// and `12,500` is not.
///
/// # Errors
/// [`MoneyEntryError`] says why the text is no amount: it is empty, not a number, negative, too
/// large, or has more digits after the decimal point than the currency.
pub fn parse_entry(
    text: &str,
    separators: &Separators,
    currency: Currency,
) -> Result<Money, MoneyEntryError> {
    let bare = bare(text, separators, currency);
    if bare.is_empty() {
        return Err(MoneyEntryError::Empty);
    }
    let unsigned = bare.trim_matches(|c: char| MINUS_SIGNS.contains(&c) || c.is_whitespace());
    let habits = [
        (separators.decimal, separators.group),
        ('.', ','),
        (',', '.'),
        ('\u{66B}', '\u{66C}'),
    ];
    let (whole, fraction) = habits
        .into_iter()
        .find_map(|(decimal, group)| whole_and_fraction(unsigned, decimal, group))
        .ok_or(MoneyEntryError::NotANumber)?;
    if unsigned.len() < bare.len() {
        return Err(MoneyEntryError::Negative);
    }
    exact(&whole, &fraction, currency)
}

/// The amount at exactly its currency's scale.
fn exact(whole: &str, fraction: &str, currency: Currency) -> Result<Money, MoneyEntryError> {
    let most = currency.minor_digits();
    let scale = usize::try_from(most).unwrap_or(0);
    if fraction.len() > scale {
        return Err(MoneyEntryError::TooManyDigits { most });
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let text = if scale == 0 {
        whole.to_owned()
    } else {
        format!("{whole}.{fraction:0<scale$}")
    };
    Money::parse(&text, currency).map_err(|bad| match bad {
        BadMoney::TooLarge { .. } => MoneyEntryError::TooLarge,
        _ => MoneyEntryError::NotANumber,
    })
}

/// The text with plain digits and without the currency that may stand beside them.
fn bare(text: &str, separators: &Separators, currency: Currency) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !DIRECTION_MARKS.contains(c))
        .map(|c| plain_digit(c, separators.zero))
        .collect();
    let mut rest = plain.trim();
    for name in [separators.symbol.as_str(), currency.code()] {
        rest = without(rest, name).trim();
    }
    rest.to_owned()
}

/// A text without a name at its start or its end, in capitals or not.
fn without<'a>(text: &'a str, name: &str) -> &'a str {
    let is = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.eq_ignore_ascii_case(name))
    };
    if is(text.get(..name.len())) {
        return &text[name.len()..];
    }
    match text.len().checked_sub(name.len()) {
        Some(at) if is(text.get(at..)) => &text[..at],
        _ => text,
    }
}

fn plain_digit(c: char, zero: char) -> char {
    let zeros = ZEROS.into_iter().chain([zero]);
    let value = zeros
        .filter_map(|zero| u32::from(c).checked_sub(u32::from(zero)))
        .find(|value| *value < 10);
    value
        .and_then(|value| char::from_digit(value, 10))
        .unwrap_or(c)
}

/// The digits on both sides of the decimal sign; `None` if the text is not
/// written like that.
fn whole_and_fraction(text: &str, decimal: char, group: char) -> Option<(String, String)> {
    let (whole, fraction) = text.split_once(decimal).unwrap_or((text, ""));
    let between_groups = |c: char| c == group || c.is_whitespace() || matches!(c, '\'' | '’');
    let groups: Vec<&str> = whole.split(between_groups).collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let all_digits = digits(fraction) && groups.iter().all(|group| digits(group));
    // The last group has three digits; the others two in some languages.
    let well_grouped = match groups.as_slice() {
        [] | [_] => true,
        [first, middle @ .., last] => {
            (1..=3).contains(&first.len())
                && middle.iter().all(|group| (2..=3).contains(&group.len()))
                && last.len() == 3
        }
    };
    let whole = groups.concat();
    let something = !(whole.is_empty() && fraction.is_empty());
    (all_digits && well_grouped && something).then(|| (whole, fraction.to_owned()))
}

/// Reads an amount as it is typed in the language in use.
///
/// # Errors
/// [`MoneyEntryError`] says why the text is no amount, as in [`parse_entry`].
pub fn money_entry(text: &str, currency: Currency) -> Result<Money, MoneyEntryError> {
    let signs = intl::figure_signs(&locale().tag, currency.code());
    let separators = Separators {
        decimal: signs.decimal.unwrap_or('.'),
        group: signs.group.unwrap_or(','),
        zero: signs.zero.unwrap_or('0'),
        symbol: signs.currency.unwrap_or_default(),
    };
    parse_entry(text, &separators, currency)
}

/// An amount as it would be typed in the language in use: [`money_entry`] reads it back.
pub fn money_entry_text(money: Money) -> String {
    let signs = intl::figure_signs(&locale().tag, money.currency().code());
    let decimal = signs.decimal.unwrap_or('.');
    typed(money, decimal)
}

fn typed(money: Money, decimal: char) -> String {
    let plain = money.amount_text();
    plain.replace('.', decimal.encode_utf8(&mut [0; 4]))
}

/// What is wrong with a typed amount and what to do.
pub fn money_entry_words(error: MoneyEntryError, currency: Currency) -> String {
    match error {
        MoneyEntryError::Empty => t(key::controls::MONEY_EMPTY),
        MoneyEntryError::NotANumber => {
            let example = figures::money(&Money::from_minor(104_500, currency));
            fill(key::controls::MONEY_NOT_A_NUMBER, [("example", &example)])
        }
        MoneyEntryError::Negative => t(key::controls::MONEY_NEGATIVE),
        MoneyEntryError::TooManyDigits { most: 0 } => {
            fill(key::controls::MONEY_WHOLE, [("currency", currency.code())])
        }
        MoneyEntryError::TooManyDigits { most } => plural(
            key::controls::MONEY_DIGITS,
            most,
            [("currency", currency.code())],
        ),
        MoneyEntryError::TooLarge => {
            let most = figures::money(&Money::most(currency));
            fill(key::controls::MONEY_TOO_LARGE, [("most", &most)])
        }
    }
}

// On the host, where proptest is.
#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "entry_tests.rs"]
mod tests;
