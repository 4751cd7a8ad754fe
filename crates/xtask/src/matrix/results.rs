//! What the tests wrote down: one line of JSON a cell. Shards add up in one file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use checkout_matrix::Cell;
use serde::{Deserialize, Serialize};

/// What came of a cell.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CellResult {
    engine: String,
    portal_coop: String,
    gateway_coop: String,
    hint: String,
    outcome: String,
    provider: String,
    /// What the portal showed in the end.
    pub ended: String,
    /// Which hint came first.
    pub first: String,
    /// Milliseconds from the provider's answer to the right screen.
    pub ms: Option<i64>,
    /// How many entries the ledger gained.
    pub entries: u64,
    /// How often the portal was loaded anew.
    pub reloads: u32,
    /// What was wrong; empty where all was right.
    pub wrong: Vec<String>,
    /// Why the hint could not come.
    pub cannot: Option<String>,
}

/// Everything that was found so far; of a cell that ran twice, the later run.
#[derive(Debug, Default)]
pub struct Results(BTreeMap<Cell, CellResult>);

impl Results {
    /// Reads what earlier shards have found; nothing where there is no such file.
    ///
    /// # Errors
    /// The file cannot be read, or has a line that is not a result.
    pub fn read(file: &Path) -> Result<Self> {
        let mut results = Self::default();
        if file.exists() {
            results.add_file(file)?;
        }
        Ok(results)
    }

    /// Writes one line of JSON a cell, in the order of the matrix.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, file: &Path) -> Result<()> {
        let mut text = String::new();
        for result in self.0.values() {
            text.push_str(&serde_json::to_string(result)?);
            text.push('\n');
        }
        fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
    }

    /// Adds what a shard has written.
    ///
    /// # Errors
    /// The file cannot be read, or has a line that is not a result.
    pub fn add_file(&mut self, file: &Path) -> Result<()> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        self.add(&text)
            .with_context(|| format!("{}; `--fresh` begins anew", file.display()))
    }

    /// Adds the lines of a shard.
    ///
    /// # Errors
    /// A line is not a result, or names a cell that there is not. The error names the line; the
    /// lines before it have been added.
    pub fn add(&mut self, lines: &str) -> Result<()> {
        for (index, line) in lines.lines().enumerate() {
            let number = index + 1;
            let result: CellResult =
                serde_json::from_str(line).with_context(|| format!("line {number}"))?;
            match result.cell() {
                Ok(cell) => self.0.insert(cell, result),
                Err(unknown) => bail!("line {number}: {unknown}"),
            };
        }
        Ok(())
    }

    /// How many cells have run.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Every cell that has run, in the order of the matrix.
    pub fn all(&self) -> impl Iterator<Item = (&Cell, &CellResult)> {
        self.0.iter()
    }

    /// What came of a cell, if it has run.
    pub fn at(&self, cell: &Cell) -> Option<&CellResult> {
        self.0.get(cell)
    }

    /// The cells that were wrong.
    pub fn wrong(&self) -> impl Iterator<Item = (&Cell, &CellResult)> {
        self.all().filter(|(_, result)| !result.wrong.is_empty())
    }
}

impl CellResult {
    fn cell(&self) -> Result<Cell, String> {
        Cell::of([
            &self.engine,
            &self.portal_coop,
            &self.gateway_coop,
            &self.hint,
            &self.outcome,
            &self.provider,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(engine: &str, ms: i64) -> String {
        format!(
            r#"{{"engine":"{engine}","portal_coop":"none","gateway_coop":"none","hint":"push",
            "outcome":"paid","provider":"sandbox","ended":"Payment complete","first":"push","ms":{ms},"entries":1,
            "reloads":0,"wrong":[],"cannot":null}}"#
        )
        .replace('\n', "")
    }

    #[test]
    fn shards_add_up_and_a_later_run_counts() {
        let mut results = Results::default();
        let first = format!("{}\n{}\n", line("firefox", 900), line("webkit", 300));
        results.add(&first).unwrap();
        results.add(&line("firefox", 400)).unwrap();
        let times: Vec<_> = results.all().map(|(_, result)| result.ms).collect();
        assert_eq!(times, [Some(400), Some(300)]);
        assert_eq!(results.wrong().count(), 0);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let file = std::env::temp_dir().join(format!("portico-cells-{}", std::process::id()));
        let mut results = Results::default();
        results.add(&line("webkit", 300)).unwrap();
        results.add(&line("firefox", 400)).unwrap();
        results.write(&file).unwrap();
        let again = Results::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        let times: Vec<_> = again.all().map(|(_, result)| result.ms).collect();
        assert_eq!(times, [Some(400), Some(300)]);
        assert_eq!(Results::read(&file).unwrap().count(), 0);
    }

    #[test]
    fn a_line_that_is_not_understood_is_named() {
        let mut results = Results::default();
        let lines = format!("{}\n{}\n", line("firefox", 900), line("opera", 300));
        let error = format!("{:#}", results.add(&lines).unwrap_err());
        assert!(error.contains("line 2: `opera` is none of"), "{error}");
        let error = format!("{:#}", results.add("{\"engine\":").unwrap_err());
        assert!(error.starts_with("line 1"), "{error}");
    }
}
