//! Tools that come from npm: axe-core, and wasm-opt for those who have none.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::place::Place;
use super::{search_path, versions};
use crate::paths::Paths;
use crate::run;

/// Finds axe-core's one script, or installs it.
///
/// # Errors
/// There is no npm, the installation fails, or we were stopped.
pub fn axe(paths: &Paths) -> Result<PathBuf> {
    let script = "axe-core/axe.min.js";
    let modules = package(
        paths,
        "axe-core",
        versions::AXE,
        "a few seconds, once",
        |modules| modules.join(script).is_file(),
    )?;
    Ok(modules.join(script))
}

/// Installs one package without running its scripts, unless `whole` says that it is there already;
/// returns its `node_modules`.
///
/// # Errors
/// There is no npm, the installation fails or `whole` does not accept it, or we were stopped.
pub fn package(
    paths: &Paths,
    name: &str,
    version: &str,
    how_long: &str,
    whole: impl Fn(&Path) -> bool,
) -> Result<PathBuf> {
    let place = Place::of(paths, name, version);
    let folder = place.fill(
        |folder| whole(&folder.join("node_modules")),
        |fresh| {
            let what = format!("Installing {name} {version}");
            run::quietly(
                &what,
                how_long,
                &mut install(name, version, fresh)?,
                &paths.log(name)?,
            )
        },
    )?;
    Ok(folder.join("node_modules"))
}

fn install(name: &str, version: &str, folder: &Path) -> Result<Command> {
    let (Some(npm), Some(_)) = (search_path::find("npm"), search_path::find("node")) else {
        bail!(
            "{name} is to be installed by npm, and npm is not there. Install Node.js with npm, then \
             run this again: on Debian and Ubuntu `apt-get install npm`, elsewhere from \
             https://nodejs.org"
        );
    };
    let mut command = Command::new(npm);
    command
        .args([
            "install",
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--ignore-scripts",
            "--prefix",
        ])
        .arg(folder)
        .arg(format!("{name}@{version}"))
        .current_dir(folder);
    Ok(command)
}
