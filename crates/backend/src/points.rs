//! Named points of a payment's life. A test has the process stop dead at one of them, kills
//! it there, starts another one, and looks whether anything was lost or doubled.
//!
//! They are in no release build: without debug assertions `point!` is nothing at all, so that
//! neither the names nor the file that is looked for are in the binary. Nor do they do
//! anything in other builds, unless the variable [`FILE`] names a file.

/// The variable that names the file. What stands in the file is the point to stop at.
#[cfg(debug_assertions)]
const FILE: &str = "PORTICO_STOP_AT";

/// A point that a test can stop the process at. Only what has a name of its own can be told
/// apart, so a name is used once.
macro_rules! point {
    ($name:literal) => {
        #[cfg(debug_assertions)]
        $crate::points::reached($name);
    };
}
pub(crate) use point;

/// Stops this thread for good, if this is the point to stop at. A test runs the process with
/// one worker, so that everything stops with it, as it does when a process is killed.
#[cfg(debug_assertions)]
pub(crate) fn reached(name: &str) {
    let Some(file) = std::env::var_os(FILE) else {
        return;
    };
    if std::fs::read_to_string(file).is_ok_and(|wanted| wanted == name) {
        eprintln!("stopped at {name}");
        loop {
            std::thread::park();
        }
    }
}
