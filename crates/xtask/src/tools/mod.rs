//! The tools that building and testing need: found, or installed into the cache.
//!
//! A tool on PATH is used where its version is exactly right. Everything else
//! goes to `<cache>/portico/tools/<tool>-<version>/`, never over the user's own
//! tools and not under `target/`, where a clean checkout would build it again.

mod browsers;
mod cargo_install;
mod compiler;
mod npm;
mod place;
mod rustup;
mod search_path;
mod versions;
mod wasm_opt;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

pub use browsers::Browsers;
pub use place::{empty, lock, try_lock};
pub use rustup::{component as rustup_component, wasm_target};
pub use wasm_opt::WasmOpt;

use crate::paths::Paths;
use crate::say;

/// What builds the app.
pub struct Building {
    /// Makes the wasm small.
    pub wasm_opt: WasmOpt,
}

/// Finds or installs what compiles: before anything else, since all else is compiled by it.
///
/// # Errors
/// There is no C compiler, or the target for wasm cannot be installed.
pub fn toolchain(paths: &Paths) -> Result<()> {
    compiler::check()?;
    rustup::wasm_target(paths)
}

impl Building {
    /// Finds or installs what builds the app.
    ///
    /// # Errors
    /// There is no C compiler, or the wasm target or wasm-opt cannot be installed, or we were
    /// stopped.
    pub fn ready(paths: &Paths) -> Result<Self> {
        toolchain(paths)?;
        Ok(Self {
            wasm_opt: wasm_opt::find_or_install(paths)?,
        })
    }

    /// Writes one line that changes whenever another tool may build other bytes.
    ///
    /// # Errors
    /// rustc cannot be run, or `Cargo.lock` does not say the version of wasm-bindgen.
    pub fn versions(&self, paths: &Paths) -> Result<String> {
        let rustc = crate::run::output(Command::new("rustc").arg("-V").current_dir(&paths.root))?;
        let bindgen = versions::wasm_bindgen(paths)?;
        Ok(format!(
            "{} wasm-bindgen {bindgen} {}",
            rustc.trim(),
            self.wasm_opt.version
        ))
    }
}

/// Trunk and wasm-bindgen as programs. Only `cargo xtask serve` needs them.
pub struct Serving {
    /// Trunk.
    pub trunk: PathBuf,
    /// The folder of the command wasm-bindgen, at the version that Cargo.lock asks for.
    bindgen: PathBuf,
}

impl Serving {
    /// Finds or installs both.
    ///
    /// # Errors
    /// Trunk or wasm-bindgen cannot be installed, or we were stopped.
    pub fn ready(paths: &Paths) -> Result<Self> {
        Ok(Self {
            trunk: cargo_install::trunk(paths)?,
            bindgen: cargo_install::wasm_bindgen(paths)?,
        })
    }

    /// Makes a PATH with wasm-bindgen at its head, where Trunk looks for it.
    ///
    /// # Errors
    /// The name of the folder cannot stand in PATH.
    pub fn search_path(&self) -> Result<OsString> {
        search_path::with_first(&self.bindgen)
    }
}

/// What the tests need besides.
pub struct Testing {
    /// The browsers and their drivers.
    pub browsers: Browsers,
    /// The accessibility rules, one script.
    pub axe: PathBuf,
}

impl Testing {
    /// Finds or installs what the tests need.
    ///
    /// # Errors
    /// A browser, a driver or axe-core cannot be installed, or we were stopped.
    pub fn ready(paths: &Paths) -> Result<Self> {
        Ok(Self {
            browsers: Browsers::ready(paths)?,
            axe: npm::axe(paths)?,
        })
    }
}

/// Installs every tool, and says where each is.
///
/// # Errors
/// A tool cannot be installed, or we were stopped.
pub fn show(paths: &Paths) -> Result<()> {
    let building = Building::ready(paths)?;
    let testing = Testing::ready(paths)?;
    let serving = Serving::ready(paths)?;
    say::line(format!("trunk         {}", serving.trunk.display()));
    say::line(format!("wasm-bindgen  {}", serving.bindgen.display()));
    say::line(format!(
        "wasm-opt      {} ({})",
        building.wasm_opt.program.display(),
        building.wasm_opt.version
    ));
    for (variable, program) in testing.browsers.programs() {
        let name = variable.to_lowercase().replace('_', " ");
        say::line(format!("{name:13} {}", program.display()));
    }
    say::line(format!("axe-core      {}", testing.axe.display()));
    Ok(())
}
