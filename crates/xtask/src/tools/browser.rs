//! A browser that runs without a screen, and its driver.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::search_path;
use crate::paths::Paths;
use crate::{run, say};

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const WHAT_TO_INSTALL: &str = "The tests need Chromium (or Chrome) and chromedriver of the same \
     version on PATH. On Debian: `apt-get install chromium chromium-driver`; elsewhere: \
     https://googlechromelabs.github.io/chrome-for-testing";

/// Chromium and chromedriver, of one version.
pub struct Browser {
    /// Chromium.
    pub program: PathBuf,
    /// chromedriver.
    pub driver: PathBuf,
}

/// Finds them; installs them from the system's packages where that may be done.
pub fn find_or_install(paths: &Paths) -> Result<Browser> {
    if let Some(browser) = find() {
        return checked(browser);
    }
    let mut apt = apt_get().context(WHAT_TO_INSTALL)?;
    let log = paths.log("apt-get")?;
    run::quietly(
        "Reading the system's package lists",
        "",
        apt("update").args(["-q"]),
        &log,
    )?;
    run::quietly(
        "Installing chromium and chromium-driver from the system's packages",
        "about 1 minute, once",
        apt("install").args(["-y", "-q", "chromium", "chromium-driver"]),
        &log,
    )
    .context(WHAT_TO_INSTALL)?;
    checked(find().context(WHAT_TO_INSTALL)?)
}

fn find() -> Option<Browser> {
    let named = |variable| {
        std::env::var_os(variable)
            .map(PathBuf::from)
            .filter(|it| it.is_file())
    };
    let program = named("CHROMIUM")
        .or_else(|| BROWSERS.iter().find_map(|name| search_path::find(name)))
        .or_else(|| Some(PathBuf::from(MAC)).filter(|it| it.is_file()))?;
    let driver = named("CHROMEDRIVER").or_else(|| search_path::find("chromedriver"))?;
    Some(Browser { program, driver })
}

/// A driver of another version fails much later, with words that do not say why.
fn checked(browser: Browser) -> Result<Browser> {
    let (program, driver) = (major(&browser.program)?, major(&browser.driver)?);
    if program != driver {
        bail!(
            "{} is version {program}, {} is version {driver}. {WHAT_TO_INSTALL}",
            browser.program.display(),
            browser.driver.display()
        );
    }
    Ok(browser)
}

fn major(program: &Path) -> Result<u32> {
    let answer = search_path::version(program)
        .with_context(|| format!("{} cannot be run", program.display()))?;
    major_of(&answer).with_context(|| format!("{} says `{answer}`", program.display()))
}

/// The first number in `Chromium 142.0.7444.59 built on Debian`.
fn major_of(answer: &str) -> Option<u32> {
    answer
        .split_whitespace()
        .find_map(|word| word.split('.').next()?.parse().ok())
}

/// How to call apt-get, if this is a Debian on which we may install.
fn apt_get() -> Option<impl FnMut(&str) -> Command> {
    let apt = search_path::find("apt-get")?;
    let sudo = if is_root() {
        None
    } else {
        Some(password_free_sudo()?)
    };
    Some(move |verb: &str| {
        let mut command = match &sudo {
            Some(sudo) => {
                let mut command = Command::new(sudo);
                command
                    .args(["-n", "env", "DEBIAN_FRONTEND=noninteractive"])
                    .arg(&apt);
                command
            }
            None => {
                let mut command = Command::new(&apt);
                command.env("DEBIAN_FRONTEND", "noninteractive");
                command
            }
        };
        command.arg(verb);
        command
    })
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
    fn the_major_version_is_read_from_what_a_program_says() {
        for (answer, expected) in [
            (
                "Chromium 142.0.7444.59 built on Debian GNU/Linux 13",
                Some(142),
            ),
            ("ChromeDriver 142.0.7444.59 (abc)", Some(142)),
            ("Google Chrome 141.0.1", Some(141)),
            ("nothing", None),
        ] {
            assert_eq!(major_of(answer), expected, "{answer}");
        }
    }
}
