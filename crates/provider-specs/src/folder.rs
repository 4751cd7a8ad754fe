//! Where the published files are, and what becomes of a test where they are not.

use std::env;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The variable that names the folder of the published files.
pub const FOLDER: &str = "PORTICO_SPECS";
/// The variable that, set to 1, makes a missing folder a failure.
pub const REQUIRED: &str = "PORTICO_SPECS_REQUIRED";

/// The folder where no variable names one: beside the project.
const BESIDE_THE_PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/specs");

/// Reads the folder by `read`; `None` if it is missing.
pub(crate) fn open<T>(read: impl Fn(&Path) -> Result<T, String>) -> Option<T> {
    let named = env::var_os(FOLDER).filter(|folder| !folder.is_empty());
    let folder = named.map_or_else(|| PathBuf::from(BESIDE_THE_PROJECT), PathBuf::from);
    let is_required = env::var_os(REQUIRED).is_some_and(|value| value == "1");
    match open_at(&folder, is_required, read) {
        Ok(opened) => opened,
        Err(why) => panic!("{why}"),
    }
}

fn open_at<T>(
    folder: &Path,
    is_required: bool,
    read: impl Fn(&Path) -> Result<T, String>,
) -> Result<Option<T>, String> {
    if folder.is_dir() {
        return read(folder).map(Some);
    }
    let why = format!(
        "the providers' published files are not at {}; {FOLDER} names another folder",
        folder.display()
    );
    if is_required {
        return Err(format!("{why}, and {REQUIRED} wants them"));
    }
    skip(&why);
    Ok(None)
}

/// Says why a test is skipped. The harness of tests has no word for it, so it stands in the output.
fn skip(why: &str) {
    eprintln!("skipped: {why}");
}

/// Reads a JSON file of the folder.
///
/// # Errors
/// Says which file, if it is missing or is no JSON.
pub(crate) fn json(folder: &Path, name: &str) -> Result<Value, String> {
    let path = folder.join(name);
    let text = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_folder_skips_or_fails_as_is_wanted() {
        let nowhere = Path::new("a-folder-that-is-nowhere");
        assert_eq!(open_at(nowhere, false, |_| Ok(())), Ok(None));
        let error = open_at(nowhere, true, |_| Ok(())).unwrap_err();
        assert!(error.contains(REQUIRED), "{error}");
    }

    #[test]
    fn a_folder_without_its_files_fails() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |folder: &Path| json(folder, "paypal.json");
        let error = open_at(here, false, read).unwrap_err();
        assert!(error.contains("paypal.json"), "{error}");
    }
}
