//! The process that drives a browser: started on a port of its own.
//!
//! A port that is free now may be taken a moment later, so a driver that ends
//! before it listens is started again.

use std::collections::HashSet;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Stdio;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// How often a driver is started before a test gives up.
const TRIES: usize = 5;
/// How long a driver may take to listen.
const PATIENCE: Duration = Duration::from_secs(30);

/// A driver that listens. Dropping it ends it.
pub struct Driver {
    pub port: u16,
    _process: Child,
}

impl Driver {
    /// Starts a driver that chooses its port and tells it in a line that `port` finds it in.
    pub async fn that_tells(command: impl Fn() -> Command, port: fn(&str) -> Option<u16>) -> Self {
        let mut heard = Vec::new();
        for _ in 0..TRIES {
            let mut process = spawn(command().stdout(Stdio::piped()));
            let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                if let Some(port) = port(&line) {
                    // Nobody reads on; a full pipe would stop the driver.
                    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                    return Self {
                        port,
                        _process: process,
                    };
                }
                heard.push(line);
            }
        }
        panic!("the driver ended {TRIES} times without a port: {heard:?}")
    }

    /// Starts a driver that has to be told its port.
    pub async fn on_free_port(command: impl Fn(u16) -> Command) -> Self {
        for _ in 0..TRIES {
            let port = free_port();
            let mut process = spawn(command(port).stdout(Stdio::null()));
            if listens(&mut process, port).await {
                return Self {
                    port,
                    _process: process,
                };
            }
        }
        panic!("the driver ended {TRIES} times before it listened")
    }

    /// Where it is spoken to.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

fn spawn(command: &mut Command) -> Child {
    let started = command.stderr(Stdio::null()).kill_on_drop(true).spawn();
    started.unwrap_or_else(|error| {
        let program = command.as_std().get_program().display();
        panic!("{program} does not start ({error}); run `cargo xtask test`")
    })
}

/// A port that nobody listens on, and that no other test of this process was given.
fn free_port() -> u16 {
    static GIVEN: Mutex<Option<HashSet<u16>>> = Mutex::new(None);
    let mut given = GIVEN.lock().unwrap();
    let given = given.get_or_insert_default();
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        if given.insert(port) {
            return port;
        }
    }
}

/// Waits until the process listens; false if it has ended.
async fn listens(process: &mut Child, port: u16) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        let reached = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await;
        if process.try_wait().unwrap().is_some() {
            return false;
        }
        if reached.is_ok() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the driver does not listen on port {port} after {PATIENCE:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A driver that finds its port taken the first time.
    fn unlucky_once(folder: &std::path::Path, then: &str) -> Command {
        let mut command = Command::new("sh");
        let been = folder.join("been").display().to_string();
        command.arg("-c").arg(format!(
            "test -e {been} || {{ touch {been}; exit 1; }}; {then}"
        ));
        command
    }

    #[tokio::test]
    async fn a_driver_whose_port_is_taken_is_started_again() {
        let folder = tempfile::tempdir().unwrap();
        let command = || unlucky_once(folder.path(), "echo port 4444; exec sleep 60");
        let driver = Driver::that_tells(command, |line| line.strip_prefix("port ")?.parse().ok());
        assert_eq!(driver.await.port, 4444);
    }

    #[tokio::test]
    async fn no_two_drivers_are_told_one_port() {
        let ports: HashSet<u16> = (0..50).map(|_| free_port()).collect();
        assert_eq!(ports.len(), 50);
    }
}
