//! Chromium without a screen, by chromedriver.

use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::process::Command;

use super::driver::Driver;
use super::engine::program;

pub async fn driver() -> Driver {
    let named = program("CHROMEDRIVER", &["chromedriver"]);
    let program = named.unwrap_or_else(|| "chromedriver".into());
    let command = || {
        let mut command = Command::new(&program);
        command.arg("--port=0");
        command
    };
    // It takes a port that is free for IPv6, and ends where that is taken for IPv4.
    Driver::that_tells(command, |line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    })
    .await
}

pub fn capabilities(profile: &TempDir) -> Capabilities {
    let mut wanted = DesiredCapabilities::chrome();
    if let Ok(binary) = std::env::var("CHROMIUM") {
        wanted.set_binary(&binary).unwrap();
    }
    let profile_argument = format!("--user-data-dir={}", profile.path().display());
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
        &profile_argument,
    ] {
        wanted.add_arg(argument).unwrap();
    }
    // As it comes to people: windows open on a click only. chromedriver lets them all open.
    wanted.add_exclude_switch("disable-popup-blocking").unwrap();
    wanted.into()
}
