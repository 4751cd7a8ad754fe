//! A real backend process is killed (SIGKILL) at every named point of a payment's life and
//! started again on the same database. In the end every payment is booked exactly once, and
//! where nobody paid nothing is. What nobody can book is decided by the real command line.

// In a test, what cannot be had ends the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]
// The points are in no build without debug assertions.
#![cfg(debug_assertions)]

mod cancelling;
mod capturing;
mod changing;
mod checking;
mod creating;
mod deciding;
mod failpoints;
mod launching;
mod notifications;
mod paying;
mod process;
mod refunding;
mod site;
mod walks;
