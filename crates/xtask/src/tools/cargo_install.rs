//! Tools that cargo builds: trunk, wasm-bindgen and geckodriver.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::place::Place;
use super::{search_path, versions};
use crate::paths::{self, Paths};
use crate::run;

/// Finds Trunk or installs it, and returns the program.
///
/// # Errors
/// Trunk cannot be built, or does not work, or we were stopped.
pub fn trunk(paths: &Paths) -> Result<PathBuf> {
    let tool = Tool {
        package: "trunk",
        programs: &["trunk"],
        version: versions::TRUNK.to_owned(),
        // Unoptimised it builds in half the time, and is fast enough for what it does.
        options: &["--locked", "--debug"],
        settings: &[],
        how_long: "about 4 minutes, once",
    };
    Ok(tool.folder(paths)?.join(program_file("trunk")))
}

/// Finds the command wasm-bindgen or installs it, and returns its folder.
///
/// # Errors
/// `Cargo.lock` does not say the version, the programs cannot be built or do not work, or we were
/// stopped.
pub fn wasm_bindgen(paths: &Paths) -> Result<PathBuf> {
    let tool = Tool {
        package: "wasm-bindgen-cli",
        programs: &["wasm-bindgen"],
        version: versions::wasm_bindgen(paths)?,
        // Without --locked: its own lock file has named a version that was never published.
        options: &[],
        // Half the time of a release build, and fast enough over a module for development.
        settings: &[
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
        ],
        how_long: "about 2 minutes, once",
    };
    tool.folder(paths)
}

/// Finds geckodriver or installs it, and returns the program.
///
/// # Errors
/// geckodriver cannot be built, or does not work, or we were stopped.
pub fn geckodriver(paths: &Paths) -> Result<PathBuf> {
    let tool = Tool {
        package: "geckodriver",
        programs: &["geckodriver"],
        version: versions::GECKODRIVER.to_owned(),
        options: &["--locked", "--debug"],
        settings: &[],
        how_long: "about 2 minutes, once",
    };
    Ok(tool.folder(paths)?.join(program_file("geckodriver")))
}

struct Tool {
    package: &'static str,
    programs: &'static [&'static str],
    version: String,
    options: &'static [&'static str],
    /// Settings of cargo for this build, by the environment.
    settings: &'static [(&'static str, &'static str)],
    how_long: &'static str,
}

impl Tool {
    /// The folder that holds the programs.
    fn folder(&self, paths: &Paths) -> Result<PathBuf> {
        for program in search_path::all(self.programs[0]) {
            let folder = program.parent().map(Path::to_owned).unwrap_or_default();
            if self.works_in(&folder) {
                return Ok(folder);
            }
        }
        let place = Place::of(paths, self.package, &self.version);
        let folder = place.fill(
            |folder| self.works_in(&folder.join("bin")),
            |fresh| self.install(paths, &place, fresh),
        )?;
        Ok(folder.join("bin"))
    }

    fn works_in(&self, folder: &Path) -> bool {
        self.programs.iter().all(|name| {
            let program = folder.join(program_file(name));
            program.is_file()
                && search_path::version(&program)
                    .is_some_and(|answer| is_version(&answer, &self.version))
        })
    }

    fn install(&self, paths: &Paths, place: &Place, fresh: &Path) -> Result<()> {
        let scratch = place.scratch();
        fs::create_dir_all(&scratch)
            .with_context(|| format!("{} cannot be made", scratch.display()))?;
        let mut command = Command::new(paths::cargo());
        command
            .args(["install", self.package, "--version", &self.version, "--root"])
            .arg(fresh)
            .arg("--target-dir")
            .arg(&scratch)
            .args(self.options)
            .envs(self.settings.iter().copied())
            // Away from the repository, so that its settings do not reach the tool's build.
            .current_dir(&scratch)
            .env_remove("CARGO_MANIFEST_DIR");
        let what = format!("Installing {} {}", self.package, self.version);
        run::quietly(
            &what,
            self.how_long,
            &mut command,
            &paths.log(self.package)?,
        )?;
        // What it was built from is large, and of no more use.
        let _ = fs::remove_dir_all(&scratch);
        Ok(())
    }
}

fn program_file(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

/// Whether `trunk 0.21.14` or `wasm-bindgen 0.2.130 (revision)` is that version.
fn is_version(answer: &str, version: &str) -> bool {
    answer.split_whitespace().nth(1) == Some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_version_will_do() {
        for (answer, fits) in [
            ("wasm-bindgen 0.2.130", true),
            ("wasm-bindgen 0.2.130 (d9cbb1234)", true),
            ("wasm-bindgen 0.2.13", false),
            ("wasm-bindgen 0.2.1301", false),
            ("", false),
        ] {
            assert_eq!(is_version(answer, "0.2.130"), fits, "{answer}");
        }
    }
}
