//! Asking for times, moving and cancelling events, and writing about them, as a page does.

mod answering;
mod asking;
mod cancelling;
mod choices;
mod deposits;
mod moving;
mod offered;
mod writing;
