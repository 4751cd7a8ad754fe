//! WebKit as GTK has it: its MiniBrowser, by WebKitWebDriver, on a display that nobody looks at.

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::Capabilities;
use tokio::process::Command;

use super::display::{self, Display};
use super::driver::Driver;
use super::engine::program;

pub fn missing() -> Option<&'static str> {
    if program("WEBKIT_DRIVER", &["WebKitWebDriver"]).is_none() {
        Some("no WebKitWebDriver")
    } else if display::program().is_none() {
        Some("no Xvfb")
    } else {
        None
    }
}

pub async fn driver(display: &Display, home: &TempDir) -> Driver {
    let program = program("WEBKIT_DRIVER", &["WebKitWebDriver"]).expect("no WebKitWebDriver");
    Driver::on_free_port(|port| {
        let mut command = Command::new(&program);
        command
            .args([&format!("--port={port}"), "--host=127.0.0.1"])
            .env("DISPLAY", display.name())
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            // There is nobody who would read the screen aloud, and no bus to reach them by.
            .env("NO_AT_BRIDGE", "1")
            // There is no graphics card to share memory with; trying costs a third more.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        for folder in ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(folder, home.path());
        }
        command
    })
    .await
}

pub fn capabilities() -> Capabilities {
    let mut wanted = Capabilities::new();
    wanted.set("browserName", "MiniBrowser").unwrap();
    // Without this the driver starts the one that it was built with.
    if let Some(binary) = std::env::var_os("WEBKIT_BROWSER") {
        let binary = binary.to_string_lossy();
        let options = json!({ "binary": binary, "args": ["--automation"] });
        wanted.set("webkitgtk:browserOptions", options).unwrap();
    }
    wanted
}
