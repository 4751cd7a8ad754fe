//! A backend as a process of its own, and how much memory it has.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running backend. It is killed when it is dropped.
pub struct Backend {
    child: Child,
    portal: String,
}

/// What `/proc` says of a process, in kB.
#[derive(Clone, Copy)]
pub struct Memory {
    /// The largest resident size that it ever had.
    pub peak_kb: u64,
    /// Its resident size now.
    pub resident_kb: u64,
}

impl Backend {
    /// Starts one on a database in a folder, and waits until it is ready.
    pub async fn start(folder: &Path) -> Self {
        let port = {
            let free = TcpListener::bind("127.0.0.1:0").unwrap();
            free.local_addr().unwrap().port()
        };
        let config = folder.join("settings.toml");
        std::fs::write(&config, settings(port)).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_backend"))
            .args(["serve", "--log", "text", "--config"])
            .arg(&config)
            .env("RUST_LOG", "info,sqlx=warn,sea_orm_migration=warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let wait = tokio::task::spawn_blocking(move || {
            let ready = lines
                .by_ref()
                .map_while(Result::ok)
                .any(|line| line.contains("ready"));
            // What it says later is read too: with nobody to read, writing would stop it.
            std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
            ready
        });
        assert!(wait.await.unwrap(), "the backend did not start");
        Self {
            child,
            portal: format!("http://localhost:{port}"),
        }
    }

    /// Its address.
    pub fn portal(&self) -> &str {
        &self.portal
    }

    /// How much memory it has.
    pub fn memory(&self) -> Memory {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{path} is there on Linux alone: {error}"));
        let kb = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|line| line.split_whitespace().next());
            number.unwrap().parse().unwrap()
        };
        Memory {
            peak_kb: kb("VmHWM:"),
            resident_kb: kb("VmRSS:"),
        }
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A portal behind a proxy on this machine, so that each try can come from another address.
fn settings(port: u16) -> String {
    format!(
        r##"
public_url = "http://localhost:{port}"
listen = "127.0.0.1:{port}"
database = "portal.sqlite"
dist = "dist"
[portal]
name = "Harbour Clinic"
brand = "#1d5fbf"
time_zone = "Europe/Dublin"
currencies = ["EUR"]
[security]
proxies = ["127.0.0.1"]
"##
    )
}
