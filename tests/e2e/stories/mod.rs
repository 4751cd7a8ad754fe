//! What customers do, from beginning to end.

mod accessible;
mod headers;
mod hints;
mod pay;
mod screens;
mod session;
