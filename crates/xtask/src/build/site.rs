//! The site in memory: pages under their own names, assets named by their bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// How much of the hash stands in a name: 60 bits are plenty for telling builds apart.
const HASH_DIGITS: usize = 15;

/// Every file of the site.
#[derive(Default)]
pub struct Site {
    plain: bool,
    files: BTreeMap<String, Vec<u8>>,
    /// From the address that sources use to the address that the browser asks for.
    names: BTreeMap<String, String>,
}

impl Site {
    /// A site whose assets keep their names, for developing: nothing may be
    /// cached there, and what a page loads is easy to read.
    pub fn plain() -> Self {
        Self {
            plain: true,
            ..Self::default()
        }
    }

    /// Adds a file that must keep its name, because people and browsers know it.
    pub fn page(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.to_owned(), bytes.into());
    }

    /// Adds a file under `assets/` that is named by its bytes, and returns the
    /// name. `address` is what the sources call it.
    pub fn asset(&mut self, address: &str, bytes: impl Into<Vec<u8>>) -> String {
        let bytes = bytes.into();
        let name = if self.plain {
            address.to_owned()
        } else {
            hashed_name(address, &bytes)
        };
        self.files.insert(name.clone(), bytes);
        self.names.insert(address.to_owned(), name.clone());
        name
    }

    /// The name that an address of the sources has got.
    pub fn name(&self, address: &str) -> Option<&str> {
        let address = address.strip_prefix("./").unwrap_or(address);
        self.names.get(address).map(String::as_str)
    }

    /// The bytes of a file.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// Every file, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// Adds what was compressed beforehand.
    pub fn add_compressed(&mut self, files: Vec<(String, Vec<u8>)>) {
        self.files.extend(files);
    }

    /// Writes every file into a folder.
    ///
    /// # Errors
    /// A folder cannot be made, or a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, bytes)
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
        Ok(())
    }
}

fn hashed_name(address: &str, bytes: &[u8]) -> String {
    let file = address.rsplit('/').next().unwrap_or(address);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
    let hash = hex(&Sha256::digest(bytes));
    format!("assets/{stem}.{}.{extension}", &hash[..HASH_DIGITS])
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_exactly_when_the_bytes_do() {
        let name = |bytes: &str| Site::default().asset("public/boot.js", bytes);
        assert_eq!(name("a"), name("a"));
        assert_ne!(name("a"), name("b"));
        assert!(name("a").starts_with("assets/boot.") && name("a").ends_with(".js"));
    }

    #[test]
    fn names_with_dots_keep_what_tells_them_apart() {
        let name = Site::default().asset("assets/words.en.json", "{}");
        assert!(
            name.starts_with("assets/words.en.") && name.ends_with(".json"),
            "{name}"
        );
    }
}
