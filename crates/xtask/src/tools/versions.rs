//! The versions that are asked for.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::paths::Paths;

/// 0.22 wants a newer Rust than ours.
pub const TRUNK: &str = "0.21.14";
/// wasm-opt for those who have none, as npm's `binaryen`.
pub const BINARYEN: &str = "132.0.0";
/// The oldest wasm-opt that is taken from PATH; older ones do not know what today's rustc emits.
pub const LEAST_WASM_OPT: u32 = 119;
/// Firefox's driver; it works with older and newer Firefox too.
pub const GECKODRIVER: &str = "0.37.1";
/// The accessibility rules.
pub const AXE: &str = "4.14.1";

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

/// Reads the version of wasm-bindgen in `Cargo.lock`. The command must be of exactly this version.
///
/// # Errors
/// `Cargo.lock` cannot be read, or does not hold wasm-bindgen.
pub fn wasm_bindgen(paths: &Paths) -> Result<String> {
    let lock = fs::read_to_string(paths.root.join("Cargo.lock")).context("Cargo.lock")?;
    locked(&lock, "wasm-bindgen")
}

fn locked(lock: &str, name: &str) -> Result<String> {
    let lock: Lock = toml::from_str(lock).context("Cargo.lock cannot be read")?;
    lock.package
        .into_iter()
        .find(|package| package.name == name)
        .map(|package| package.version)
        .with_context(|| format!("Cargo.lock holds no {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_read_by_the_exact_name() {
        let lock = r#"
            version = 4
            [[package]]
            name = "wasm-bindgen-futures"
            version = "0.4.60"
            [[package]]
            name = "wasm-bindgen"
            version = "0.2.130"
        "#;
        assert_eq!(locked(lock, "wasm-bindgen").unwrap(), "0.2.130");
        assert_eq!(
            locked(lock, "trunk").unwrap_err().to_string(),
            "Cargo.lock holds no trunk"
        );
    }
}
