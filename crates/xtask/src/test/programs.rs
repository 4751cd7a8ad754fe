//! The test programs that cargo builds, each to be run by itself: cargo runs them one after
//! another, and the whole site's tests leave a processor idle most of the time.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::paths::{self, Paths};
use crate::run;

/// A test program.
#[derive(Debug, PartialEq, Eq)]
pub struct Program {
    /// The name of its target, such as `e2e`.
    pub name: String,
    /// The folder of its package, in which it runs.
    folder: PathBuf,
    file: PathBuf,
}

/// The part of cargo's messages that tells of programs.
#[derive(Deserialize)]
struct Artifact {
    manifest_path: PathBuf,
    target: Target,
    profile: Profile,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

impl Program {
    /// Compiles the tests of every package and returns their programs, in cargo's order.
    ///
    /// # Errors
    /// Something does not compile, or we were stopped.
    pub fn compile_all(paths: &Paths) -> Result<Vec<Self>> {
        run::quietly(
            "Compiling the tests",
            "about 7 minutes the first time",
            &mut compile(paths),
            &paths.log("compile-tests")?,
        )?;
        // Everything is compiled by now, so this only names it.
        let messages = run::output(compile(paths).args(["--message-format", "json"]))?;
        messages
            .lines()
            .filter_map(|line| program(line).transpose())
            .collect()
    }

    /// What it is called in the output: the package's folder and the target.
    pub fn title(&self, root: &Path) -> String {
        let folder = self.folder.strip_prefix(root).unwrap_or(&self.folder);
        let folder = folder.display().to_string();
        if folder.is_empty() {
            self.name.clone()
        } else {
            format!("{folder}: {}", self.name)
        }
    }

    /// The command that runs it as cargo would, with lower priority where it is not urgent.
    pub fn command(&self, urgent: bool) -> Command {
        let mut command = if urgent || !cfg!(unix) {
            Command::new(&self.file)
        } else {
            let mut nice = Command::new("nice");
            nice.arg(&self.file);
            nice
        };
        command
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder);
        command
    }
}

fn compile(paths: &Paths) -> Command {
    let mut command = Command::new(paths::cargo());
    command
        .args(["test", "--workspace", "--locked", "--no-run"])
        .current_dir(&paths.root)
        .env_remove("CARGO_MANIFEST_DIR");
    command
}

fn program(line: &str) -> Result<Option<Program>> {
    // Other messages have other fields.
    let Ok(artifact) = serde_json::from_str::<Artifact>(line) else {
        return Ok(None);
    };
    let Some(file) = artifact.executable.filter(|_| artifact.profile.test) else {
        return Ok(None);
    };
    let folder = artifact.manifest_path.parent();
    Ok(Some(Program {
        name: artifact.target.name,
        folder: folder.context("a package without a folder")?.to_owned(),
        file,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_test_programs_are_taken_from_cargos_messages() {
        let message = |test: bool, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/p/crates/words/Cargo.toml",
                "target":{{"name":"catalogue","kind":["test"]}},"profile":{{"test":{test}}},
                "executable":{executable}}}"#
            )
        };
        let found = program(&message(true, r#""/t/catalogue-1""#))
            .unwrap()
            .unwrap();
        assert_eq!(found.title(Path::new("/p")), "crates/words: catalogue");
        assert_eq!(found.file, Path::new("/t/catalogue-1"));
        for other in [
            message(false, r#""/t/backend""#),
            message(true, "null"),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
            "warning: something".to_owned(),
        ] {
            assert_eq!(program(&other).unwrap(), None, "{other}");
        }
    }
}
