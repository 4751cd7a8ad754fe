//! The three engines that the portal is shown in, and whether they are here.

use std::io::Write;
use std::path::PathBuf;

/// What renders a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name in options and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Why no test can run in it here. Chromium is never missing: without it the run fails.
    pub fn missing(self) -> Option<&'static str> {
        match self {
            Self::Chromium => None,
            Self::Firefox => super::firefox::missing(),
            Self::WebKit => super::webkit::missing(),
        }
    }

    /// Whether a test in this engine has to be left out; says so where `cargo xtask test` counts it.
    pub fn is_skipped(self) -> bool {
        let Some(why) = self.missing() else {
            return false;
        };
        let thread = std::thread::current();
        // The test's name, which libtest gives to the thread that it runs a test in.
        let test = thread.name().unwrap_or("main");
        // Written past libtest, which keeps what a test prints that then passes.
        let line = format!("test {test} ... skipped: {why}\n");
        std::io::stdout().write_all(line.as_bytes()).unwrap();
        true
    }
}

/// A program: the one that a variable names, or the first of these names on PATH.
pub(super) fn program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(variable) {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let files = folders.iter().map(|folder| folder.join(name));
        files.into_iter().find(|file| file.is_file())
    })
}
