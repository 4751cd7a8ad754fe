//! Firefox without a screen, by geckodriver.

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::Capabilities;
use tokio::process::Command;

use super::driver::Driver;
use super::engine::program;

const PROGRAMS: [&str; 2] = ["firefox-esr", "firefox"];

pub fn missing() -> Option<&'static str> {
    if program("FIREFOX", &PROGRAMS).is_none() {
        Some("no Firefox")
    } else if program("GECKODRIVER", &["geckodriver"]).is_none() {
        Some("no geckodriver")
    } else {
        None
    }
}

pub async fn driver(profile: &TempDir) -> Driver {
    let program = program("GECKODRIVER", &["geckodriver"]).expect("no geckodriver");
    let command = || {
        let mut command = Command::new(&program);
        command
            .args([
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--websocket-port",
                "0",
            ])
            .args(["--log", "info", "--log-no-truncate", "--profile-root"])
            .arg(profile.path());
        command
    };
    Driver::that_tells(command, |line| {
        let (_, port) = line.split_once("Listening on 127.0.0.1:")?;
        port.trim().parse().ok()
    })
    .await
}

pub fn capabilities() -> Capabilities {
    let binary = program("FIREFOX", &PROGRAMS).expect("no Firefox");
    let mut wanted = Capabilities::new();
    wanted.set("browserName", "firefox").unwrap();
    let options = json!({
        "binary": binary,
        "args": ["-headless"],
        "prefs": {
            // As it comes to people: windows open on a click only. geckodriver lets them all open.
            "dom.disable_open_during_load": true,
        },
    });
    wanted.set("moz:firefoxOptions", options).unwrap();
    wanted
}
