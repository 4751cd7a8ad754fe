//! The browser, and the only module that names `web_sys`, `js_sys` or
//! `wasm_bindgen`. Everything here is a thin, safe view of one browser
//! feature; no product rule lives here.

pub mod clipboard;
pub mod clock;
pub mod dialog;
pub mod download;
pub mod focus;
pub mod idle;
pub mod intl;
pub mod listening;
pub mod messages;
pub mod page;
pub mod popup;
pub mod print;
pub mod random;
pub mod screen;
pub mod seconds;
pub mod storage;
pub mod wakeups;
