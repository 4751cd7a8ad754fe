//! The kinds of files that have gone wrong for others, each as a folder of `tests/cases`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{ImportError, Options, Summary, import, options};
use crate::db::tests::portal::Portal;

/// What comes of each: nothing where it imports, else the faults, by how they begin.
const CASES: [(&str, &[&str]); 11] = [
    ("credit-note-after-payment", &[]),
    (
        "refunds-beyond",
        &[
            "payments.csv, line 4, column total: the refund is 30.00 EUR, and 15.00 EUR of payment p1 is left to give back",
        ],
    ),
    (
        "refund-of-nothing",
        &[
            "payments.csv, line 3, column refund_of: payment p1 is cancelled; a refund gives back a completed payment",
        ],
    ),
    ("event-without-length", &[]),
    (
        "email-lookalike",
        &[
            "customers.csv, line 2, column email: a zero-width space (U+200B) stands in it as character 15",
        ],
    ),
    ("unit-price-below-a-cent", &[]),
    ("line-breaks", &[]),
    (
        "semicolons",
        &["customers.csv: its cells are separated by semicolons; an import wants commas"],
    ),
    (
        "one-number-twice",
        &[
            "invoices.csv, line 3, column due_on: it lies before issued_on",
            "invoices.csv, line 3, column number: the open invoice in line 2 has the number N-1 too",
        ],
    ),
    ("quantity-in-another-locale", &[]),
    ("repeated-hour", &[]),
];

pub(super) fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(case)
}

pub(super) fn updating() -> Options {
    Options {
        update: true,
        ..options()
    }
}

/// Imports a whole case.
pub(super) async fn import_case(portal: &Portal, case: &str) -> Summary {
    let imported = import(&portal.db, &folder(case), &options()).await;
    imported.unwrap_or_else(|why| panic!("{case}: {why}"))
}

/// Imports some files of a case.
pub(super) async fn import_some(portal: &Portal, case: &str, files: &[&str], options: &Options) {
    let some = tempfile::tempdir().unwrap();
    for file in files {
        fs::copy(folder(case).join(file), some.path().join(file)).unwrap();
    }
    let imported = import(&portal.db, some.path(), options).await;
    if let Err(why) = imported {
        panic!("{case}: {files:?}: {why}");
    }
}

#[tokio::test]
async fn every_case_comes_out_as_it_should() {
    for (case, expected) in CASES {
        let portal = Portal::empty().await;
        let outcome = import(&portal.db, &folder(case), &options()).await;
        let told: Vec<String> = match outcome {
            Ok(_) => Vec::new(),
            Err(ImportError::Faults { faults, .. }) => {
                faults.iter().map(ToString::to_string).collect()
            }
            Err(other) => panic!("{case}: {other}"),
        };
        assert_eq!(told.len(), expected.len(), "{case}: {told:#?}");
        for (told, begins) in told.iter().zip(expected) {
            assert!(told.starts_with(begins), "{case}: {told}");
        }
    }
}

#[test]
fn every_folder_is_a_case() {
    let folders = fs::read_dir(folder("")).unwrap();
    let mut names: Vec<_> = folders
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    let mut cases = CASES.map(|(case, _)| case);
    cases.sort_unstable();
    assert_eq!(names, cases);
}
