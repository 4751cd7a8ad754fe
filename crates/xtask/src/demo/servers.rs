//! The servers of the demo: built, started together, ended together.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::ports::Ports;
use super::settings::Home;
use super::{health, providers};
use crate::paths::{self, Paths};
use crate::run;
use crate::running::Running;
use crate::{say, stop};

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// The built servers.
pub struct Programs {
    /// The portal's backend.
    pub backend: PathBuf,
    /// The payment gateway.
    pub gateway: PathBuf,
    /// The stand-ins for payment providers, if the demo has any.
    pub providers: Option<PathBuf>,
}

/// Builds the servers with the profile of the tests, and the stand-ins for payment providers if
/// they are asked for. Unoptimised they are built in a third of the time, and the crates that would
/// be too slow are optimised by name (the profiles in Cargo.toml).
///
/// # Errors
/// They do not compile, the log cannot be written, or we were stopped.
pub fn build(paths: &Paths, with_providers: bool) -> Result<Programs> {
    let mut command = Command::new(paths::cargo());
    command
        .args([
            "build",
            "--locked",
            "-p",
            "backend",
            "-p",
            "sandbox-gateway",
        ])
        .arg("--target-dir")
        .arg(&paths.target)
        .current_dir(&paths.root);
    let mut what = "Building the backend and the payment gateway";
    if with_providers {
        command.args(["-p", "provider-stand-ins"]);
        what = "Building the backend, the payment gateway and the stand-ins";
    }
    run::quietly(
        what,
        "about 5 minutes the first time",
        &mut command,
        &paths.log("servers")?,
    )?;
    let program = |name: &str| {
        paths
            .target
            .join("debug")
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    };
    Ok(Programs {
        backend: program("backend"),
        gateway: program("sandbox-gateway"),
        providers: with_providers.then(|| program("provider-stand-ins")),
    })
}

/// The running servers; they end when this value goes away.
pub struct Servers {
    all: Vec<Server>,
}

struct Server {
    name: &'static str,
    program: Running,
    log: PathBuf,
}

/// Starts the servers and waits until all of them answer.
///
/// # Errors
/// A secret or a log cannot be written, a server cannot be started, ends by itself or does not
/// answer within 30 seconds, or we were stopped.
pub fn start(programs: &Programs, home: &Home, ports: &Ports) -> Result<Servers> {
    let mut gateway = Command::new(&programs.gateway);
    gateway
        .args(["--port", &ports.gateway.to_string(), "--data"])
        .arg(home.file("gateway.json"))
        .env("SANDBOX_GATEWAY_API_KEY", home.secret("api-key")?)
        .env(
            "SANDBOX_GATEWAY_WEBHOOK_SECRET",
            home.secret("webhook-secret")?,
        );
    let mut backend = Command::new(&programs.backend);
    backend
        .arg("--config")
        .arg(home.settings())
        .args(["serve", "--log", "text"]);
    let mut servers = Servers { all: Vec::new() };
    servers.add("payment gateway", &mut gateway, home.file("gateway.log"))?;
    if let (Some(program), Some(at)) = (&programs.providers, ports.providers) {
        let mut command = providers::command(program, home, ports.portal, at);
        servers.add("stand-ins", &mut command, home.file("providers.log"))?;
    }
    servers.add("backend", &mut backend, home.file("backend.log"))?;
    servers.wait_for("127.0.0.1", ports.gateway, health::is_up)?;
    if let Some(at) = ports.providers {
        // They answer as their providers do, who have no such page.
        servers.wait_for("127.0.0.1", at.stripe, health::answers)?;
        servers.wait_for("127.0.0.1", at.paypal, health::answers)?;
    }
    servers.wait_for("localhost", ports.portal, health::is_up)?;
    Ok(servers)
}

impl Servers {
    fn add(&mut self, name: &'static str, command: &mut Command, log: PathBuf) -> Result<()> {
        let file =
            File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file);
        let program = Running::start(command)?;
        self.all.push(Server { name, program, log });
        Ok(())
    }

    fn wait_for(&mut self, host: &str, port: u16, is_there: fn(&str, u16) -> bool) -> Result<()> {
        let started = Instant::now();
        while !is_there(host, port) {
            stop::check()?;
            self.check()?;
            if started.elapsed() > PATIENCE {
                bail!(
                    "nothing answers at {host}:{port} after {}",
                    say::time(PATIENCE)
                );
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Checks that all servers still run.
    ///
    /// # Errors
    /// A server has ended by itself; the error names it, and the end of its log is shown. Or we
    /// were stopped.
    pub fn check(&mut self) -> Result<()> {
        for server in &mut self.all {
            if let Some(status) = server.program.exit_status()? {
                // Ctrl-C in some terminals reaches the servers before it reaches us.
                stop::check()?;
                say::line(quoted_tail(&server.log));
                bail!(
                    "the {} has ended ({status}); its log is {}",
                    server.name,
                    server.log.display()
                );
            }
        }
        Ok(())
    }

    /// Ends them, all at once.
    pub fn end(&mut self) {
        for server in &mut self.all {
            server.program.ask_to_end();
        }
        for server in &mut self.all {
            server.program.end();
        }
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the log of a server ends with.
fn tail(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

fn quoted_tail(log: &Path) -> String {
    tail(log)
        .lines()
        .map(|line| format!("  | {line}\n"))
        .collect()
}
