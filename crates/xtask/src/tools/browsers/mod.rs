//! The browsers that tests drive, without a screen: Chromium, and Firefox and
//! WebKit where they can be had.

mod apt;
mod chromium;
mod firefox;
mod webkit;

use std::path::{Path, PathBuf};

use anyhow::Result;

pub use apt::Apt;
pub use chromium::Chromium;
use firefox::Firefox;
use webkit::WebKit;

use crate::paths::Paths;
use crate::{say, stop};

/// What is here.
pub struct Browsers {
    /// Chromium, which is always there.
    pub chromium: Chromium,
    firefox: Option<Firefox>,
    webkit: Option<WebKit>,
}

impl Browsers {
    /// Finds or installs the browsers. Only Chromium has to be there; the tests of the others are
    /// skipped without them.
    ///
    /// # Errors
    /// Chromium is not there and cannot be installed, or we were stopped.
    pub fn ready(paths: &Paths) -> Result<Self> {
        let mut apt = Apt::find();
        Ok(Self {
            chromium: chromium::find_or_install(paths, apt.as_mut())?,
            firefox: or_skipped("Firefox", firefox::find_or_install(paths, apt.as_mut()))?,
            webkit: or_skipped("WebKit", webkit::find_or_install(paths, apt.as_mut()))?,
        })
    }

    /// Every program, by the environment variable that tests look for it in.
    pub fn programs(&self) -> Vec<(&'static str, &Path)> {
        let mut programs = vec![
            ("CHROMIUM", self.chromium.program.as_path()),
            ("CHROMEDRIVER", &self.chromium.driver),
        ];
        if let Some(firefox) = &self.firefox {
            programs.push(("FIREFOX", &firefox.program));
            programs.push(("GECKODRIVER", &firefox.driver));
        }
        if let Some(webkit) = &self.webkit {
            programs.push(("WEBKIT_DRIVER", &webkit.driver));
            let program = webkit.program.as_deref();
            programs.extend(program.map(|program| ("WEBKIT_BROWSER", program)));
            programs.push(("XVFB", &webkit.display));
        }
        programs
    }
}

/// An engine that cannot be had is no error; its tests say that they were skipped.
fn or_skipped<T>(engine: &str, found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) => {
            stop::check()?;
            say::line(format!("The tests in {engine} are skipped: {error:#}."));
            Ok(None)
        }
    }
}

/// The program that an environment variable names.
fn program_of_variable(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|it| it.is_file())
}
