//! The gateway as a process of its own.

use std::io::IsTerminal;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use sandbox_gateway::{FAULT_NAMES, Faults, GatewaySettings, serve};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// A payment provider for tests and demos: no real money.
#[derive(Parser)]
#[command(version, after_long_help = faults_help())]
struct Arguments {
    /// The port on 127.0.0.1; 0 takes any that is free.
    #[arg(long, default_value_t = 8090)]
    port: u16,
    /// What merchants show to use the API.
    #[arg(long, env = "SANDBOX_GATEWAY_API_KEY", hide_env_values = true)]
    api_key: String,
    /// What webhooks are signed with.
    #[arg(long, env = "SANDBOX_GATEWAY_WEBHOOK_SECRET", hide_env_values = true)]
    webhook_secret: String,
    /// Where customers reach the gateway, if not at http://127.0.0.1:PORT.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// A file that keeps payments and waiting webhooks over a restart.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// A fault that is on from the start; may be repeated.
    #[arg(long = "fault", value_name = "NAME[=VALUE]")]
    faults: Vec<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colours);
    log.with_writer(std::io::stderr).init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let faults = Faults::from_names(&arguments.faults)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
        .await
        .with_context(|| format!("cannot listen on port {}", arguments.port))?;
    let address = listener.local_addr()?;
    let settings = GatewaySettings {
        public_url: arguments.public_url,
        data: arguments.data,
        faults,
        ..GatewaySettings::new(arguments.api_key, arguments.webhook_secret)
    };
    tracing::info!("listening on http://{address}");
    serve(listener, settings, stop_signal()).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Ctrl-C, or the signal that service managers send.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn faults_help() -> String {
    let mut help = String::from("Faults:\n");
    for (name, value, does) in FAULT_NAMES {
        let equals = if value.is_empty() { "" } else { "=" };
        help.push_str(&format!("  {name}{equals}{value}\n      {does}\n"));
    }
    help
}
