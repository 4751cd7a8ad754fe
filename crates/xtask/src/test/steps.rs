//! What is run, and the environment that tests look into.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::json;

use super::count::Count;
use super::programs::Program;
use crate::paths::{self, Paths};
use crate::tools::Testing;
use crate::{run, say};

/// A part that can be asked for alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// The whole site in browsers.
    Site,
    /// Everything else that runs on this machine.
    Host,
    /// The app's own code inside a browser.
    Wasm,
}

/// The program that runs tests in wasm, by its name.
const RUNNER: &str = "wasm-test-runner";

/// The target of the whole site's tests.
const SITE: &str = "e2e";

/// One program to run, or one run of cargo.
pub struct Step {
    title: String,
    command: Command,
    /// Whether it has tests, so that it is a fault if none ran.
    has_tests: bool,
    /// What it must not find in its environment.
    without: &'static [&'static str],
}

/// The whole site's tests. They expect things within seconds, so they have priority over all
/// others.
pub fn site(programs: &[Program], paths: &Paths) -> Vec<Step> {
    let of_site = programs.iter().filter(|program| program.name == SITE);
    of_site
        .map(|program| Step::run(program, paths, true))
        .collect()
}

/// Every other program of this machine, then the examples in the documentation.
pub fn host(programs: &[Program], paths: &Paths) -> Vec<Step> {
    let others = programs.iter().filter(|program| program.name != SITE);
    let mut steps: Vec<Step> = others
        .map(|program| Step::run(program, paths, false))
        .collect();
    let mut examples = Command::new(paths::cargo());
    examples.args(["test", "--workspace", "--locked", "--no-fail-fast", "--doc"]);
    steps.push(Step {
        title: "examples in the documentation".to_owned(),
        command: examples,
        has_tests: false,
        without: &[],
    });
    steps
}

/// The app's own code inside a browser.
///
/// # Errors
/// It is not known where our own program lies.
pub fn wasm() -> Result<Step> {
    Ok(Step {
        title: "the app inside a browser".to_owned(),
        command: wasm_command()?,
        has_tests: true,
        // The runner takes the first driver that it finds named, and these are for Chromium.
        without: &["GECKODRIVER"],
    })
}

/// Compiles the tests for wasm ahead.
///
/// # Errors
/// They do not compile, or we were stopped.
pub fn compile_wasm(paths: &Paths) -> Result<()> {
    let mut command = wasm_command()?;
    command
        .arg("--no-run")
        .current_dir(&paths.root)
        .env_remove("CARGO_MANIFEST_DIR");
    run::quietly(
        "Compiling the tests for wasm",
        "about 2 minutes the first time",
        &mut command,
        &paths.log("compile-wasm-tests")?,
    )?;
    // With the features of the whole workspace, which the other tests are compiled with, so that
    // what they share is compiled once.
    let mut runner = Command::new(paths::cargo());
    runner
        .args(["build", "--locked", "--workspace", "--bin", RUNNER])
        .current_dir(&paths.root);
    run::quietly(
        "Compiling their runner",
        "about a minute the first time",
        &mut runner,
        &paths.log("compile-wasm-runner")?,
    )
}

fn wasm_command() -> Result<Command> {
    let own = std::env::current_exe().context("where is this program?")?;
    let runner = own.with_file_name(format!("{RUNNER}{}", std::env::consts::EXE_SUFFIX));
    // A list, so that a path with spaces is one word.
    let runner = json!([runner.display().to_string()]);
    let mut command = Command::new(paths::cargo());
    command
        .args(["test", "--locked", "--no-fail-fast", "--package", "portico"])
        .args(["--test", "browser", "--target", "wasm32-unknown-unknown"])
        .arg("--config")
        .arg(format!("target.wasm32-unknown-unknown.runner={runner}"));
    Ok(command)
}

impl Step {
    fn run(program: &Program, paths: &Paths, urgent: bool) -> Self {
        Self {
            title: program.title(&paths.root),
            command: program.command(urgent),
            // A program without tests is usual: the `main.rs` of a crate.
            has_tests: urgent,
            without: &[],
        }
    }

    /// Runs it and counts. Every line is said as it comes where `at_once`; else all are said at
    /// the end, so that they stay together where something else speaks in between.
    ///
    /// # Errors
    /// It cannot be started, or we were stopped. A failed test is counted and is no error.
    pub fn perform(mut self, paths: &Paths, testing: &Testing, at_once: bool) -> Result<Count> {
        set_environment(&mut self.command, paths, testing)?;
        for name in self.without {
            self.command.env_remove(name);
        }
        let mut count = Count::default();
        let mut kept = format!("\nRunning {}", self.title);
        if at_once {
            say::line(std::mem::take(&mut kept));
        }
        let status = run::streamed(&mut self.command, |line| {
            count.read(line);
            if at_once {
                say::line(line);
            } else {
                kept.push('\n');
                kept.push_str(line);
            }
        })?;
        if !kept.is_empty() {
            say::line(kept);
        }
        if !status.success() && count.failed == 0 {
            count.fail(&format!("{} ({status})", self.title));
        } else if status.success() && self.has_tests && count.is_empty() {
            count.fail(&format!("{}: not one test ran", self.title));
        }
        Ok(count)
    }
}

/// Everything that tests look for in the environment.
///
/// # Errors
/// The browser's settings cannot be written.
pub fn set_environment(command: &mut Command, paths: &Paths, testing: &Testing) -> Result<()> {
    if command.get_current_dir().is_none() {
        command
            .current_dir(&paths.root)
            .env_remove("CARGO_MANIFEST_DIR");
    }
    command
        .env("PORTICO_DIST", paths.dist())
        .env("PORTICO_AXE", &testing.axe)
        .envs(testing.browsers.programs())
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            write_capabilities(paths, testing)?,
        )
        // On a busy machine a browser takes longer to start than the runner would wait.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    Ok(())
}

/// Tells the runner of wasm tests which browser to start, and how; it adds
/// what makes it headless.
fn write_capabilities(paths: &Paths, testing: &Testing) -> Result<PathBuf> {
    let capabilities = json!({
        "goog:chromeOptions": {
            "binary": testing.browsers.chromium.program,
            "args": [
                "disable-gpu",
                "disable-quic",
                "no-first-run",
                "disable-background-networking",
                "disable-component-update",
                "disable-sync",
            ],
        },
    });
    let file = paths.work()?.join("webdriver.json");
    fs::write(&file, capabilities.to_string())
        .with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(file)
}
