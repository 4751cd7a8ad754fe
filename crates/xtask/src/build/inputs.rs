//! What a build is made from, as one hash: if it is the same, so is the build.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::site::hex;
use crate::paths::Paths;

/// Files and folders of the repository that reach the browser, or decide how they do.
const INPUTS: [&str; 15] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "budgets.toml",
    "index.html",
    "rust-toolchain.toml",
    ".cargo",
    "src",
    "style",
    "locales",
    "public",
    "crates/api-types",
    "crates/api-client",
    "crates/words",
    "crates/xtask",
];

/// Hashes all inputs and the versions of the tools.
///
/// # Errors
/// A file or folder of the inputs cannot be read.
pub fn hash(paths: &Paths, tools: &str) -> Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&paths.root.join(input), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    hash.update(tools);
    for path in files {
        let bytes =
            fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let name = path
            .strip_prefix(&paths.root)
            .unwrap_or(&path)
            .to_string_lossy();
        // Lengths keep two different trees from running together into the same bytes.
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name.as_bytes());
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(&bytes);
    }
    Ok(hex(&hash.finalize()))
}

/// Collects the files under a path. It is no error if nothing is there.
///
/// # Errors
/// A folder cannot be read.
pub fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        let entries =
            fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))?;
        for entry in entries {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}
