//! Runs the tests that are compiled for wasm inside a browser: what cargo calls by
//! `.cargo/config.toml` with the compiled module. The environment names the driver of the browser.

use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;

fn main() -> anyhow::Result<()> {
    run_cli_with_args(std::env::args_os())
}
