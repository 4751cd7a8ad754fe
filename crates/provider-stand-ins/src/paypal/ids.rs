//! Identifiers that look like the provider's own.

use std::fmt::Write as _;

/// The letters and digits of orders, captures and refunds.
const ANY: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// The letters and digits of accounts: those that no reader takes for another.
const ACCOUNT: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

fn random(alphabet: &[u8], length: usize) -> String {
    (0..length)
        .map(|_| {
            let place = rand::random::<u32>() as usize % alphabet.len();
            char::from(alphabet[place])
        })
        .collect()
}

/// For an order, a capture, a refund or a transmission's certificate.
pub(super) fn transaction() -> String {
    // The first is a digit, so that no id is taken for a word.
    random(&ANY[1..10], 1) + &random(ANY, 16)
}

/// For a customer's or a merchant's account.
pub(super) fn account() -> String {
    random(ACCOUNT, 13)
}

/// For an event.
pub(super) fn event() -> String {
    format!("WH-{}-{}", transaction(), transaction())
}

/// For a dispute.
pub(super) fn dispute() -> String {
    let letters = random(&ACCOUNT[8..], 3);
    format!("PP-R-{letters}-{}", random(b"123456789", 8))
}

/// For a call, so that the provider's support can find it.
pub(super) fn debug() -> String {
    hex(13)
}

/// For one try to deliver an event.
pub(super) fn transmission() -> String {
    // Nothing but digits would be no transmission id, hence the letter.
    format!("a{}-{}-11ef-{}-{}", hex(7), hex(4), hex(4), hex(12))
}

/// For an access token.
pub(super) fn access_token() -> String {
    format!("A21AA{}{}", random(ANY, 40), random(ANY, 40))
}

fn hex(digits: usize) -> String {
    let mut text = String::with_capacity(digits);
    while text.len() < digits {
        // Writing to a string does not fail.
        let _ = write!(text, "{:x}", rand::random::<u8>() % 16);
    }
    text
}
