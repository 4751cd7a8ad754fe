//! Stored hashes, as PHC strings: reads what a hash was made with, and refuses what would cost
//! more than signing in may.

use std::fmt;

use argon2::password_hash::phc::{self, Output, Salt};
use argon2::{Algorithm, Params, Version};

/// OWASP's smallest parameters for Argon2id: 19 MiB, two passes, one lane.
pub(super) const MEMORY_KIB: u32 = 19 * 1024;
pub(super) const PASSES: u32 = 2;
pub(super) const LANES: u32 = 1;

/// Passes over the memory that a stored hash may ask for.
const MOST_PASSES: u32 = 5 * PASSES;
/// Lanes that a stored hash may ask for; they are computed one after another.
const MOST_LANES: u32 = 8 * LANES;

/// A hash that belongs to nobody: with it a password costs what it costs with an account's.
/// Whatever the computation gives, it is not taken for right.
pub(super) const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$\
    cG9ydGljb25vYm9keXNzYQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What a hash was made with, and what came of it.
pub(super) struct Stored {
    pub(super) algorithm: Algorithm,
    pub(super) version: Version,
    pub(super) params: Params,
    pub(super) salt: Salt,
    pub(super) output: Output,
}

/// Why no password can be checked against a stored hash. It shows nothing of the hash but its
/// parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnusableHash {
    /// It is no PHC string, or it lacks the salt or the output.
    Garbled,
    /// It was not made with Argon2, or with a version of it that is not known here.
    NotArgon2,
    /// It asks for more memory than there is for one sign-in.
    TooMuchMemory {
        /// How many KiB it asks for.
        kib: u32,
    },
    /// It asks for more passes or lanes than one sign-in may take.
    TooMuchTime {
        /// How many passes over the memory it asks for.
        passes: u32,
        /// How many lanes it asks for.
        lanes: u32,
    },
}

impl fmt::Display for UnusableHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Garbled => f.write_str("the stored hash is no PHC string with salt and output"),
            Self::NotArgon2 => f.write_str("the stored hash was not made with Argon2 (16 or 19)"),
            Self::TooMuchMemory { kib } => write!(
                f,
                "the stored hash asks for {kib} KiB of memory, and at most {MEMORY_KIB} are used"
            ),
            Self::TooMuchTime { passes, lanes } => write!(
                f,
                "the stored hash asks for {passes} passes in {lanes} lanes, and at most \
                 {MOST_PASSES} passes in {MOST_LANES} lanes are done"
            ),
        }
    }
}

impl std::error::Error for UnusableHash {}

impl Stored {
    /// Parses a PHC string and checks its parameters, so that a stored hash cannot cost more than a
    /// sign-in may.
    ///
    /// # Errors
    /// [`UnusableHash::Garbled`] if it is no PHC string or lacks salt or output,
    /// [`UnusableHash::NotArgon2`] if it was not made with Argon2 version 16 or 19,
    /// [`UnusableHash::TooMuchMemory`] if it asks for more than 19 MiB,
    /// [`UnusableHash::TooMuchTime`] if it asks for more than 10 passes or 8 lanes.
    pub(super) fn parse(text: &str) -> Result<Self, UnusableHash> {
        let parsed = phc::PasswordHash::new(text).map_err(|_| UnusableHash::Garbled)?;
        let (Some(salt), Some(output)) = (parsed.salt, parsed.hash) else {
            return Err(UnusableHash::Garbled);
        };
        let algorithm =
            Algorithm::new(parsed.algorithm.as_str()).map_err(|_| UnusableHash::NotArgon2)?;
        // The first Argon2 hashes name no version: it was the one before `v=19`.
        let version = parsed.version.map_or(Ok(Version::V0x10), Version::try_from);
        let version = version.map_err(|_| UnusableHash::NotArgon2)?;
        let params = Params::try_from(&parsed).map_err(|_| UnusableHash::Garbled)?;
        let kib = params.m_cost();
        if kib > MEMORY_KIB {
            return Err(UnusableHash::TooMuchMemory { kib });
        }
        let (passes, lanes) = (params.t_cost(), params.p_cost());
        if passes > MOST_PASSES || lanes > MOST_LANES {
            return Err(UnusableHash::TooMuchTime { passes, lanes });
        }
        Ok(Self {
            algorithm,
            version,
            params,
            salt,
            output,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> UnusableHash {
        match Stored::parse(text) {
            Ok(_) => panic!("{text} was taken"),
            Err(why) => why,
        }
    }

    #[test]
    fn the_hash_that_is_nobodys_costs_what_a_new_one_costs() {
        let nobodys = Stored::parse(NOBODYS).map_err(|e| e.to_string()).unwrap();
        assert_eq!(nobodys.algorithm, Algorithm::Argon2id);
        assert_eq!(nobodys.version, Version::V0x13);
        let params = nobodys.params;
        assert_eq!(
            (params.m_cost(), params.t_cost(), params.p_cost()),
            (MEMORY_KIB, PASSES, LANES)
        );
        assert_eq!((nobodys.salt.len(), nobodys.output.len()), (16, 32));
    }

    #[test]
    fn what_asks_for_more_than_a_sign_in_may_take_is_refused_by_what_it_asks_for() {
        let with = |params: &str| NOBODYS.replace("m=19456,t=2,p=1", params);
        let fine = ["m=19456,t=10,p=1", "m=9216,t=4,p=1", "m=19456,t=2,p=8"];
        for params in fine {
            assert!(Stored::parse(&with(params)).is_ok(), "{params}");
        }
        for (params, says) in [
            ("m=19457,t=2,p=1", "19457 KiB of memory, and at most 19456"),
            ("m=4194304,t=1,p=1", "4194304 KiB"),
            ("m=19456,t=11,p=1", "11 passes in 1 lanes"),
            ("m=19456,t=4294967295,p=1", "4294967295 passes"),
            ("m=19456,t=2,p=9", "2 passes in 9 lanes"),
        ] {
            let told = refused(&with(params)).to_string();
            assert!(told.contains(says), "{params}: {told}");
        }
    }

    #[test]
    fn what_is_no_hash_of_argon2_is_refused() {
        let (head, _) = NOBODYS.rsplit_once('$').unwrap();
        assert_eq!(refused(head), UnusableHash::Garbled);
        for garbled in ["", "secret", "$argon2id$v=19", "$argon2id$v=19$m=0,t=2,p=1"] {
            assert_eq!(refused(garbled), UnusableHash::Garbled, "{garbled}");
        }
        for other in [("argon2id", "scrypt"), ("v=19", "v=20")] {
            let text = NOBODYS.replace(other.0, other.1);
            assert_eq!(refused(&text), UnusableHash::NotArgon2, "{text}");
        }
    }
}
