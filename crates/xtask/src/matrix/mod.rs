//! `cargo xtask matrix`: a shard of the full fault matrix of the checkout, in
//! real browsers, and the report of every shard so far.

mod report;
mod results;
mod times;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::str::FromStr;

use anyhow::{Context, Result};
use checkout_matrix::{Cell, Engine};
use clap::Args;

use crate::paths::{self, Paths};
use crate::test::{Count, set_environment};
use crate::tools::{Building, Testing};
use crate::{build, run, say};
use results::Results;

const REPORT: &str = "docs/checkout-matrix.md";
/// What every shard has found, kept beside the report so that the next one adds to it.
const RESULTS: &str = "docs/checkout-matrix.jsonl";

/// Options of `cargo xtask matrix`.
#[derive(Args)]
pub struct Options {
    /// Run the n-th of m parts of all cells.
    #[arg(long, value_name = "N/M", default_value = "1/1")]
    shard: Shard,
    /// Run only the cells of this engine: chromium, firefox or webkit.
    #[arg(long)]
    engine: Option<Engine>,
    /// Run one cell: engine/portal COOP/gateway COOP/hint/outcome/provider, as in
    /// `firefox/none/same-origin/push/paid/stripe`.
    #[arg(long, value_name = "ID", conflicts_with_all = ["shard", "engine"])]
    cell: Option<Cell>,
    /// Forget what earlier shards have found.
    #[arg(long)]
    fresh: bool,
    /// Run nothing; write the report anew from what shards have found.
    #[arg(long, conflicts_with_all = ["shard", "engine", "cell", "fresh"])]
    report: bool,
}

/// `n/m`: the n-th of m parts, counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shard {
    number: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text
            .split_once('/')
            .and_then(|(n, m)| Some((n.parse().ok()?, m.parse().ok()?)));
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("a shard is n/m, such as 1/12 for the first of twelve".to_owned()),
        }
    }
}

/// Runs a shard, and writes the report of all that have run.
///
/// # Errors
/// A tool or browser cannot be installed, the app does not compile or is over its budget, the
/// results cannot be read or written, or we were stopped. Cells that went wrong are in the exit
/// code.
pub fn matrix(paths: &Paths, options: &Options) -> Result<ExitCode> {
    let found = paths.root.join(RESULTS);
    let mut results = match options.fresh {
        true => Results::default(),
        false => Results::read(&found)?,
    };
    let all_right = options.report || perform(paths, options, &mut results)?;
    results.write(&found)?;
    let file = paths.root.join(REPORT);
    fs::write(&file, report::write(&results))
        .with_context(|| format!("{} cannot be written", file.display()))?;
    say::line(format!(
        "{} of {} cells have run; wrong: {}. The report is in {REPORT}.",
        results.count(),
        Cell::count(),
        results.wrong().count()
    ));
    Ok(if all_right {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Whether all that ran was right.
fn perform(paths: &Paths, options: &Options, results: &mut Results) -> Result<bool> {
    let building = Building::ready(paths)?;
    let testing = Testing::ready(paths)?;
    build::build(paths, &building, &build::Options::default())?.check()?;
    let file = paths.work()?.join("matrix.jsonl");
    if file.exists() {
        fs::remove_file(&file)?;
    }
    let mut command = options.command(&file);
    set_environment(&mut command, paths, &testing)?;
    let mut count = Count::default();
    let status = run::streamed(&mut command, |line| {
        say::line(line);
        count.read(line);
    })?;
    say::line(format!("By engine: {count}."));
    if file.exists() {
        results.add_file(&file)?;
    }
    Ok(status.success())
}

impl Options {
    fn engine(&self) -> Option<Engine> {
        self.cell
            .as_ref()
            .map_or(self.engine, |cell| Some(cell.engine))
    }

    /// One engine after another: side by side they would slow each other down.
    fn command(&self, results: &Path) -> Command {
        let mut command = Command::new(paths::cargo());
        command
            .args(["test", "--locked", "--workspace", "--test", "e2e"])
            .args(["--", "--exact", "--nocapture", "--test-threads", "1"])
            .env(
                "PORTICO_MATRIX",
                format!("{}/{}", self.shard.number, self.shard.of),
            )
            .env("PORTICO_MATRIX_RESULTS", results);
        if let Some(cell) = &self.cell {
            command.env("PORTICO_MATRIX_CELL", cell.to_string());
        }
        let engines = Engine::ALL.into_iter();
        for engine in engines.filter(|engine| self.engine().is_none_or(|only| only == *engine)) {
            command.arg(format!("matrix::{}", engine.name()));
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_one_of_its_number() {
        assert_eq!("3/12".parse(), Ok(Shard { number: 3, of: 12 }));
        for wrong in ["", "3", "0/2", "3/2", "1/0", "a/b", "1/2/3"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_single_cell_runs_in_its_engine_only() {
        let options = Options {
            shard: Shard { number: 1, of: 1 },
            engine: None,
            cell: Some("webkit/none/none/push/paid/sandbox".parse().unwrap()),
            fresh: false,
            report: false,
        };
        let command = options.command(Path::new("results"));
        let tests: Vec<_> = command
            .get_args()
            .filter_map(|argument| argument.to_str())
            .collect();
        assert!(tests.ends_with(&["matrix::webkit"]), "{tests:?}");
        assert!(!tests.contains(&"matrix::firefox"));
    }
}
