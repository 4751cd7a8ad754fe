//! Ctrl-C and SIGTERM, and giving up one job because another has failed: flags that everything
//! that waits looks at.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

static REQUESTED: AtomicBool = AtomicBool::new(false);
static ABANDONED: AtomicBool = AtomicBool::new(false);

/// The error of what was stopped from outside and has not failed by itself.
#[derive(Debug)]
pub struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped")
    }
}

impl std::error::Error for Stopped {}

/// Begins to listen for Ctrl-C, SIGTERM and SIGHUP.
///
/// # Errors
/// The system lets no handler be set.
pub fn listen() -> Result<()> {
    ctrlc::set_handler(|| REQUESTED.store(true, Ordering::SeqCst))
        .context("signals cannot be listened to")
}

/// Whether somebody asked to stop.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// Stops every job that runs beside the one that has failed.
pub fn abandon() {
    ABANDONED.store(true, Ordering::SeqCst);
}

/// Whether what runs should end now, for whichever reason.
pub fn due() -> bool {
    requested() || ABANDONED.load(Ordering::SeqCst)
}

/// For use between steps.
///
/// # Errors
/// [`Stopped`], once what runs should end.
pub fn check() -> Result<()> {
    if due() {
        return Err(Stopped.into());
    }
    Ok(())
}
