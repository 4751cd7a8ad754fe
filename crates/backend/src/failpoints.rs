//! Named failpoints in the course of a payment. A test stops the process at one of them, kills it
//! there, starts another process, and checks that nothing was lost or doubled.
//!
//! They are in no release build: without debug assertions `failpoint!` expands to nothing, so that
//! neither the names nor the file that is looked for are in the binary. In other builds they do
//! nothing unless the variable [`FILE`] names a file.

/// The variable that names the file. The file contains the name of the failpoint to stop at.
#[cfg(debug_assertions)]
const FILE: &str = "PORTICO_STOP_AT";
/// The variable that names a folder. Each failpoint writes there, to a file of its name, through
/// which functions it was reached.
#[cfg(debug_assertions)]
const BACKTRACES: &str = "PORTICO_BACKTRACES";

/// A failpoint: a place at which a test can stop the process. Each name is used once, since
/// failpoints are told apart by their names only.
macro_rules! failpoint {
    ($name:literal) => {
        #[cfg(debug_assertions)]
        $crate::failpoints::reach($name);
    };
}
pub(crate) use failpoint;

/// Stops this thread for good if this is the failpoint to stop at. A test runs the process with one
/// worker, so that everything stops, as it does when a process is killed.
#[cfg(debug_assertions)]
#[track_caller]
pub(crate) fn reach(name: &str) {
    if let Some(folder) = std::env::var_os(BACKTRACES) {
        // The stack has the macro's own line in the place of the one that names the failpoint.
        let here = std::panic::Location::caller();
        let stack = std::backtrace::Backtrace::force_capture();
        let backtrace = format!("at {here}\n{stack}");
        // A test that misses the file fails by that.
        let _ = std::fs::write(std::path::Path::new(&folder).join(name), backtrace);
    }
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
