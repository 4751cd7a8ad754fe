//! What a secret in an address looks like: 256 random bits in base64url.

/// What 256 bits are written as: the last of 43 characters has four of them and no more.
pub const SECRET_PATTERN: &str = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$";

const CHARACTERS: usize = 43;
const LAST: &str = "AEIMQUYcgkosw048";

/// Whether a text is 256 bits in base64url.
pub fn is_secret(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    text.len() == CHARACTERS
        && text.bytes().all(plain)
        && text.ends_with(|last| LAST.contains(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_256_bits() {
        for (text, good) in [
            ("x".repeat(43), false),
            ("A".repeat(43), true),
            ("A".repeat(42), false),
            ("A".repeat(44), false),
            (format!("{}=", "A".repeat(42)), false),
            (format!("{}+", "A".repeat(42)), false),
        ] {
            assert_eq!(is_secret(&text), good, "{text}");
        }
    }
}
