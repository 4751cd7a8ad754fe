//! Ctrl-C and SIGTERM: one flag that everything that waits looks at.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, bail};

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Begins to listen for Ctrl-C, SIGTERM and SIGHUP.
pub fn listen() -> Result<()> {
    ctrlc::set_handler(|| REQUESTED.store(true, Ordering::SeqCst))
        .context("signals cannot be listened to")
}

/// Whether somebody asked to stop.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// An error once somebody asked to stop, for use between steps.
pub fn check() -> Result<()> {
    if requested() {
        bail!("stopped");
    }
    Ok(())
}
