//! What customers do, from beginning to end.

mod accessible;
mod account;
mod boot;
mod chunks;
mod headers;
mod hints;
mod history;
mod home;
mod invoices;
mod make_payment;
mod pay;
mod payments;
mod screens;
mod session;
mod window;
