//! The reference backend, as a contents page.
//!
//! Requests come in through [`http`], rows live in [`db`] and nowhere else,
//! money from outside goes through [`payments`]. [`import`] takes a
//! provider's data in from files.

pub mod app;
pub mod brand;
mod change_detector;
pub mod clock;
mod csv;
pub mod db;
mod digest;
pub mod email;
mod failpoints;
pub mod gateways;
pub mod holds;
pub mod http;
mod ics;
mod ids;
pub mod import;
mod invisible;
mod limits;
mod listen;
pub mod passwords;
pub mod payments;
pub mod secrets;
pub mod serve;
pub mod settings;
mod subscribers;
pub mod zones;
