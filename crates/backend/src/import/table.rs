//! A CSV file with a head that names its columns, and its rows cell by cell.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::Path;

use super::csv::{self, Record};
use super::fault::Faults;
use super::separator;
use crate::invisible;

/// What a file is called and which columns it has.
pub struct Shape {
    /// The file's name.
    pub file: &'static str,
    /// The columns that have to be there.
    pub needed: &'static [&'static str],
    /// The columns that may be left out.
    pub optional: &'static [&'static str],
    /// The columns whose texts stand on documents.
    pub printed: &'static [&'static str],
}

/// A file is there and cannot be read; why is noted.
#[derive(Clone, Copy, Debug)]
pub struct Unreadable;

/// A file, read.
pub struct Table {
    shape: &'static Shape,
    places: BTreeMap<&'static str, usize>,
    records: Vec<Record>,
}

/// A row, read, and where it stands.
#[derive(Clone, Debug)]
pub struct Found<T> {
    /// The line that it begins on.
    pub line: usize,
    /// What it holds.
    pub row: T,
}

/// The cells of one row.
pub struct Cells<'a> {
    table: &'a Table,
    record: &'a Record,
    faults: &'a mut Faults,
}

impl Table {
    /// Reads a file of the folder. Where there is none, the table is `None` and nothing is
    /// wrong.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] where it cannot be read; that is a fault, which is noted.
    pub fn read(
        folder: &Path,
        shape: &'static Shape,
        faults: &mut Faults,
    ) -> Result<Option<Self>, Unreadable> {
        let path = folder.join(shape.file);
        if !path.exists() {
            return Ok(None);
        }
        Self::read_file(&path, shape, faults)
            .map(Some)
            .ok_or(Unreadable)
    }

    fn read_file(path: &Path, shape: &'static Shape, faults: &mut Faults) -> Option<Self> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(why) => {
                faults.in_file(shape.file, format!("it cannot be read: {why}"));
                return None;
            }
        };
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(why) => {
                let before = bytes.iter().take(why.valid_up_to());
                let line = 1 + before.filter(|b| **b == b'\n').count();
                let message = format!("line {line} is not UTF-8; save the file as UTF-8");
                faults.in_file(shape.file, message);
                return None;
            }
        };
        Self::parse(text, shape, faults)
    }

    fn parse(text: &str, shape: &'static Shape, faults: &mut Faults) -> Option<Self> {
        let is_column = |name: &str| shape.needed.contains(&name) || shape.optional.contains(&name);
        if let Some(message) = separator::find_wrong(text, is_column) {
            faults.in_file(shape.file, message);
            return None;
        }
        let records = match csv::read(text) {
            Ok(records) => records,
            Err(why) => {
                faults.in_file(shape.file, format!("line {}: {}", why.line, why.message));
                return None;
            }
        };
        let mut records = records.into_iter();
        let Some(head) = records.next() else {
            let names = shape.needed.join(",");
            faults.in_file(
                shape.file,
                format!("it is empty; its first line has to be {names}"),
            );
            return None;
        };
        Some(Self {
            shape,
            places: places(&head, shape, faults)?,
            records: records.collect(),
        })
    }

    /// The texts of one column, whatever else is wrong with the rows.
    pub fn column(&self, name: &'static str) -> impl Iterator<Item = &str> {
        let place = self.places.get(name).copied();
        let cells = self.records.iter();
        cells.filter_map(move |record| Some(record.cells.get(place?)?.text.trim()))
    }

    /// Whether every row has as many cells as there are columns.
    pub fn is_even(&self) -> bool {
        let columns = self.places.len();
        self.records
            .iter()
            .all(|record| record.cells.len() == columns)
    }

    /// Reads every row that can be read; what is wrong with the others is noted.
    pub fn rows<T>(
        &self,
        faults: &mut Faults,
        mut each: impl FnMut(&mut Cells<'_>) -> Option<T>,
    ) -> Vec<Found<T>> {
        let mut found = Vec::new();
        for record in &self.records {
            if faults.full() {
                break;
            }
            let (cells, columns) = (record.cells.len(), self.places.len());
            if let Some(message) = separator::find_wrong_in_row(record, columns) {
                // The rows after it are going to have the same.
                faults.in_line(self.shape.file, record.line, message);
                break;
            }
            if cells != columns {
                let message = format!(
                    "it has {cells} cells and the head has {columns} columns; \
                     a comma inside a cell needs the cell to be in quotes"
                );
                faults.in_line(self.shape.file, record.line, message);
                continue;
            }
            let mut cells = Cells {
                table: self,
                record,
                faults,
            };
            let row = each(&mut cells);
            for column in self.shape.printed {
                cells.warn_unwritable(column, |text| text);
            }
            if let Some(row) = row {
                let line = record.line;
                found.push(Found { line, row });
            }
        }
        found
    }
}

fn places(
    head: &Record,
    shape: &'static Shape,
    faults: &mut Faults,
) -> Option<BTreeMap<&'static str, usize>> {
    let known = || shape.needed.iter().chain(shape.optional);
    let mut places = BTreeMap::new();
    let mut good = true;
    let mut wrong = |message: String| {
        faults.in_file(shape.file, message);
        good = false;
    };
    for (place, cell) in head.cells.iter().enumerate() {
        let name = cell.text.trim();
        match known().find(|known| **known == name) {
            Some(known) if places.insert(*known, place).is_some() => {
                wrong(format!("line 1 names the column {name} twice"));
            }
            Some(_) => {}
            None => {
                let names: Vec<&str> = known().copied().collect();
                let names = names.join(", ");
                wrong(format!(
                    "line 1 names the column \"{name}\", which is none of this file's; \
                     its columns are {names}"
                ));
            }
        }
    }
    for name in shape.needed {
        if !places.contains_key(name) {
            wrong(format!("line 1 does not name the column {name}; add it"));
        }
    }
    good.then_some(places)
}

impl Cells<'_> {
    /// The line that the row begins on.
    pub fn line(&self) -> usize {
        self.record.line
    }

    /// Reads a cell that has to be filled in. `None` is a fault, which is noted.
    pub fn need<T, E: Display>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let value = self.may(column, read)?;
        if value.is_none() {
            self.fault(column, "it is empty, and has to be filled in".to_owned());
        }
        value
    }

    /// Reads a cell that may be empty, and whose column may be left out. The outer `None` is
    /// a fault, which is noted.
    pub fn may<T, E: Display>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        let Some(place) = self.table.places.get(column) else {
            return Some(None);
        };
        let text = self
            .record
            .cells
            .get(*place)
            .map_or("", |cell| cell.text.trim());
        if text.is_empty() {
            return Some(None);
        }
        match read(text) {
            Ok(value) => Some(Some(value)),
            Err(why) => {
                let stands: String = text.chars().take(60).collect();
                let stands = invisible::escape(&stands);
                self.fault(column, format!("{why}; here stands \"{stands}\""));
                None
            }
        }
    }

    /// Notes a warning where a cell, or a part of it, goes on documents and no font of theirs
    /// can write it.
    pub fn warn_unwritable(&mut self, column: &'static str, part: fn(&str) -> &str) {
        let record = self.record;
        if let Some(cell) = self.cell(column).and_then(|place| record.cells.get(place)) {
            let file = self.table.shape.file;
            self.faults
                .warn_unwritable(file, cell.line, column, part(&cell.text));
        }
    }

    fn cell(&self, column: &'static str) -> Option<usize> {
        self.table.places.get(column).copied()
    }

    /// Notes what is wrong with a cell.
    pub fn fault(&mut self, column: &'static str, message: String) {
        let cell = self
            .cell(column)
            .and_then(|place| self.record.cells.get(place));
        let line = cell.map_or(self.record.line, |cell| cell.line);
        let file = self.table.shape.file;
        self.faults.in_row(file, line, column, message);
    }
}
