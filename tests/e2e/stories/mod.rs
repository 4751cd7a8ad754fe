//! What customers do, from beginning to end.

mod accessible;
mod boot;
mod headers;
mod hints;
mod pay;
mod screens;
mod session;
mod window;
