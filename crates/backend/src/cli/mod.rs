//! The backend's command line: one file per command.

mod openapi;
mod serve;

/// The reference backend of the portal.
#[derive(clap::Parser, Debug)]
#[command(name = "backend", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand, Debug)]
enum Command {
    /// Serve the portal until told to stop.
    Serve(serve::Serve),
    /// Write the API's description (OpenAPI 3.1) to standard output.
    Openapi,
}

impl Cli {
    /// Does what was asked for.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(args) => serve::run(args).await,
            Command::Openapi => openapi::run(),
        }
    }
}
