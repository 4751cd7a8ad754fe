//! `cargo xtask serve`: Trunk's development server, with its tools on PATH.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::paths::Paths;
use crate::tools::Serving;
use crate::{run, say};

/// Serves the app and builds it anew at every change, until Ctrl-C.
///
/// # Errors
/// A tool cannot be installed, trunk cannot be run or fails, or we were stopped.
pub fn serve(paths: &Paths) -> Result<()> {
    let tools = Serving::ready(paths)?;
    say::line("The app is shown at http://localhost:8081; what it asks goes to a running demo.");
    let mut command = Command::new(&tools.trunk);
    command
        .args(["serve", "--offline=true", "--skip-version-check"])
        .current_dir(&paths.root)
        .env("PATH", tools.search_path()?)
        .env_remove("RUSTFLAGS")
        .env_remove("NO_COLOR");
    let status = run::streamed(&mut command, |line| say::line(line))?;
    ensure!(status.success(), "trunk has ended ({status})");
    Ok(())
}
