//! Running Trunk: the crate to wasm and its glue, everything under plain names.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::paths::Paths;
use crate::run;
use crate::tools::Building;

/// Set while xtask drives Trunk, so that Trunk's hook leaves the work to xtask.
pub const DRIVEN: &str = "PORTICO_BUILD_DRIVEN";

/// Builds the app into a folder of its own.
pub fn build(paths: &Paths, tools: &Building, staging: &Path) -> Result<()> {
    let mut command = Command::new(&tools.trunk);
    command
        .args(["build", "--release=true", "--filehash=false", "--minify=false", "--no-sri=true"])
        .args(["--offline=true", "--skip-version-check", "--color=never", "--locked=true"])
        // Relative, so that <base href> alone says where the portal lies.
        .args(["--public-url", "./", "--dist"])
        .arg(staging)
        .current_dir(&paths.root)
        .env("PATH", tools.search_path()?)
        .env(DRIVEN, "1")
        // They would take the place of the flags in .cargo/config.toml.
        .env_remove("RUSTFLAGS")
        // Trunk takes these from the environment and wants `true` or `false`.
        .env_remove("NO_COLOR");
    run::quietly(
        "Building the app for the browser",
        "3 to 5 minutes the first time",
        &mut command,
        &paths.log("trunk")?,
    )
}
