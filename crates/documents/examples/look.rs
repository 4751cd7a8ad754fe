//! Writes one document of each kind into a folder, to be looked at:
//! `cargo run -p documents --example look -- FOLDER`.
#![allow(
    clippy::unwrap_used,
    dead_code,
    missing_docs,
    reason = "a tool for whoever changes the template, with the values of the tests"
)]

use std::path::PathBuf;
use std::time::Instant;
use std::{env, fs};

#[path = "../tests/paper/values.rs"]
mod values;

fn main() {
    let folder = PathBuf::from(env::args_os().nth(1).unwrap_or_else(|| "look".into()));
    fs::create_dir_all(&folder).unwrap();
    let around = values::render_context();
    let write = |name: &str, made: &dyn Fn() -> Result<Vec<u8>, documents::Error>| {
        let began = Instant::now();
        let bytes = made().unwrap();
        let took = began.elapsed();
        fs::write(folder.join(name), &bytes).unwrap();
        eprintln!("{name}: {} bytes in {took:?}", bytes.len());
    };
    write("invoice.pdf", &|| {
        documents::invoice(&values::invoice(), &around)
    });
    write("invoice-again.pdf", &|| {
        documents::invoice(&values::invoice(), &around)
    });
    write("credit-note.pdf", &|| {
        documents::credit_note(&values::credit_note(), &around)
    });
    write("receipt.pdf", &|| {
        documents::receipt(&values::payment(), &around)
    });
    for entries in [30, 300, 3000] {
        let (statement, entries) = values::statement("EUR", entries);
        let name = format!("statement-{}.pdf", entries.len());
        write(&name, &|| {
            documents::statement(&statement, &entries, &around)
        });
    }
}
