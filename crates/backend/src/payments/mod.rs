//! Money from outside: payment providers behind one trait, and checkouts from
//! the button to their end.

pub mod gateway;
pub mod secrets;
pub mod settle;
