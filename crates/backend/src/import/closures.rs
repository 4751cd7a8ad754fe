//! closures.csv

use std::collections::BTreeMap;

use super::cells;
use super::fault::Faults;
use super::shift::Shift;
use super::table::{Found, Shape, Table};
use crate::db::closures::NewClosure;

/// The file.
pub const SHAPE: Shape = Shape {
    file: "closures.csv",
    needed: &["id", "starts_at", "ends_at", "zone"],
    optional: &["person"],
    printed: &[],
};

/// Reads the rows.
pub fn read(table: &Table, shift: Shift, faults: &mut Faults) -> Vec<Found<NewClosure>> {
    let mut lines = BTreeMap::new();
    table.rows(faults, |row| {
        let id = row.need("id", cells::id);
        let person = row.may("person", cells::line);
        let zone = row.need("zone", cells::zone)?;
        let starts_at = row.need("starts_at", |text| shift.instant(text, &zone));
        let ends_at = row.need("ends_at", |text| shift.instant(text, &zone));
        let (id, starts_at, ends_at) = (id?, starts_at?, ends_at?);
        if ends_at <= starts_at {
            let message = "it has to end after it starts".to_owned();
            row.fault("ends_at", message);
        }
        if let Some(line) = lines.insert(id.clone(), row.line()) {
            let message = format!("closure {id} stands in line {line} already");
            row.fault("id", message);
        }
        Some(NewClosure {
            id,
            person: person?,
            starts_at,
            ends_at,
        })
    })
}
