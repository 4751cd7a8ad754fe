//! Passwords: hashed with Argon2id, checked in the same time whether or not
//! there is an account, and shown nowhere.

use std::fmt;
use std::sync::OnceLock;

use api_types::Password;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, PasswordHash as Parsed, Version};

/// The shortest password that is taken, in characters.
pub const LEAST_CHARACTERS: usize = 12;

/// OWASP's smallest parameters for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The hash of a password, with its salt and parameters. It has no way to be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// As the database holds it.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// For the database to hold, and for nothing else.
    pub fn as_stored(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Why a password was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPassword {
    /// It has fewer than [`LEAST_CHARACTERS`].
    TooShort,
    /// It has more than [`Password::MOST_CHARACTERS`].
    TooLong,
    /// The system gave no random salt.
    NoSalt,
}

impl fmt::Display for BadPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => write!(f, "a password has at least {LEAST_CHARACTERS} characters"),
            Self::TooLong => {
                let most = Password::MOST_CHARACTERS;
                write!(f, "a password has at most {most} characters")
            }
            Self::NoSalt => f.write_str("the system gave no random numbers to hash with"),
        }
    }
}

impl std::error::Error for BadPassword {}

fn is_too_long(password: &Password) -> bool {
    password.0.chars().count() > Password::MOST_CHARACTERS
}

/// Hashes a new password. It takes tens of milliseconds: run it off the event loop.
pub fn hash(password: &Password) -> Result<PasswordHash, BadPassword> {
    if password.0.chars().count() < LEAST_CHARACTERS {
        return Err(BadPassword::TooShort);
    }
    if is_too_long(password) {
        return Err(BadPassword::TooLong);
    }
    hashed(&password.0)
}

/// Whether the password is the one that was hashed. It takes tens of milliseconds, and as
/// long where there is no hash, so that the time does not tell whether there is an account.
pub fn fits(password: &Password, stored: Option<&PasswordHash>) -> bool {
    if is_too_long(password) {
        return false;
    }
    // Made on every call's way, so that not even the first one shows whose hash it was.
    let nobodys = nobodys_hash();
    let Some(hash) = stored.or(nobodys) else {
        return false;
    };
    let right = Parsed::new(&hash.0).is_ok_and(|parsed| {
        argon2()
            .verify_password(password.0.as_bytes(), &parsed)
            .is_ok()
    });
    right && stored.is_some()
}

/// A hash that belongs to nobody, made once.
fn nobodys_hash() -> Option<&'static PasswordHash> {
    static HASH: OnceLock<Option<PasswordHash>> = OnceLock::new();
    HASH.get_or_init(|| hashed("a password that nobody has").ok())
        .as_ref()
}

fn hashed(password: &str) -> Result<PasswordHash, BadPassword> {
    argon2()
        .hash_password(password.as_bytes())
        .map(|hash| PasswordHash(hash.to_string()))
        .map_err(|_| BadPassword::NoSalt)
}

fn argon2() -> Argon2<'static> {
    // The parameters are within the bounds that `new` checks.
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password(text.to_owned())
    }

    #[test]
    fn only_the_password_that_was_hashed_fits() {
        let stored = hash(&password("correct horse battery")).unwrap();
        assert!(
            stored
                .as_stored()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        assert!(fits(&password("correct horse battery"), Some(&stored)));
        assert!(!fits(&password("correct horse batter"), Some(&stored)));
        assert!(!fits(&password("a password that nobody has"), None));
    }

    #[test]
    fn a_password_has_a_least_and_a_greatest_length() {
        assert_eq!(hash(&password("elevenchars")), Err(BadPassword::TooShort));
        assert_eq!(
            hash(&password(&"x".repeat(1025))),
            Err(BadPassword::TooLong)
        );
        // Characters count, not bytes.
        assert_eq!(hash(&password("éééééé")), Err(BadPassword::TooShort));
    }

    #[test]
    fn a_hash_is_never_printed() {
        let stored = hash(&password("correct horse battery")).unwrap();
        assert_eq!(format!("{stored:?}"), "PasswordHash(…)");
    }
}
