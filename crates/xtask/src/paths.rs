//! Where things lie: the repository, cargo's target folder, the user's cache.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::run;

/// The folders that the commands work in.
pub struct Paths {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder, wherever the user's settings put it.
    pub target: PathBuf,
    /// Portico's folder in the user's cache; tools of one version are shared by all checkouts.
    pub cache: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

impl Paths {
    /// Asks cargo and the environment.
    ///
    /// # Errors
    /// Cargo cannot be run or answers something unknown, or no environment variable says where the
    /// cache is.
    pub fn find() -> Result<Self> {
        let mut cargo = Command::new(cargo());
        cargo.args(["metadata", "--format-version", "1", "--no-deps"]);
        if let Some(manifest) = env::var_os("CARGO_MANIFEST_DIR") {
            cargo.current_dir(manifest);
        }
        let answer = run::output(&mut cargo)?;
        let metadata: Metadata =
            serde_json::from_str(&answer).context("`cargo metadata` answered oddly")?;
        Ok(Self {
            root: metadata.workspace_root,
            target: metadata.target_directory,
            cache: cache()?.join("portico"),
        })
    }

    /// The built site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Makes the folder of what xtask itself keeps between runs, and returns it.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn work(&self) -> Result<PathBuf> {
        let folder = self.target.join("xtask");
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(folder)
    }

    /// Returns where the output of a quiet step goes, and makes its folder.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn log(&self, name: &str) -> Result<PathBuf> {
        let folder = self.work()?.join("logs");
        fs::create_dir_all(&folder)?;
        Ok(folder.join(format!("{name}.log")))
    }
}

/// The cargo that runs us, so that one toolchain does everything.
pub fn cargo() -> PathBuf {
    env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from)
}

fn cache() -> Result<PathBuf> {
    cache_from(|name| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    })
    .context("neither XDG_CACHE_HOME nor HOME is set, so there is no cache folder for tools")
}

fn cache_from(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    variable("XDG_CACHE_HOME")
        // The XDG specification has relative paths ignored.
        .filter(|path| path.is_absolute())
        .or_else(|| variable("LOCALAPPDATA"))
        .or_else(|| variable("HOME").map(|home| home.join(".cache")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_folder_follows_the_environment() {
        let check = |set: &[(&str, &str)], expected: Option<&str>| {
            let found = cache_from(|name| {
                set.iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, value)| PathBuf::from(value))
            });
            assert_eq!(found, expected.map(PathBuf::from));
        };
        check(&[("XDG_CACHE_HOME", "/x"), ("HOME", "/h")], Some("/x"));
        check(
            &[("XDG_CACHE_HOME", "relative"), ("HOME", "/h")],
            Some("/h/.cache"),
        );
        check(&[("HOME", "/h")], Some("/h/.cache"));
        check(&[], None);
    }
}
