//! `cargo xtask test`: every test there is, and one closing count.

mod count;
mod steps;

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use crate::paths::Paths;
use crate::tools::{Building, Testing};
use crate::{build, say, stop};
pub use count::Count;
pub use steps::set_environment;

/// Options of `cargo xtask test`.
#[derive(Args)]
pub struct Options {
    /// Run only this part.
    #[arg(long, value_enum)]
    only: Option<steps::Part>,
}

/// Runs everything, also after a failure, and ends with the count on standard output.
pub fn test(paths: &Paths, options: &Options) -> Result<ExitCode> {
    let building = Building::ready(paths)?;
    let testing = Testing::ready(paths)?;
    let mut all = Count::default();
    // Without the built app the tests of the whole site fail, and say so; the others still count.
    if let Err(error) = build_app(paths, &building) {
        stop::check()?;
        say::error(&error);
        all.fail("the build of the app");
    }
    for step in steps::all(options.only) {
        stop::check()?;
        say::line(format!("\n{}", step.title));
        let mut command = step.command(paths, &building, &testing)?;
        all.add(steps::run(&mut command, &step)?);
    }
    for failure in &all.failures {
        say::line(format!("failed: {failure}"));
    }
    writeln!(std::io::stdout().lock(), "{all}").context("standard output is gone")?;
    Ok(if all.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn build_app(paths: &Paths, building: &Building) -> Result<()> {
    build::build(paths, building, &build::Options::default())?.held()
}
