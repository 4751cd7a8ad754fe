//! Format and lints, for the host and for wasm.

use std::process::Command;

use anyhow::{Result, bail};

use crate::paths::{self, Paths};
use crate::{run, say, tools};

const CHECKS: [(&str, &[&str]); 3] = [
    ("Format", &["fmt", "--all", "--check"]),
    (
        "Lints for the host",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
    ),
    (
        "Lints for wasm",
        &[
            "clippy",
            "--package",
            "portico",
            "--all-targets",
            // As it is delivered; the lints for the host see it whole.
            "--features",
            "split",
            "--locked",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ],
    ),
];

/// Runs every check, also after one has failed, so that one run shows all faults.
///
/// # Errors
/// A check fails or cannot be run, a tool cannot be installed, or we were stopped.
pub fn lint(paths: &Paths) -> Result<()> {
    tools::rustup_component(paths, "rustfmt", "fmt")?;
    tools::rustup_component(paths, "clippy", "clippy")?;
    tools::wasm_target(paths)?;
    let mut failed = Vec::new();
    for (what, arguments) in CHECKS {
        say::line(format!("{what}: cargo {}", arguments.join(" ")));
        let mut command = Command::new(paths::cargo());
        command.args(arguments).current_dir(&paths.root);
        let status = run::streamed(&mut command, |line| say::line(line))?;
        if !status.success() {
            failed.push(what);
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}
