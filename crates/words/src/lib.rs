//! Every sentence that a person reads, from `locales/<lang>/`, by typed keys.
//!
//! The app, the servers and xtask's static pages read the same words. [`key`]
//! is generated from `locales/en`, so a key that is not there, a text with
//! placeholders used without them, or the wrong number of them does not
//! compile. In the browser the language itself is one flat JSON file that is
//! fetched at run time: no language is compiled in. Servers have them all compiled in.
//!
//! A Fluent implementation was considered: it brings selectors and
//! number formatting of its own, which the browser's `Intl` already has, and
//! costs several times the wasm of this crate. leptos_i18n knows only the app.

mod catalogue;
#[cfg(feature = "embedded")]
mod embedded;
#[cfg(feature = "files")]
pub mod files;

pub use catalogue::{BadCatalogue, Catalogue};
#[cfg(feature = "embedded")]
pub use embedded::{languages, of_language};

/// The key of a text without placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(pub(crate) &'static str);

/// The key of a text with `N` placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template<const N: usize> {
    pub(crate) key: &'static str,
    pub(crate) names: [&'static str; N],
}

/// The key of a text that depends on a number, with `N` placeholders besides `{count}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plural<const N: usize> {
    pub(crate) key: &'static str,
    pub(crate) names: [&'static str; N],
}

/// Every key, by the file that it stands in.
pub mod key {
    include!(concat!(env!("OUT_DIR"), "/key.rs"));
}
