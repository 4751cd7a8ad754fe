//! WebKit as GTK has it, its driver, and the display that it needs. There is
//! one on Linux only.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Apt, program_of_variable};
use crate::paths::Paths;
use crate::tools::search_path;

/// WebKitGTK's driver, its browser and a display.
pub struct WebKit {
    /// WebKitWebDriver.
    pub driver: PathBuf,
    /// The browser, where another is to be driven than the one that the driver was built with.
    pub program: Option<PathBuf>,
    /// Xvfb.
    pub display: PathBuf,
}

/// Finds the programs; installs them from the system's packages where that may be done.
///
/// # Errors
/// The driver or the display is not there and cannot be installed, or we were stopped.
pub fn find_or_install(paths: &Paths, apt: Option<&mut Apt>) -> Result<WebKit> {
    if let Some(webkit) = find() {
        return Ok(webkit);
    }
    let lacking = "there is no WebKitWebDriver, or no Xvfb, on PATH";
    // The driver's package brings the browser along.
    apt.context(lacking)?
        .install(paths, &["webkit2gtk-driver", "xvfb"])?;
    find().context(lacking)
}

fn find() -> Option<WebKit> {
    Some(WebKit {
        driver: program_of_variable("WEBKIT_DRIVER")
            .or_else(|| search_path::find("WebKitWebDriver"))?,
        program: program_of_variable("WEBKIT_BROWSER"),
        display: program_of_variable("XVFB").or_else(|| search_path::find("Xvfb"))?,
    })
}
