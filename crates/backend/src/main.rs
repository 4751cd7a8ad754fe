//! The backend's process: reads the command line and does what it says.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What went wrong and why, in one line where it fits, and no stack.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
