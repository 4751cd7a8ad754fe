//! `cargo xtask test`: every test there is, and one closing count.

mod count;
mod programs;
mod steps;

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use crate::paths::Paths;
use crate::tools::{Building, Testing};
use crate::{beside, build, say, stop, tools};
pub use count::Count;
use programs::Program;
use steps::Part;
pub use steps::set_environment;

/// Options of `cargo xtask test`.
#[derive(Args)]
pub struct Options {
    /// Run only this part.
    #[arg(long, value_enum)]
    only: Option<Part>,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }
}

/// Runs everything, also after a failure, and ends with the count on standard output.
///
/// # Errors
/// Something cannot be installed, the tests do not compile, or we were stopped. Failed tests are
/// in the exit code.
pub fn test(paths: &Paths, options: &Options) -> Result<ExitCode> {
    tools::toolchain(paths)?;
    // The app's last steps, the installing and the tests' linking each keep one processor busy.
    let (app, (testing, programs)) = beside::both(
        || build_app(paths),
        || beside::both(|| Testing::ready(paths), || compile(paths, options)),
    )?;
    // The whole site's tests wait for browsers most of the time.
    let (site, others) = beside::both(
        || {
            let mut count = Count::default();
            if options.wants(Part::Site) {
                for step in steps::site(&programs, paths) {
                    count.add(step.perform(paths, &testing, true)?);
                }
            }
            Ok(count)
        },
        || run_others(paths, &testing, options, &programs),
    )?;
    let mut all = app;
    all.add(site);
    all.add(others);
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

fn run_others(
    paths: &Paths,
    testing: &Testing,
    options: &Options,
    programs: &[Program],
) -> Result<Count> {
    let mut count = Count::default();
    if options.wants(Part::Host) {
        for step in steps::host(programs, paths) {
            count.add(step.perform(paths, testing, false)?);
        }
    }
    if options.wants(Part::Wasm) {
        count.add(steps::wasm()?.perform(paths, testing, false)?);
    }
    Ok(count)
}

/// Without the built app the tests of the whole site fail, and say so; the others still count.
fn build_app(paths: &Paths) -> Result<Count> {
    let mut count = Count::default();
    let built = Building::ready(paths)
        .and_then(|building| build::build(paths, &building, &build::Options::default()));
    if let Err(error) = built.and_then(|report| report.check()) {
        stop::check()?;
        say::error(&error);
        count.fail("the build of the app");
    }
    Ok(count)
}

/// Compiles what will run. The programs of this machine are left out where only wasm is asked for.
fn compile(paths: &Paths, options: &Options) -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    if options.wants(Part::Host) || options.wants(Part::Site) {
        programs = Program::compile_all(paths)?;
    }
    if options.wants(Part::Wasm) {
        steps::compile_wasm(paths)?;
    }
    Ok(programs)
}
