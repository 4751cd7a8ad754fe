//! Wallets: the numbers that the gateway knows, and reading what a customer typed.
//!
//! Which wallet it is, is the merchant's word alone: all of them behave the same here.

use serde::Deserialize;

use crate::card::{Card, Outcome};
use crate::payment::Failure;

/// A wallet that the gateway knows.
pub struct NamedWallet {
    /// The number in groups, as people write it.
    pub number: &'static str,
    /// What it does, in words for the page.
    pub does: &'static str,
    /// What it does.
    pub outcome: Outcome,
}

/// Every wallet that the gateway takes.
pub const NAMED_WALLETS: [NamedWallet; 6] = [
    NamedWallet {
        number: "0900 555 4242",
        does: "Pays",
        outcome: Outcome::Pays,
    },
    NamedWallet {
        number: "0900 555 0002",
        does: "Declined",
        outcome: Outcome::Declined(Failure::CardDeclined),
    },
    NamedWallet {
        number: "0900 555 9995",
        does: "Too little money",
        outcome: Outcome::Declined(Failure::InsufficientFunds),
    },
    NamedWallet {
        number: "0900 555 0259",
        does: "Stays on its way",
        outcome: Outcome::StaysPending,
    },
    NamedWallet {
        number: "0900 555 3220",
        does: "Pays a bit later",
        outcome: Outcome::PaysSlowly,
    },
    NamedWallet {
        number: "0900 555 7700",
        does: "Pays after the end",
        outcome: Outcome::PaysTooLate,
    },
];

/// The field of the page's form, as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct WalletEntry {
    /// The wallet's number.
    pub wallet: String,
}

impl WalletEntry {
    /// Reads the wallet number that was typed, as a [`Card`], because a wallet too has an outcome
    /// and four last digits.
    ///
    /// # Errors
    /// The text for the page says what is wrong: nothing was typed, it is not all digits, or it is
    /// none of the test wallets.
    pub fn read(&self) -> Result<Card, &'static str> {
        let letters = self.wallet.chars();
        let digits: String = letters
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .collect();
        if digits.is_empty() {
            return Err("Enter the number of your wallet.");
        }
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err("A wallet number has digits only.");
        }
        let known = NAMED_WALLETS
            .iter()
            .find(|wallet| wallet.number.replace(' ', "") == digits);
        let known = known.ok_or("This is a test page: use one of the test wallets listed here.")?;
        Ok(Card {
            outcome: known.outcome,
            last4: digits
                .get(digits.len() - 4..)
                .unwrap_or_default()
                .to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<Card, &'static str> {
        let wallet = typed.to_owned();
        WalletEntry { wallet }.read()
    }

    #[test]
    fn every_named_wallet_is_taken_however_it_is_grouped() {
        for wallet in &NAMED_WALLETS {
            for typed in [wallet.number.to_owned(), wallet.number.replace(' ', "-")] {
                let card = read(&typed).unwrap();
                assert_eq!(card.outcome, wallet.outcome, "{typed}");
                assert_eq!(card.last4, wallet.number[9..]);
            }
        }
    }

    #[test]
    fn each_wrong_number_says_what_is_wrong() {
        for (typed, says) in [
            (" ", "Enter the number"),
            ("0900 555 424x", "digits only"),
            ("0900 555 4243", "use one of the test wallets"),
            ("é", "digits only"),
        ] {
            let error = read(typed).unwrap_err();
            assert!(error.contains(says), "{typed}: {error}");
        }
    }
}
