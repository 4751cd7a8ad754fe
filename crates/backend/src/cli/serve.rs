//! `backend serve`: serves the portal until it is asked to stop.

use std::io::IsTerminal as _;

use anyhow::Context as _;
use backend::app::App;
use backend::clock::Clock;
use backend::serve::serve;
use backend::settings::Settings;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// What may be said to `backend serve`.
#[derive(clap::Args, Debug)]
pub struct Serve {
    /// How the log is written to standard error; text on a terminal, else json.
    #[arg(long, value_name = "text|json")]
    log: Option<LogFormat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

/// Serves until Ctrl-C or SIGTERM.
///
/// # Errors
/// A font cannot be used, the settings do not go together, the database cannot be opened, a gateway
/// cannot be set up, or the address cannot be listened on.
pub async fn run(args: Serve, settings: Settings) -> anyhow::Result<()> {
    start_log(args.log);
    let (listen, portal) = (settings.listen, settings.public_url.clone());
    if !settings.dist.join("index.html").is_file() {
        tracing::warn!(
            dist = %settings.dist.display(),
            "there is no built app: only the API is served"
        );
    }
    for warning in settings.unwritable(&settings.fonts()?) {
        tracing::warn!("{warning}");
    }
    let app = App::open(settings, Clock::system()).await?;
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!("{listen} cannot be listened on; another program may have it (setting `listen`)")
    })?;
    tracing::info!(%listen, %portal, "ready");
    serve(app, listener, stop_signal()).await?;
    tracing::info!("stopped");
    Ok(())
}

fn start_log(format: Option<LogFormat>) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let terminal = std::io::stderr().is_terminal();
    match format {
        Some(LogFormat::Json) => log.json().init(),
        None if !terminal => log.json().init(),
        _ => log.with_ansi(terminal).init(),
    }
}

async fn stop_signal() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Where no signal can be waited for, there is only the end of the process.
    if interrupted.await.is_err() {
        std::future::pending::<()>().await;
    }
}
