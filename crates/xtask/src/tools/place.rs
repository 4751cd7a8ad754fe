//! The tools' folder in the cache: whole tools only, one installer at a time.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::{say, stop};

/// The place of one version of one tool.
pub struct Place {
    tools: PathBuf,
    name: String,
}

impl Place {
    /// `<cache>/tools/<tool>-<version>/`
    pub fn of(paths: &Paths, tool: &str, version: &str) -> Self {
        Self {
            tools: paths.cache.join("tools"),
            name: format!("{tool}-{version}"),
        }
    }

    /// The folder of the finished tool.
    pub fn folder(&self) -> PathBuf {
        self.tools.join(&self.name)
    }

    /// Returns the folder once `whole` says that the tool in it works; calls `install` with a
    /// folder to fill where it does not.
    ///
    /// The filled folder gets its name last, in one step. Whoever finds the name therefore finds
    /// the whole tool, and an installation that was broken off leaves none.
    ///
    /// # Errors
    /// `install` fails, `whole` does not accept what it installed, a folder cannot be made or
    /// renamed, or we were stopped while another run installed.
    pub fn fill(
        &self,
        whole: impl Fn(&Path) -> bool,
        install: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<PathBuf> {
        let folder = self.folder();
        if whole(&folder) {
            return Ok(folder);
        }
        let _lock = self.lock()?;
        // Another run may have installed it while we waited.
        if whole(&folder) {
            return Ok(folder);
        }
        let fresh = self.tools.join(format!(".new-{}", self.name));
        empty(&fresh)?;
        install(&fresh)?;
        anyhow::ensure!(
            whole(&fresh),
            "{} was installed into {} and does not work there",
            self.name,
            fresh.display()
        );
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::rename(&fresh, &folder)
            .with_context(|| format!("{} cannot be put in place", folder.display()))?;
        Ok(folder)
    }

    /// A folder for what is needed only while installing. It outlives a
    /// broken-off installation, so that the next one goes on from there.
    pub fn scratch(&self) -> PathBuf {
        self.tools.join(format!(".build-{}", self.name))
    }

    fn lock(&self) -> Result<File> {
        fs::create_dir_all(&self.tools)
            .with_context(|| format!("{} cannot be made", self.tools.display()))?;
        lock(
            &self.tools.join(".lock"),
            "Another run is installing tools; waiting for it.",
        )
    }
}

/// Takes a lock file for as long as the value lives; says so when it has to wait.
///
/// # Errors
/// The file cannot be made or locked, or we were stopped while waiting.
pub fn lock(path: &Path, waiting: &str) -> Result<File> {
    let mut said = false;
    loop {
        if let Some(lock) = try_lock(path)? {
            return Ok(lock);
        }
        if !said {
            say::line(waiting);
            said = true;
        }
        stop::check()?;
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Takes a lock file for as long as the value lives; `None` if somebody else has it.
///
/// # Errors
/// The file cannot be made or locked.
pub fn try_lock(path: &Path) -> Result<Option<File>> {
    let file =
        File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("{} cannot be locked", path.display()))
        }
    }
}

/// Makes sure that the folder is there and holds nothing.
///
/// # Errors
/// What it holds cannot be removed, or it cannot be made.
pub fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str) -> Place {
        let tools = std::env::temp_dir().join(format!("xtask-place-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&tools);
        Place {
            tools,
            name: "tool-1.0".to_owned(),
        }
    }

    fn is_whole(folder: &Path) -> bool {
        folder.join("done").is_file()
    }

    #[test]
    fn a_broken_off_installation_is_not_taken_for_the_tool() {
        let place = place("broken");
        let broken = place.fill(is_whole, |fresh| {
            fs::write(fresh.join("half"), "")?;
            anyhow::bail!("power cut")
        });
        assert_eq!(broken.unwrap_err().to_string(), "power cut");
        assert!(!place.folder().exists());

        let folder = place
            .fill(is_whole, |fresh| Ok(fs::write(fresh.join("done"), "")?))
            .unwrap();
        assert!(is_whole(&folder) && !folder.join("half").exists());

        // It is there now, so nothing is installed again.
        place
            .fill(is_whole, |_| anyhow::bail!("installed twice"))
            .unwrap();
        fs::remove_dir_all(&place.tools).unwrap();
    }

    #[test]
    fn an_installation_that_does_not_work_is_an_error() {
        let place = place("useless");
        let error = place.fill(is_whole, |_| Ok(())).unwrap_err().to_string();
        assert!(error.contains("does not work"), "{error}");
        assert!(!place.folder().exists());
        fs::remove_dir_all(&place.tools).unwrap();
    }
}
