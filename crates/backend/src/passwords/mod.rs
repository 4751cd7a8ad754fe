//! Passwords: hashed with Argon2id, checked in the same time whether or not
//! there is an account, and shown nowhere.

mod hasher;
mod stored;
mod verifier;

use std::fmt;

use api_types::Password;

pub use hasher::Hasher;
pub use stored::UnusableHash;
pub use verifier::{HashPermit, QueueFull, Verifier};

/// The shortest password that is taken, in characters.
pub const LEAST_CHARACTERS: usize = 12;

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

/// Whether it is longer than what is looked at: hashing costs by length.
fn is_too_long(password: &Password) -> bool {
    password.0.chars().count() > Password::MOST_CHARACTERS
}

/// Hashes one new password, for commands that hash no other. It takes tens of milliseconds and
/// 19 MiB until it returns: run it off the event loop.
///
/// # Errors
/// As [`Hasher::hash`].
pub fn hash(password: &Password) -> Result<PasswordHash, BadPassword> {
    Hasher::default().hash(password)
}
