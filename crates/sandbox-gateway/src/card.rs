//! Cards: the ones that the gateway knows by name, and reading what a customer typed.
//!
//! A full card number lives in one request and nowhere else: nothing here has a `Debug` that shows
//! it, and only the last four digits leave.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::payment::Failure;

/// What happens when a card is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money arrives at once.
    Pays,
    /// The bank refuses.
    Declined(Failure),
    /// The money is on its way until somebody settles it.
    StaysPending,
    /// The money is on its way, and arrives a little later.
    PaysSlowly,
    /// The payment stays open, as while a bank waits for its customer's word, and the money
    /// arrives a little after the payment has ended without it.
    PaysTooLate,
}

/// A card that the gateway knows.
pub struct NamedCard {
    /// The number in groups, as it stands on a card.
    pub number: &'static str,
    /// What it does, in words for the page.
    pub does: &'static str,
    /// What it does.
    pub outcome: Outcome,
}

/// Every card that the gateway takes.
pub const NAMED_CARDS: [NamedCard; 7] = [
    NamedCard {
        number: "4242 4242 4242 4242",
        does: "Pays",
        outcome: Outcome::Pays,
    },
    NamedCard {
        number: "4000 0000 0000 0002",
        does: "Declined",
        outcome: Outcome::Declined(Failure::CardDeclined),
    },
    NamedCard {
        number: "4000 0000 0000 9995",
        does: "Too little money",
        outcome: Outcome::Declined(Failure::InsufficientFunds),
    },
    NamedCard {
        number: "4000 0000 0000 0069",
        does: "Expired",
        outcome: Outcome::Declined(Failure::ExpiredCard),
    },
    NamedCard {
        number: "4000 0000 0000 0259",
        does: "Stays on its way",
        outcome: Outcome::StaysPending,
    },
    NamedCard {
        number: "4000 0000 0000 3220",
        does: "Pays a bit later",
        outcome: Outcome::PaysSlowly,
    },
    NamedCard {
        number: "4000 0000 0000 7700",
        does: "Pays after the end",
        outcome: Outcome::PaysTooLate,
    },
];

/// The fields of the page's form, as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CardEntry {
    /// The card's number.
    pub number: String,
    /// Month and year.
    pub expiry: String,
    /// The three digits on the back.
    pub code: String,
}

/// What is wrong with an entry, field by field, in words for the page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EntryErrors {
    /// About the number.
    pub number: Option<&'static str>,
    /// About the expiry date.
    pub expiry: Option<&'static str>,
    /// About the security code.
    pub code: Option<&'static str>,
}

/// A card that can be tried.
#[derive(Debug, PartialEq, Eq)]
pub struct Card {
    /// What will happen.
    pub outcome: Outcome,
    /// The last four digits of its number, the only part that is ever kept.
    pub last4: String,
}

impl CardEntry {
    /// Reads the card that was typed.
    ///
    /// # Errors
    /// [`EntryErrors`] says for each field what is wrong with it: it is empty or cannot be read,
    /// the number is none of the test cards, or the card has expired.
    pub fn read(&self, now: Timestamp) -> Result<Card, EntryErrors> {
        let number = read_number(&self.number);
        let errors = EntryErrors {
            number: number.as_ref().err().copied(),
            expiry: expiry_error(&self.expiry, now),
            code: code_error(&self.code),
        };
        match number {
            Ok(card) if errors == EntryErrors::default() => Ok(card),
            _ => Err(errors),
        }
    }
}

fn read_number(typed: &str) -> Result<Card, &'static str> {
    let digits: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .collect();
    if digits.is_empty() {
        return Err("Enter the card number.");
    }
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err("A card number has digits only.");
    }
    if !(12..=19).contains(&digits.len()) || !passes_luhn(&digits) {
        return Err("This card number is not complete or has a wrong digit.");
    }
    let known = NAMED_CARDS
        .iter()
        .find(|card| card.number.replace(' ', "") == digits);
    let known = known.ok_or("This is a test page: use one of the test cards listed here.")?;
    let last4 = digits
        .get(digits.len() - 4..)
        .unwrap_or_default()
        .to_owned();
    Ok(Card {
        outcome: known.outcome,
        last4,
    })
}

/// The check digit of card numbers (ISO/IEC 7812).
fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .map(|digit| u32::from(digit - b'0'))
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn expiry_error(typed: &str, now: Timestamp) -> Option<&'static str> {
    if typed.trim().is_empty() {
        return Some("Enter the expiry date.");
    }
    let Some(expiry) = read_expiry(typed) else {
        return Some("Write the expiry date as month and year, like 09/29.");
    };
    let today = now.to_zoned(TimeZone::UTC).date();
    let expired = expiry < (today.year(), today.month());
    expired.then_some("This card has expired. Use another card.")
}

/// Year and month. A card is good to the end of its month.
fn read_expiry(typed: &str) -> Option<(i16, i8)> {
    let typed = typed.trim();
    let (month, year) = match typed.split_once(['/', '-', '.', ' ']) {
        Some((month, year)) => (month.trim(), year.trim_matches(['/', '-', '.', ' '])),
        None => typed.split_at_checked(2)?,
    };
    let digits_only = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
    if !digits_only(month) || !digits_only(year) {
        return None;
    }
    let month: i8 = month
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let year = match (year.len(), year.parse::<i16>().ok()?) {
        (2, year) => 2000 + year,
        (4, year) if year >= 2000 => year,
        _ => return None,
    };
    Some((year, month))
}

fn code_error(typed: &str) -> Option<&'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Some("Enter the security code.");
    }
    let three_digits = typed.len() == 3 && typed.bytes().all(|digit| digit.is_ascii_digit());
    (!three_digits).then_some("The security code has 3 digits.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-30T23:59:59Z".parse().unwrap()
    }

    fn entry(number: &str, expiry: &str, code: &str) -> CardEntry {
        CardEntry {
            number: number.into(),
            expiry: expiry.into(),
            code: code.into(),
        }
    }

    #[test]
    fn every_named_card_passes_luhn_and_keeps_four_digits() {
        for card in &NAMED_CARDS {
            let read = entry(card.number, "12/30", "123").read(now()).unwrap();
            assert_eq!(read.outcome, card.outcome);
            assert_eq!(read.last4, card.number[15..]);
        }
    }

    #[test]
    fn luhn_finds_a_wrong_digit_and_two_that_are_swapped() {
        assert!(passes_luhn("4242424242424242") && passes_luhn("79927398713"));
        for wrong in ["4242424242424241", "2442424242424242", "79927398710"] {
            assert!(!passes_luhn(wrong), "{wrong}");
        }
    }

    #[test]
    fn numbers_may_be_grouped() {
        for typed in [
            "4242424242424242",
            " 4242-4242-4242-4242 ",
            "4242\u{a0}4242 42424242",
        ] {
            assert!(entry(typed, "12/30", "123").read(now()).is_ok(), "{typed}");
        }
    }

    #[test]
    fn each_wrong_number_says_what_is_wrong() {
        let cases = [
            ("", "Enter the card number."),
            ("4242 4242 4242 424x", "A card number has digits only."),
            ("4242 4242 4242 4241", "not complete or has a wrong digit"),
            ("4242", "not complete or has a wrong digit"),
            ("5555 5555 5555 4444", "use one of the test cards"),
        ];
        for (typed, says) in cases {
            let errors = entry(typed, "12/30", "123").read(now()).unwrap_err();
            assert!(errors.number.unwrap().contains(says), "{typed}: {errors:?}");
            assert_eq!((errors.expiry, errors.code), (None, None));
        }
    }

    #[test]
    fn expiry_dates_are_read_as_people_write_them() {
        let cases = [
            ("09/29", Some((2029, 9))),
            ("9/29", Some((2029, 9))),
            ("0929", Some((2029, 9))),
            (" 09 / 29 ", Some((2029, 9))),
            ("09-2029", Some((2029, 9))),
            ("092029", Some((2029, 9))),
            ("13/29", None),
            ("00/29", None),
            ("09", None),
            ("09/209", None),
            ("2029-09", None),
            ("é9/29", None),
            ("soon", None),
            ("+9/29", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(read_expiry(typed), expected, "{typed}");
        }
    }

    #[test]
    fn a_card_is_good_to_the_end_of_its_month() {
        assert_eq!(expiry_error("11/26", now()), None);
        assert_eq!(
            expiry_error("10/26", now()),
            Some("This card has expired. Use another card.")
        );
        let next_month = "2026-12-01T00:00:00Z".parse().unwrap();
        assert!(expiry_error("11/26", next_month).is_some());
    }

    #[test]
    fn the_security_code_has_three_digits() {
        assert_eq!(code_error("007"), None);
        for typed in ["", "12", "1234", "12a"] {
            assert!(code_error(typed).is_some(), "{typed}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let errors = CardEntry::default().read(now()).unwrap_err();
        assert!(errors.number.is_some() && errors.expiry.is_some() && errors.code.is_some());
    }
}
