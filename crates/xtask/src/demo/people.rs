//! Who can sign in to the demo, from `sign_in.json` beside the sample files.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

/// The file beside the samples; the backend's import does not read it.
const FILE: &str = "sign_in.json";

/// One account of the sample data.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The sign-in name.
    pub email: String,
    /// A password for invented people on this machine; it guards nothing.
    pub password: String,
    /// Who it is, and what there is to see.
    pub who: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    /// The day that the sample files count as today.
    anchor: String,
    people: Vec<Person>,
}

/// Reads the anchor day and the people.
///
/// # Errors
/// The file cannot be read, is not the JSON that it should be, or names nobody.
pub fn read(samples: &Path) -> Result<(String, Vec<Person>)> {
    let path = samples.join(FILE);
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let file: SignIn = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
    ensure!(!file.people.is_empty(), "{} names nobody", path.display());
    Ok((file.anchor, file.people))
}
