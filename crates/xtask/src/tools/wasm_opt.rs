//! wasm-opt: from PATH, from what Trunk has downloaded, or from npm.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{npm, search_path, versions};
use crate::paths::Paths;

/// A wasm-opt that is new enough.
pub struct WasmOpt {
    /// The program.
    pub program: PathBuf,
    /// What it says of itself.
    pub version: String,
}

/// Looks for wasm-opt on PATH, then in Trunk's cache; then installs npm's.
///
/// # Errors
/// None of them is new enough, and npm is missing or cannot install one, or we were stopped.
pub fn find_or_install(paths: &Paths) -> Result<WasmOpt> {
    let found = search_path::all("wasm-opt")
        .into_iter()
        .chain(downloaded_by_trunk(paths));
    if let Some(tool) = found.filter_map(new_enough).next() {
        return Ok(tool);
    }
    let program = |modules: &Path| modules.join(".bin/wasm-opt");
    let modules = npm::package(
        paths,
        "binaryen",
        versions::BINARYEN,
        "a few seconds, once",
        |modules| new_enough(program(modules)).is_some(),
    )
    .with_context(|| {
        format!(
            "no wasm-opt of version {} or newer",
            versions::LEAST_WASM_OPT
        )
    })?;
    let program = program(&modules);
    let version = search_path::version(&program).unwrap_or_default();
    Ok(WasmOpt { program, version })
}

fn new_enough(program: PathBuf) -> Option<WasmOpt> {
    let version = search_path::version(&program)?;
    (number(&version)? >= versions::LEAST_WASM_OPT).then_some(WasmOpt { program, version })
}

/// The number in `wasm-opt version 123 (version_123)`.
fn number(answer: &str) -> Option<u32> {
    answer.split_whitespace().find_map(|word| word.parse().ok())
}

/// Trunk keeps `wasm-opt-version_123/bin/wasm-opt` in a cache folder of its own.
fn downloaded_by_trunk(paths: &Paths) -> Vec<PathBuf> {
    let Some(caches) = paths.cache.parent() else {
        return Vec::new();
    };
    let mut programs: Vec<PathBuf> = ["trunk", "dev.trunkrs.trunk"]
        .iter()
        .filter_map(|folder| fs::read_dir(caches.join(folder)).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("wasm-opt-"))
        })
        .map(|folder| {
            folder
                .join("bin")
                .join(format!("wasm-opt{}", std::env::consts::EXE_SUFFIX))
        })
        .filter(|program| program.is_file())
        .collect();
    // The newest first; the numbers have had three digits for years.
    programs.sort();
    programs.reverse();
    programs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_read_from_what_it_says() {
        for (answer, expected) in [
            ("wasm-opt version 108 (version_108)", Some(108)),
            ("wasm-opt version 132", Some(132)),
            ("wasm-opt", None),
        ] {
            assert_eq!(number(answer), expected, "{answer}");
        }
    }
}
