//! customers.csv

use std::collections::BTreeMap;

use api_types::CustomerId;

use super::cells;
use super::fault::Faults;
use super::table::{Found, Shape, Table};
use crate::db::customers::Customer;

/// The file.
pub const SHAPE: Shape = Shape {
    file: "customers.csv",
    needed: &["id", "name"],
    optional: &[
        "email",
        "address",
        "tax_number",
        "account_number",
        "attendees",
    ],
    printed: &["name", "address", "tax_number", "account_number"],
};

/// Reads the rows.
pub fn read(table: &Table, faults: &mut Faults) -> Vec<Found<Customer>> {
    let (mut ids, mut emails) = (BTreeMap::new(), BTreeMap::new());
    table.rows(faults, |row| {
        let id = row.need("id", CustomerId::parse);
        let name = row.need("name", cells::line);
        let email = row.may("email", cells::email);
        let address = row.may("address", cells::lines);
        let tax_number = row.may("tax_number", cells::line);
        let account_number = row.may("account_number", cells::line);
        let attendees = row.may("attendees", cells::names);
        let (id, email) = (id?, email?);
        if let Some(line) = ids.insert(id.clone(), row.line()) {
            row.fault("id", format!("customer {id} stands in line {line} already"));
        }
        if let Some(email) = &email
            && let Some(line) = emails.insert(email.clone(), row.line())
        {
            let message =
                format!("{email} stands in line {line} already; everyone needs their own");
            row.fault("email", message);
        }
        Some(Customer {
            id,
            name: name?,
            email,
            address: address?.unwrap_or_default(),
            tax_number: tax_number?,
            account_number: account_number?,
            attendees: attendees?.unwrap_or_default(),
        })
    })
}
