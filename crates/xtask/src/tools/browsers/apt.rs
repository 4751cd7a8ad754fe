//! The system's packages, on a Debian where we may install them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::paths::Paths;
use crate::tools::search_path;
use crate::{run, say};

/// apt-get, and how it may be called.
pub struct Apt {
    program: PathBuf,
    sudo: Option<PathBuf>,
    lists_are_fresh: bool,
}

impl Apt {
    /// Nothing where there is no apt-get, or where we are neither root nor may become it
    /// without a password.
    pub fn find() -> Option<Self> {
        let program = search_path::find("apt-get")?;
        let sudo = if is_root() {
            None
        } else {
            Some(password_free_sudo()?)
        };
        Some(Self {
            program,
            sudo,
            lists_are_fresh: false,
        })
    }

    /// Installs packages. Before the first ones, it reads the package lists.
    ///
    /// # Errors
    /// apt-get cannot be run or fails, the log cannot be written, or we were stopped.
    pub fn install(&mut self, paths: &Paths, packages: &[&str]) -> Result<()> {
        if !self.lists_are_fresh {
            let mut update = self.command("update");
            run::quietly(
                "Reading the system's package lists",
                "",
                update.arg("-q"),
                &paths.log("apt-get-update")?,
            )?;
            self.lists_are_fresh = true;
        }
        let what = format!("Installing {} from the system's packages", list(packages));
        let mut install = self.command("install");
        install.args(["-y", "-q"]).args(packages);
        let log = paths.log(&format!("apt-get-{}", packages[0]))?;
        run::quietly(&what, "about 1 minute, once", &mut install, &log)
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = match &self.sudo {
            Some(sudo) => {
                let mut command = Command::new(sudo);
                command
                    .args(["-n", "env", "DEBIAN_FRONTEND=noninteractive"])
                    .arg(&self.program);
                command
            }
            None => {
                let mut command = Command::new(&self.program);
                command.env("DEBIAN_FRONTEND", "noninteractive");
                command
            }
        };
        command.arg(verb);
        command
    }
}

/// `one`, `one and two`, `one, two and three`.
fn list(names: &[&str]) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        names => names.concat(),
    }
}

fn is_root() -> bool {
    run::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn password_free_sudo() -> Option<PathBuf> {
    let sudo = search_path::find("sudo")?;
    match run::output(Command::new(&sudo).args(["-n", "true"])) {
        Ok(_) => Some(sudo),
        Err(_) => {
            say::line("sudo asks for a password, so nothing is installed by itself.");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_listed_as_in_a_sentence() {
        for (names, text) in [
            (&["chromium"][..], "chromium"),
            (&["a", "b"], "a and b"),
            (&["a", "b", "c"], "a, b and c"),
        ] {
            assert_eq!(list(names), text);
        }
    }
}
