//! Tests in a headless browser: what the host cannot know, because the
//! browser's own Intl, focus and events decide it.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what a test cannot go on without ends it"
)]

mod account;
mod all_day;
mod booking;
mod calendar_days;
mod changing;
mod channels;
mod checkout_driver;
mod checkout_focus;
mod checkout_panel;
mod checkout_server;
mod checkout_words;
mod components;
mod dates;
mod events;
mod fields;
mod filters;
mod intl;
mod month_grid;
mod refunds;
mod right_to_left;
mod sheet;
mod signing_out;
mod stage;
mod states;
mod table;
mod time_picker;
mod week_grid;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
