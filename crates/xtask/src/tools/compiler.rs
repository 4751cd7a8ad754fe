//! The C compiler: some libraries of the servers and of the tools are written in C.

use std::env;

use anyhow::{Result, bail};

use super::search_path;

/// Checks that there is a C compiler.
///
/// # Errors
/// There is none. The error says what to install.
pub fn check() -> Result<()> {
    // Rust for Windows brings its own way of finding Visual C++.
    let chosen = env::var_os("CC").is_some_and(|value| !value.is_empty());
    if cfg!(windows) || chosen || ["cc", "gcc", "clang"].iter().any(|name| is_there(name)) {
        return Ok(());
    }
    bail!(
        "there is no C compiler. Install one, then run this again: on Debian and Ubuntu \
         `apt-get install build-essential`, on Fedora `dnf install gcc`, on macOS \
         `xcode-select --install`"
    );
}

fn is_there(name: &str) -> bool {
    search_path::find(name).is_some()
}
