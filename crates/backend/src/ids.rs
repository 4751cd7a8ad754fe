//! Ids for what the portal makes. They are random, so that none can be guessed from another, and
//! short enough for every provider.

use api_types::{AttemptId, BadId, CheckoutId, EventId, PaymentId};
use rand::RngExt as _;

use crate::gateways::REFUND_KEYS;

/// Letters that are not mistaken for each other when they are read out.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Makes an id for a checkout.
///
/// # Errors
/// [`BadId`] if the id that was made is malformed, which its letters and its length rule out.
pub(crate) fn checkout() -> Result<CheckoutId, BadId> {
    CheckoutId::parse(&format!("co_{}", random(20)))
}

/// Makes an id for a payment.
///
/// # Errors
/// [`BadId`] if the id that was made is malformed, which its letters and its length rule out.
pub(crate) fn payment() -> Result<PaymentId, BadId> {
    PaymentId::parse(&format!("pm_{}", random(20)))
}

/// Makes an id for an event that was asked for.
///
/// # Errors
/// [`BadId`] if the id that was made is malformed, which its letters and its length rule out.
pub(crate) fn event() -> Result<EventId, BadId> {
    EventId::parse(&format!("ev_{}", random(20)))
}

/// Makes an id for an attempt: 20 characters of `0-9 a-z`, which every provider accepts.
///
/// # Errors
/// [`BadId`] if the id that was made is malformed, which its letters and its length rule out.
pub(crate) fn attempt() -> Result<AttemptId, BadId> {
    AttemptId::parse(&random(20))
}

/// Makes an id for a review.
pub(crate) fn review() -> String {
    format!("rv_{}", random(20))
}

/// Makes the key of a refund, by which its payment provider sends it once.
pub(crate) fn refund() -> String {
    format!("{REFUND_KEYS}{}", random(17))
}

/// Makes the reference that the customer writes on a transfer: capitals and digits in groups, easy
/// to copy by hand, and short enough for every bank.
pub(crate) fn reference() -> String {
    let letters = random(12).to_ascii_uppercase();
    let (first, rest) = letters.split_at(4);
    let (second, third) = rest.split_at(4);
    format!("{first}-{second}-{third}")
}

fn random(length: usize) -> String {
    let mut rng = rand::rng();
    let letter = |_| char::from(LETTERS[rng.random_range(0..LETTERS.len())]);
    (0..length).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_takes_the_name_of_an_attempt() {
        for _ in 0..100 {
            let id = attempt().unwrap();
            let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
            assert!(
                id.as_str().len() <= 20 && id.as_str().bytes().all(plain),
                "{id}"
            );
        }
    }

    #[test]
    fn a_reference_fits_every_bank_and_is_easy_to_copy() {
        for _ in 0..100 {
            let reference = reference();
            let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
            assert_eq!(reference.len(), 14);
            assert!(reference.bytes().all(plain), "{reference}");
        }
    }

    #[test]
    fn names_are_never_the_same() {
        let names: std::collections::BTreeSet<_> =
            (0..1000).map(|_| checkout().unwrap().to_string()).collect();
        assert_eq!(names.len(), 1000);
    }
}
