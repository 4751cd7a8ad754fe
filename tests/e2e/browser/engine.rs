//! Whether the engines that the portal is shown in are here.

use std::io::Write;
use std::path::PathBuf;

use checkout_matrix::Engine;

/// Why no test can run in an engine here. Chromium is never missing: without it the run fails.
fn missing(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Chromium => None,
        Engine::Firefox => super::firefox::missing(),
        Engine::WebKit => super::webkit::missing(),
    }
}

/// Whether a test in an engine has to be left out; says so where `cargo xtask test` counts it.
pub fn is_skipped(engine: Engine) -> bool {
    let Some(why) = missing(engine) else {
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
