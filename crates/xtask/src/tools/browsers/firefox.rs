//! Firefox and its driver.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Apt, program_of_variable};
use crate::paths::Paths;
use crate::tools::{cargo_install, search_path};

const PROGRAMS: [&str; 2] = ["firefox-esr", "firefox"];
const MAC: &str = "/Applications/Firefox.app/Contents/MacOS/firefox";

/// Firefox and geckodriver.
pub struct Firefox {
    /// Firefox.
    pub program: PathBuf,
    /// geckodriver.
    pub driver: PathBuf,
}

/// Finds both programs; installs Firefox from the system's packages where that may be done, and
/// builds its driver.
///
/// # Errors
/// Firefox is not there and cannot be installed, its driver cannot be built, or we were stopped.
pub fn find_or_install(paths: &Paths, apt: Option<&mut Apt>) -> Result<Firefox> {
    let program = match find() {
        Some(program) => program,
        None => {
            apt.context("there is no Firefox on PATH")?
                .install(paths, &["firefox-esr"])?;
            find().context("there is no Firefox on PATH")?
        }
    };
    let driver = match program_of_variable("GECKODRIVER") {
        Some(driver) => driver,
        None => cargo_install::geckodriver(paths)?,
    };
    Ok(Firefox { program, driver })
}

fn find() -> Option<PathBuf> {
    program_of_variable("FIREFOX")
        .or_else(|| PROGRAMS.iter().find_map(|name| search_path::find(name)))
        .or_else(|| Some(PathBuf::from(MAC)).filter(|it| it.is_file()))
}
