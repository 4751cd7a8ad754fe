//! PATH: looking a program up, and putting a folder first.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::run;

/// The programs of that name on PATH, in order.
pub fn all(name: &str) -> Vec<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(&file))
        .filter(|path| path.is_file())
        .collect()
}

/// The first program of that name on PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    all(name).into_iter().next()
}

/// Makes a PATH with a folder before everything else.
///
/// # Errors
/// The folder's name has the character that separates the folders of PATH.
pub fn with_first(folder: &Path) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(folder.to_owned()).chain(env::split_paths(&path)))
        .with_context(|| format!("{} cannot be put on PATH", folder.display()))
}

/// What a program answers to `--version`; nothing if it cannot be run.
pub fn version(program: &Path) -> Option<String> {
    run::output(Command::new(program).arg("--version"))
        .ok()
        .map(|text| text.trim().to_owned())
}
