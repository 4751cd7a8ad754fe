//! Passwords: hashed with Argon2id, checked in the same time whether or not
//! there is an account, and shown nowhere.

mod hasher;
mod stored;
mod verifier;

use std::fmt;

use api_types::Password;

pub use hasher::Hasher;
pub use stored::UnusableHash;
pub use verifier::{QueueFull, Turn, Verifier};

/// The shortest password that is taken, in characters.
pub const LEAST_CHARACTERS: usize = 12;
/// The longest password that is looked at, in bytes: hashing costs by length.
pub const MOST_BYTES: usize = 1024;

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
    /// It has more than [`MOST_BYTES`].
    TooLong,
    /// The system gave no random salt.
    NoSalt,
}

impl fmt::Display for BadPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => write!(f, "a password has at least {LEAST_CHARACTERS} characters"),
            Self::TooLong => write!(f, "a password has at most {MOST_BYTES} bytes"),
            Self::NoSalt => f.write_str("the system gave no random numbers to hash with"),
        }
    }
}

impl std::error::Error for BadPassword {}

/// Hashes one new password, for commands that hash no other. It takes tens of milliseconds and
/// 19 MiB until it returns: run it off the event loop.
///
/// # Errors
/// As [`Hasher::hash`].
pub fn hash(password: &Password) -> Result<PasswordHash, BadPassword> {
    Hasher::default().hash(password)
}
