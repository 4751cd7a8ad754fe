//! What an `Idempotency-Key` looks like.

/// The characters of the longest key.
pub const MOST_IDEMPOTENCY_KEY_CHARACTERS: usize = 128;
/// What a key is written with: what ASCII prints, without blanks.
pub const IDEMPOTENCY_KEY_PATTERN: &str = "^[!-~]+$";

/// Whether a text can be the value of [`crate::IDEMPOTENCY_HEADER`].
pub fn is_idempotency_key(text: &str) -> bool {
    (1..=MOST_IDEMPOTENCY_KEY_CHARACTERS).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_graphic())
}
