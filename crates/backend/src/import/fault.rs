//! What is wrong with a file, where, and what to do about it.

use std::fmt;

use super::ImportError;

/// How many faults are collected before reading stops.
const MOST: usize = 50;

/// One thing that is wrong with the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line in it, counted from 1, where it is about one.
    pub line: Option<usize>,
    /// The column by its name, where it is about one.
    pub column: Option<&'static str>,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The faults found so far.
#[derive(Debug, Default)]
pub struct Faults {
    all: Vec<Fault>,
}

impl Faults {
    /// Notes a fault, as long as there are not too many.
    pub fn add(&mut self, fault: Fault) {
        if !self.full() {
            self.all.push(fault);
        }
    }

    /// Notes a fault of a whole file.
    pub fn in_file(&mut self, file: &str, message: impl Into<String>) {
        self.add(Fault {
            file: file.to_owned(),
            line: None,
            column: None,
            message: message.into(),
        });
    }

    /// Notes a fault of a row.
    pub fn in_row(
        &mut self,
        file: &str,
        line: usize,
        column: &'static str,
        message: impl Into<String>,
    ) {
        self.add(Fault {
            file: file.to_owned(),
            line: Some(line),
            column: Some(column),
            message: message.into(),
        });
    }

    /// Whether reading on would only bury what is known to be wrong.
    pub fn full(&self) -> bool {
        self.all.len() >= MOST
    }

    /// Ends the import if anything is wrong.
    pub fn refuse_any(self) -> Result<(), ImportError> {
        if self.all.is_empty() {
            return Ok(());
        }
        Err(ImportError::Faults {
            stopped: self.full(),
            faults: self.all,
        })
    }
}
