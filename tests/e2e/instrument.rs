//! The built app with a script of a test's own in front of it: the same in
//! every engine, since it comes as one more file of the site.

use std::fs;
use std::path::Path;

/// What the build writes at the head of the document, and the script goes before.
const BEFORE: &str = "<meta name=\"portico-api\"";
/// The file that the script becomes.
const FILE: &str = "assets/instrument.js";

/// Copies the built app, and lets a script run before the app's own.
pub fn copy(dist: &Path, to: &Path, script: &str) {
    copy_folder(dist, to);
    let index = to.join("index.html");
    let document = fs::read_to_string(&index).unwrap();
    let tag = format!("<script src=\"{FILE}\"></script>{BEFORE}");
    let changed = document.replacen(BEFORE, &tag, 1);
    assert_ne!(document, changed, "the document has no place for a script");
    fs::write(&index, changed).unwrap();
    for compressed in ["index.html.br", "index.html.gz"] {
        let file = to.join(compressed);
        if file.exists() {
            fs::remove_file(file).unwrap();
        }
    }
    fs::write(to.join(FILE), script).unwrap();
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
