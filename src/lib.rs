//! The browser app, module by module.

pub mod app;
pub mod browser;
pub mod checkout;
pub mod chunks;
pub mod components;
pub mod i18n;
pub mod pages;
pub mod parts;
pub mod route;
pub mod state;
