//! Names of things. A provider's own ids are kept, so an id is text, not a number.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::described::described;

/// Why a text is not an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadId;

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is 1 to 64 characters of A-Z, a-z, 0-9, '-', '_' and '.'")
    }
}

impl std::error::Error for BadId {}

/// The characters of the longest id.
pub const MOST_ID_CHARACTERS: usize = 64;
/// What an id is written with; a name of dots alone would be a path of its own in an address.
pub const ID_PATTERN: &str = r"^\.*[A-Za-z0-9_-][A-Za-z0-9._-]*$";

fn check(text: &str) -> Result<&str, BadId> {
    let fits = (1..=MOST_ID_CHARACTERS).contains(&text.len());
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    let named = text.bytes().any(|b| b != b'.');
    if fits && plain && named {
        Ok(text)
    } else {
        Err(BadId)
    }
}

macro_rules! id {
    ($(#[doc = $doc:literal])+ $name:ident) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        described!(
            $name,
            crate::schema::text_of(&[$($doc),+])
                .pattern(Some(ID_PATTERN))
                .max_length(Some(MOST_ID_CHARACTERS))
        );

        impl $name {
            /// Takes a text that is 1 to 64 characters of `A-Z a-z 0-9 - _ .`.
            ///
            /// # Errors
            /// [`BadId`] if the text is empty or longer, has another character, or is made of dots
            /// alone.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                check(text).map(|text| Self(text.to_owned()))
            }

            /// The id as it travels.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                Self::parse(text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(/** The person whose account it is. */ CustomerId);
id!(/** An event, by the provider's own id. */ EventId);
id!(/** An invoice, by the provider's own id. */ InvoiceId);
id!(/** A credit note, by the provider's own id. */ CreditNoteId);
id!(/** A payment, purchase or refund on the account. */ PaymentId);
id!(/** A payment by a customer, from the button to its end. */ CheckoutId);
id!(
    /// One try of a checkout at one payment provider; its text is the reference
    /// that the provider is given: at most 20 of `A-Z a-z 0-9 -`.
    AttemptId
);
id!(/** One of the choices within a way to pay, such as a wallet. */ OptionId);
id!(/** A way to pay, as the provider set it up. */ MethodId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_plain_text_of_one_to_sixty_four_characters() {
        for good in ["INV-2041", "a", "cus_7.b", &"x".repeat(64)] {
            assert!(InvoiceId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", " ", "a b", "a/b", "..", ".", "é", &"x".repeat(65)] {
            assert_eq!(InvoiceId::parse(bad), Err(BadId), "{bad}");
        }
    }
}
