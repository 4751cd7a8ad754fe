//! Argon2 over memory that is kept and used again. Freed after each password, blocks of 19 MiB
//! stay with the allocator: hundreds of megabytes after a few hundred tries.

use api_types::Password;
use argon2::password_hash::phc::{self, Output, Salt};
use argon2::password_hash::{self, try_generate_salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use subtle::ConstantTimeEq as _;

use super::stored::{LANES, MEMORY_KIB, NOBODYS, PASSES, Stored, UnusableHash};
use super::{BadPassword, LEAST_CHARACTERS, PasswordHash, is_too_long};

/// Hashes and checks one password at a time, in memory of its own: 19 MiB from the first use
/// until it is dropped.
#[derive(Default)]
pub struct Hasher {
    blocks: Vec<Block>,
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What passwords leave in the blocks must not be shown.
        f.debug_struct("Hasher").finish_non_exhaustive()
    }
}

impl Hasher {
    /// Hashes a new password. It takes tens of milliseconds: run it off the event loop.
    ///
    /// # Errors
    /// [`BadPassword`] if the password is too short or too long, or the system gave no random salt.
    pub fn hash(&mut self, password: &Password) -> Result<PasswordHash, BadPassword> {
        if password.0.chars().count() < LEAST_CHARACTERS {
            return Err(BadPassword::TooShort);
        }
        if is_too_long(password) {
            return Err(BadPassword::TooLong);
        }
        let salt = try_generate_salt().map_err(|_| BadPassword::NoSalt)?;
        self.hash_with_salt(password, &salt)
            .map_err(|_| BadPassword::NoSalt)
    }

    /// Whether the password is the one that was hashed. It takes tens of milliseconds, and as
    /// long where there is no hash or an unusable one, so that the time does not tell whether
    /// there is an account. A hash with other parameters takes its own time.
    ///
    /// # Errors
    /// [`UnusableHash`] if no password can be checked against the stored hash: the customer needs a
    /// new password.
    pub fn verify(
        &mut self,
        password: &Password,
        stored: Option<&PasswordHash>,
    ) -> Result<bool, UnusableHash> {
        if is_too_long(password) {
            return Ok(false);
        }
        let theirs = stored.map(|hash| Stored::parse(&hash.0)).transpose();
        let (hash, unusable) = match theirs {
            Ok(Some(theirs)) => (theirs, None),
            Ok(None) => (Stored::parse(NOBODYS)?, None),
            Err(why) => (Stored::parse(NOBODYS)?, Some(why)),
        };
        let mut computed = [0; Output::MAX_LENGTH];
        let computed = computed
            .get_mut(..hash.output.len())
            .ok_or(UnusableHash::Garbled)?;
        let argon2 = Argon2::new(hash.algorithm, hash.version, hash.params);
        self.fill(&argon2, password, &hash.salt, computed)
            .map_err(|_| UnusableHash::Garbled)?;
        let is_right = computed.ct_eq(hash.output.as_bytes());
        match unusable {
            Some(why) => Err(why),
            None => Ok(bool::from(is_right) && stored.is_some()),
        }
    }

    fn hash_with_salt(
        &mut self,
        password: &Password,
        salt: &[u8],
    ) -> password_hash::Result<PasswordHash> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
        let described = phc::ParamsString::try_from(&params)?;
        let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
        let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
        let argon2 = Argon2::new(algorithm, version, params);
        self.fill(&argon2, password, salt, &mut output)?;
        let hash = phc::PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: described,
            salt: Some(Salt::new(salt)?),
            hash: Some(Output::new(&output)?),
        };
        Ok(PasswordHash(hash.to_string()))
    }

    /// Computes an output in the blocks, and overwrites what that leaves in them.
    fn fill(
        &mut self,
        argon2: &Argon2<'_>,
        password: &Password,
        salt: &[u8],
        output: &mut [u8],
    ) -> argon2::Result<()> {
        if self.blocks.is_empty() {
            // Taken once at its full size: growing would copy, and leave the smaller ones behind.
            self.blocks = vec![Block::new(); MEMORY_KIB as usize];
        }
        let mut blocks = Overwritten(&mut self.blocks);
        argon2.hash_password_into_with_memory(password.0.as_bytes(), salt, output, &mut blocks)
    }
}

/// Blocks that are overwritten with zeros at the end, also when the computation panics. They
/// outlive the request by far, and what is in them follows from the password: with a copy of
/// this memory, guesses could be compared without the cost of a whole hash.
struct Overwritten<'a>(&'a mut [Block]);

impl AsMut<[Block]> for Overwritten<'_> {
    fn as_mut(&mut self) -> &mut [Block] {
        self.0
    }
}

impl Drop for Overwritten<'_> {
    fn drop(&mut self) {
        // The blocks are used again, so the compiler cannot leave this out.
        self.0.fill(Block::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password(text.to_owned())
    }

    #[test]
    fn only_the_password_that_was_hashed_fits() {
        let mut hasher = Hasher::default();
        let stored = hasher.hash(&password("correct horse battery")).unwrap();
        assert!(
            stored
                .as_stored()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        let mut fits = |text: &str, hash| hasher.verify(&password(text), hash);
        assert_eq!(fits("correct horse battery", Some(&stored)), Ok(true));
        assert_eq!(fits("correct horse batter", Some(&stored)), Ok(false));
        assert_eq!(fits("correct horse battery", None), Ok(false));
        assert_eq!(fits(&"x".repeat(1025), Some(&stored)), Ok(false));
    }

    #[test]
    fn two_hashes_of_a_password_have_salts_of_their_own() {
        let mut hasher = Hasher::default();
        let twice = password("correct horse battery");
        assert_ne!(hasher.hash(&twice), hasher.hash(&twice));
    }

    #[test]
    fn the_hash_is_the_one_that_other_implementations_make() {
        // From the tests of Argon2's authors; the last is of the version before `v=19`.
        for text in [
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
            "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
            "$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
        ] {
            let stored = PasswordHash::from_stored(text.to_owned());
            let mut hasher = Hasher::default();
            let fits = hasher.verify(&password("password"), Some(&stored));
            assert_eq!(fits, Ok(true), "{text}");
            let fits = hasher.verify(&password("passwore"), Some(&stored));
            assert_eq!(fits, Ok(false), "{text}");
        }
    }

    #[test]
    fn a_hash_beyond_the_bounds_fits_nothing_and_says_why() {
        let mut hasher = Hasher::default();
        let text = NOBODYS.replace("m=19456", "m=65536");
        let stored = PasswordHash::from_stored(text);
        let told = hasher.verify(&password("correct horse battery"), Some(&stored));
        assert_eq!(told, Err(UnusableHash::TooMuchMemory { kib: 65536 }));
    }

    #[test]
    fn the_memory_is_taken_once_and_nothing_of_a_password_is_left_in_it() {
        let mut hasher = Hasher::default();
        hasher.hash(&password("correct horse battery")).unwrap();
        let place = hasher.blocks.as_ptr();
        for _ in 0..2 {
            hasher.verify(&password("another password"), None).unwrap();
            assert_eq!(hasher.blocks.as_ptr(), place);
            assert_eq!(hasher.blocks.len(), 19 * 1024);
            let mut words = hasher.blocks.iter().flat_map(AsRef::<[u64]>::as_ref);
            assert!(words.all(|word| *word == 0));
        }
    }

    #[test]
    fn a_password_has_a_least_and_a_greatest_length() {
        let mut hasher = Hasher::default();
        let mut hash = |text: &str| hasher.hash(&password(text));
        assert_eq!(hash("elevenchars"), Err(BadPassword::TooShort));
        assert_eq!(hash(&"x".repeat(1025)), Err(BadPassword::TooLong));
        // Characters count, not bytes.
        assert_eq!(hash("éééééé"), Err(BadPassword::TooShort));
    }

    #[test]
    fn a_hash_is_never_printed() {
        let stored = PasswordHash::from_stored(NOBODYS.to_owned());
        assert_eq!(format!("{stored:?}"), "PasswordHash(…)");
        let hasher = Hasher::default();
        assert_eq!(format!("{hasher:?}"), "Hasher { .. }");
    }
}
