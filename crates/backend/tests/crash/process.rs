//! A backend as a process of its own, which stops dead where it is told to and is killed there.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use test_support::LONGEST;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The folder in which backtraces are wanted. Where there is none, none are made: each takes long.
pub const BACKTRACES: &str = "backtraces";

/// A running backend. It is killed when it is dropped.
pub struct Backend {
    child: Child,
    said: UnboundedReceiver<String>,
    stop_at: PathBuf,
}

impl Backend {
    /// Starts one with the settings in a folder, and waits until it answers.
    pub async fn start(folder: &Path) -> Self {
        let stop_at = folder.join("stop-at");
        let mut command = Command::new(env!("CARGO_BIN_EXE_backend"));
        let backtraces = folder.join(BACKTRACES);
        if backtraces.is_dir() {
            command.env("PORTICO_BACKTRACES", backtraces);
        }
        command
            .args(["serve", "--log", "text", "--config"])
            .arg(folder.join("settings.toml"))
            .env("PORTICO_STOP_AT", &stop_at)
            .env("RUST_LOG", "info,sqlx=warn,sea_orm_migration=warn")
            // With one worker all stops where one stops, as when a process is killed.
            .env("TOKIO_WORKER_THREADS", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut backend = Self::watching(command, stop_at);
        backend.says("ready").await;
        backend
    }

    /// Starts a process, and listens to what it says.
    fn watching(mut command: Command, stop_at: PathBuf) -> Self {
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (tell, said) = unbounded_channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            said,
            stop_at,
        }
    }

    /// The same, which stops at a point as soon as it comes there by itself.
    pub async fn start_to_stop_at(folder: &Path, point: &str) -> Self {
        std::fs::write(folder.join("stop-at"), point).unwrap();
        Self::start(folder).await
    }

    /// From now on it stops at a point.
    pub fn stop_at(&self, point: &str) {
        std::fs::write(&self.stop_at, point).unwrap();
    }

    /// Waits until it has stopped there, and kills it.
    pub async fn killed_at(mut self, point: &str) {
        self.says(&format!("stopped at {point}")).await;
        std::fs::remove_file(&self.stop_at).unwrap();
        self.kill();
    }

    /// Waits for a line.
    async fn says(&mut self, wanted: &str) {
        let mut before = Vec::new();
        let wait = async {
            while let Some(line) = self.said.recv().await {
                let is_it = line.contains(wanted);
                before.push(line);
                if is_it {
                    return true;
                }
            }
            false
        };
        let said = tokio::time::timeout(LONGEST, wait).await;
        assert_eq!(said, Ok(true), "no {wanted:?} in {before:#?}");
    }

    /// SIGKILL: nothing is flushed, closed or told.
    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Runs a command to its end, with the settings in a folder.
pub fn command(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_backend"))
        .args(words)
        .arg("--config")
        .arg(folder.join("settings.toml"))
        .output()
        .unwrap()
}

/// Runs a command until it stops at a point, and kills it there.
pub async fn command_killed_at(folder: &Path, point: &str, words: &[&str]) {
    let stop_at = folder.join("command-stops-at");
    std::fs::write(&stop_at, point).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_backend"));
    child
        .args(words)
        .arg("--config")
        .arg(folder.join("settings.toml"))
        .env("PORTICO_STOP_AT", &stop_at)
        .env("TOKIO_WORKER_THREADS", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    Backend::watching(child, stop_at).killed_at(point).await;
}
