//! Imports, whole: files in, rows or faults out.

mod calendar;
mod calendar_faults;
mod cases;
mod cases_calendar;
mod cases_money;
mod cases_words;
mod credit_notes;
mod faults;
mod once;
mod outcome;
mod samples;
mod samples_calendar;

use std::fs;
use std::path::Path;

use documents::Fonts;
use jiff::tz::TimeZone;

use super::{ImportError, Options, Summary, import};
use crate::clock::Clock;
use crate::db::Db;
use crate::db::tests::portal::at;

const TODAY: &str = "2026-11-21T12:00:00Z";

/// Files that go together: two customers, two invoices, three payments and an event.
const GOOD: [(&str, &str); 6] = [
    (
        "customers.csv",
        "id,name,email,address\n\
         ann,Ann Hale,ann@example.com,\"1 Quay Street\nHarbour Town\"\n\
         bob,Bob Moy,bob@example.com,\n",
    ),
    (
        "invoices.csv",
        "id,customer,number,name,issued_on,due_on,currency,net,tax,total\n\
         inv-1,ann,2026-1,Physiotherapy,2026-11-01,2026-11-15,EUR,100.00,23.00,123.00\n\
         inv-2,ann,2026-2,Massage,2026-11-02,2026-12-01,JPY,1200,0,1200\n",
    ),
    (
        "invoice_lines.csv",
        "invoice,description,quantity,unit_price,tax_percent,net,tax\n\
         inv-1,First visit,1,60.00,23,60.00,13.80\n\
         inv-1,Second visit,1,40.00,23,40.00,9.20\n\
         inv-2,Massage,1,1200,0,1200,0\n",
    ),
    (
        "payments.csv",
        "id,customer,created_at,completed_at,total,currency,status,description\n\
         pay-1,ann,2026-11-03T10:00,2026-11-03T10:01,50.00,EUR,completed,Cash # drawer 2\n\
         pay-2,ann,2026-11-04T10:00,,30.00,EUR,pending,Transfer\n\
         pay-3,ann,2026-11-05T10:00,2026-11-05T10:00,-8.00,EUR,completed,Exercise band\n",
    ),
    (
        "allocations.csv",
        "payment,invoice,amount\npay-1,inv-1,40.00\npay-2,inv-1,30.00\n",
    ),
    (
        "events.csv",
        "id,customer,service,title,starts_at,ends_at,zone,status,fee,currency,invoice\n\
         ev-1,ann,Physiotherapy,First visit,2026-11-01T09:00,2026-11-01T09:45,Europe/Dublin,attended,60.00,EUR,inv-1\n\
         ev-2,bob,Physiotherapy,First visit,2026-12-01T09:00,2026-12-01T09:45,Asia/Tokyo,booked,,,\n",
    ),
];

/// How the tests import, unless they say otherwise.
fn options() -> Options {
    Options {
        update: false,
        anchor: None,
        zone: TimeZone::get("Europe/Dublin").unwrap(),
        clock: Clock::standing_at(at(TODAY)),
        gateways: vec!["sandbox".to_owned()],
        fonts: Fonts::default(),
    }
}

/// The good files, with some of them changed. `None` leaves a file out.
fn good_but<'a>(changes: &[(&'a str, Option<&'a str>)]) -> Vec<(&'a str, &'a str)> {
    let mut files: Vec<(&str, &str)> = GOOD.to_vec();
    for (name, text) in changes {
        files.retain(|(known, _)| known != name);
        if let Some(text) = text {
            files.push((name, text));
        }
    }
    files
}

async fn import_files(
    db: &Db,
    files: &[(&str, &str)],
    options: &Options,
) -> Result<Summary, ImportError> {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path(), files);
    import(db, folder.path(), options).await
}

fn write_files(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}
