//! What signing in costs in memory: `cargo bench -p backend --bench sign_in`. It starts a backend
//! as a process of its own, tries 500 wrong passwords, 16 at a time, and compares the process's
//! peak (`VmHWM`) and resident size (`VmRSS`) before and after. It fails if either grows by
//! 60 MB or more. The sizes come from `/proc`, so it runs on Linux alone.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops where it stands, and tells what it finds"
)]

mod process;

use std::process::ExitCode;
use std::time::Instant;

use futures_util::{StreamExt as _, stream};
use process::{Backend, Memory};
use reqwest::{Client, StatusCode};
use serde_json::json;

/// Tries in all.
const TRIES: usize = 500;
/// Tries when `cargo test --benches` only wants to know that it runs.
const QUICK_TRIES: usize = 40;
/// Tries under way at once.
const AT_ONCE: usize = 16;
/// Each size has to grow by less than this many kB.
const MOST_GROWTH_KB: u64 = 60_000;

fn main() -> ExitCode {
    let quick = !std::env::args().any(|arg| arg == "--bench");
    let tries = if quick { QUICK_TRIES } else { TRIES };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(run(tries))
}

async fn run(tries: usize) -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    let backend = Backend::start(folder.path()).await;
    let client = Client::builder().no_proxy().build().unwrap();
    let before = backend.memory();
    let began = Instant::now();
    let statuses: Vec<_> = stream::iter(0..tries)
        .map(|number| try_wrong_password(&client, backend.portal(), number))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let took = began.elapsed();
    let after = backend.memory();
    println!("{tries} wrong passwords, {AT_ONCE} at a time, in {took:.1?}");
    // A try that was turned away was never hashed, and would make the growth look smaller.
    let hashed = statuses
        .iter()
        .filter(|status| **status == StatusCode::UNAUTHORIZED)
        .count();
    if hashed != tries {
        println!("FAILED: only {hashed} of {tries} passwords were checked");
        return ExitCode::FAILURE;
    }
    let peak = grows_little("peak (VmHWM)", before, after, |memory| memory.peak_kb);
    let resident = grows_little("resident (VmRSS)", before, after, |memory| {
        memory.resident_kb
    });
    match peak && resident {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Tries to sign in from an address and to an account that no other try has, so that no rate
/// limit answers in place of the password check.
async fn try_wrong_password(client: &Client, portal: &str, number: usize) -> StatusCode {
    let credentials = json!({
        "email": format!("nobody{number}@example.com"),
        "password": "a password that nobody has",
    });
    let request = client
        .post(format!("{portal}/api/v1/session"))
        .header("origin", portal)
        .header("portico-request", "1")
        .header(
            "x-forwarded-for",
            format!("10.0.{}.{}", number / 250, number % 250),
        );
    let answer = request.json(&credentials).send().await.unwrap();
    answer.status()
}

/// Prints how a size has grown; whether it has grown by less than is allowed.
fn grows_little(name: &str, before: Memory, after: Memory, size: fn(Memory) -> u64) -> bool {
    let (before, after) = (size(before), size(after));
    let growth = after.saturating_sub(before);
    let is_little = growth < MOST_GROWTH_KB;
    let verdict = if is_little { "ok" } else { "FAILED" };
    println!(
        "{name:<17} {before:>9} kB before {after:>9} kB after {growth:>9} kB more, \
         less than {MOST_GROWTH_KB} allowed: {verdict}"
    );
    is_little
}
