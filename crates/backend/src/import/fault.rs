//! What is wrong with a file, where, and what to do about it.

use std::fmt;

use documents::Fonts;

use super::ImportError;

/// How many faults are collected before reading stops, and how many warnings are shown.
pub const MOST: usize = 50;

/// One thing that is wrong with the files, or that a warning is about.
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

/// The faults and the warnings found so far.
#[derive(Debug, Default)]
pub struct Faults {
    all: Vec<Fault>,
    warnings: Vec<Fault>,
    fonts: Fonts,
}

impl Faults {
    /// None yet. What the fonts cannot write is going to be a warning.
    pub fn with_fonts(fonts: &Fonts) -> Self {
        Self {
            fonts: fonts.clone(),
            ..Self::default()
        }
    }

    /// Notes a warning where a text goes on documents and no font of theirs can write it.
    pub fn warn_unwritable(&mut self, file: &str, line: usize, column: &'static str, text: &str) {
        let missing = self.fonts.unwritable(text);
        if missing.is_empty() {
            return;
        }
        let shown: Vec<String> = missing.iter().take(8).map(char::to_string).collect();
        let more = if missing.len() > shown.len() {
            " ..."
        } else {
            ""
        };
        self.warnings.push(Fault {
            file: file.to_owned(),
            line: Some(line),
            column: Some(column),
            message: format!(
                "no font of the documents can write {}{more}, and each becomes a box there; \
                 name a font that can in documents.fonts of the settings",
                shown.join(" ")
            ),
        });
    }

    /// The warnings, in the order in which they were found.
    pub fn take_warnings(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.warnings)
    }

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

    /// Notes a fault of a whole row.
    pub fn in_line(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.add(Fault {
            file: file.to_owned(),
            line: Some(line),
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

    /// Whether there are so many faults that reading on is of no use.
    pub fn full(&self) -> bool {
        self.all.len() >= MOST
    }

    /// Ends the import if there are any faults.
    ///
    /// # Errors
    /// [`ImportError::Faults`] with all of them.
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
