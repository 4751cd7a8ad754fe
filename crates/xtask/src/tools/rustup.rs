//! What rustup adds to the toolchain: the wasm target, rustfmt and clippy.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::search_path;
use crate::paths::Paths;
use crate::run;

const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that the toolchain can compile to wasm.
///
/// # Errors
/// rustc cannot be run, the target is missing and rustup cannot add it, or we were stopped.
pub fn wasm_target(paths: &Paths) -> Result<()> {
    let library =
        run::output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    add(
        paths,
        &["target", "add", TARGET],
        &format!("Installing the Rust target {TARGET}"),
    )
}

/// Makes sure that a cargo subcommand of the toolchain is there, such as `clippy`.
///
/// # Errors
/// The component is missing and rustup cannot add it, or we were stopped.
pub fn component(paths: &Paths, name: &str, subcommand: &str) -> Result<()> {
    let mut ask = Command::new("cargo");
    ask.args([subcommand, "--version"]).current_dir(&paths.root);
    if run::output(&mut ask).is_ok() {
        return Ok(());
    }
    add(
        paths,
        &["component", "add", name],
        &format!("Installing the Rust component {name}"),
    )
}

fn add(paths: &Paths, what: &[&str], saying: &str) -> Result<()> {
    let Some(rustup) = search_path::find("rustup") else {
        bail!(
            "this Rust lacks something, and there is no rustup to add it. Install Rust from \
             https://rustup.rs, or add it by your system's packages (what rustup would be asked: \
             `rustup {}`)",
            what.join(" ")
        );
    };
    let mut command = Command::new(rustup);
    command.args(what).current_dir(&paths.root);
    run::quietly(
        saying,
        "a few seconds, once",
        &mut command,
        &paths.log("rustup")?,
    )
}
