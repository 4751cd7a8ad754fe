//! The parts of the tests, each one run of cargo.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::json;

use super::count::Count;
use crate::paths::{self, Paths};
use crate::tools::{Building, Testing};
use crate::{run, say};

/// A part that can be asked for alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Everything that runs on this machine, the whole site in a browser included.
    Host,
    /// The app's own code inside a browser.
    Wasm,
}

/// One run of cargo.
pub struct Step {
    part: Part,
    /// What is said before it.
    pub title: &'static str,
    arguments: &'static [&'static str],
}

const STEPS: [Step; 2] = [
    Step {
        part: Part::Host,
        title: "Tests on this machine, and of the whole site in a browser",
        arguments: &["test", "--workspace", "--locked", "--no-fail-fast"],
    },
    Step {
        part: Part::Wasm,
        title: "Tests of the app inside a browser",
        arguments: &[
            "test",
            "--locked",
            "--no-fail-fast",
            "--target",
            "wasm32-unknown-unknown",
            "--package",
            "portico",
            "--test",
            "browser",
        ],
    },
];

/// The steps to run.
pub fn all(only: Option<Part>) -> impl Iterator<Item = Step> {
    STEPS
        .into_iter()
        .filter(move |step| only.is_none_or(|part| part == step.part))
}

impl Step {
    /// The command with everything that tests look for in the environment.
    pub fn command(
        &self,
        paths: &Paths,
        building: &Building,
        testing: &Testing,
    ) -> Result<Command> {
        let mut command = Command::new(paths::cargo());
        command.args(self.arguments);
        set_environment(&mut command, paths, building, testing)?;
        Ok(command)
    }
}

/// Everything that tests look for in the environment.
pub fn set_environment(
    command: &mut Command,
    paths: &Paths,
    building: &Building,
    testing: &Testing,
) -> Result<()> {
    command
        .current_dir(&paths.root)
        .env("PATH", building.search_path()?)
        .env("PORTICO_DIST", paths.dist())
        .env("PORTICO_AXE", &testing.axe)
        .envs(testing.browsers.programs())
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            write_capabilities(paths, testing)?,
        )
        // On a busy machine a browser takes longer to start than the runner would wait.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env_remove("CARGO_MANIFEST_DIR");
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

/// Runs a step, shows everything that it prints, and counts.
pub fn run(command: &mut Command, step: &Step) -> Result<Count> {
    let mut count = Count::default();
    let status = run::streamed(command, |line| {
        say::line(line);
        count.read(line);
    })?;
    if !status.success() && count.failed == 0 {
        count.fail(&format!("{} ({status})", step.title));
    } else if status.success() && count.is_empty() {
        count.fail(&format!("{}: not one test ran", step.title));
    }
    Ok(count)
}
