//! Chromium and its driver. Every run of the tests needs them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Apt, program_of_variable};
use crate::paths::Paths;
use crate::tools::search_path;

const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const WHAT_TO_INSTALL: &str = "The tests need Chromium (or Chrome) and chromedriver of the same \
     version on PATH. On Debian: `apt-get install chromium chromium-driver`; elsewhere: \
     https://googlechromelabs.github.io/chrome-for-testing";

/// Chromium and chromedriver, of one version.
pub struct Chromium {
    /// Chromium.
    pub program: PathBuf,
    /// chromedriver.
    pub driver: PathBuf,
}

/// Finds both programs; installs them from the system's packages where that may be done.
///
/// # Errors
/// They are missing and cannot be installed, or are of different versions; the error then says what
/// to install. Or they do not tell their versions.
pub fn find_or_install(paths: &Paths, apt: Option<&mut Apt>) -> Result<Chromium> {
    if let Some(chromium) = find() {
        return check_versions(chromium);
    }
    apt.context(WHAT_TO_INSTALL)?
        .install(paths, &["chromium", "chromium-driver"])
        .context(WHAT_TO_INSTALL)?;
    check_versions(find().context(WHAT_TO_INSTALL)?)
}

fn find() -> Option<Chromium> {
    let program = program_of_variable("CHROMIUM")
        .or_else(|| PROGRAMS.iter().find_map(|name| search_path::find(name)))
        .or_else(|| Some(PathBuf::from(MAC)).filter(|it| it.is_file()))?;
    let driver =
        program_of_variable("CHROMEDRIVER").or_else(|| search_path::find("chromedriver"))?;
    Some(Chromium { program, driver })
}

/// A driver of another version fails much later, with words that do not say why.
fn check_versions(chromium: Chromium) -> Result<Chromium> {
    let (program, driver) = (major(&chromium.program)?, major(&chromium.driver)?);
    if program != driver {
        bail!(
            "{} is version {program}, {} is version {driver}. {WHAT_TO_INSTALL}",
            chromium.program.display(),
            chromium.driver.display()
        );
    }
    Ok(chromium)
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
