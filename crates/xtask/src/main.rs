//! The commands of the README and the steps behind `.ci/run`.
//!
//! Everything that is said goes to standard error; standard output carries
//! only what a command promises there (`demo --json`, the closing count).

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

mod beside;
mod build;
mod demo;
mod lint;
mod matrix;
mod paths;
mod run;
mod running;
mod say;
mod serve;
mod stop;
mod test;
mod tools;

/// Builds, shows and tests Portico.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and run the portal with sample data and a sandbox payment gateway.
    Demo(demo::Options),
    /// Run every test, in the browser too, and print one closing count.
    Test(test::Options),
    /// Run a part of the checkout's full fault matrix, and write docs/checkout-matrix.md.
    Matrix(matrix::Options),
    /// Build the release app into dist/ and hold its sizes to budgets.toml.
    Build(build::Options),
    /// Show the app at port 8081 and build it anew at every change, over a running demo.
    Serve,
    /// Check format and lints, for the host and for wasm.
    Lint,
    /// Install the tools that building and testing need, and say where they are.
    Tools,
    /// What `trunk serve` calls to complete a development build.
    #[command(hide = true)]
    Stage,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match stop::listen().and_then(|()| perform(cli.command)) {
        Ok(code) => code,
        Err(_) if stop::requested() => {
            say::line("Stopped.");
            ExitCode::from(130)
        }
        Err(error) => {
            say::error(&error);
            ExitCode::FAILURE
        }
    }
}

fn perform(command: Command) -> Result<ExitCode> {
    let paths = paths::Paths::find()?;
    match command {
        Command::Demo(options) => demo::demo(&paths, &options)?,
        Command::Test(options) => return test::test(&paths, &options),
        Command::Matrix(options) => return matrix::matrix(&paths, &options),
        Command::Build(options) => {
            let tools = tools::Building::ready(&paths)?;
            build::build(&paths, &tools, &options)?.check()?;
        }
        Command::Serve => serve::serve(&paths)?,
        Command::Lint => lint::lint(&paths)?,
        Command::Tools => tools::show(&paths)?,
        Command::Stage => build::stage(&paths)?,
    }
    Ok(ExitCode::SUCCESS)
}
