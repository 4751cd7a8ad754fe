//! A secret of the provider, which can be used but not displayed.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;

/// A secret. `Debug` prints dots, there is no `Display`, and it does not serialise.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text secret.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text, for the one place that proves something with it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a secret of the settings file may be.
const FORMS: &str = "expected a text, { env = \"NAME\" } or { file = \"PATH\" }";

/// Where a secret of the settings file comes from: the text itself, an
/// environment variable, or a file of its own.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a text, { env = \"NAME\" } or { file = \"PATH\" }"
)]
pub(super) enum SecretSource {
    Text(String),
    // A struct would read itself from a list too, and its text would be told as a name.
    Elsewhere(BTreeMap<String, String>),
}

impl SecretSource {
    /// Reads the secret from where it is kept. Files are relative to `folder`.
    ///
    /// # Errors
    /// A sentence that says what to do if the environment variable is not set, the file cannot be
    /// read, or neither is named. It never contains what was found.
    pub(super) fn fetch(self, folder: &Path) -> Result<Secret, String> {
        let text = match self {
            Self::Text(text) => text,
            Self::Elsewhere(place) => from_place(&place, folder)?,
        };
        Ok(Secret(text.trim().to_owned()))
    }
}

fn from_place(place: &BTreeMap<String, String>, folder: &Path) -> Result<String, String> {
    let mut named = place.iter().map(|(kind, name)| (kind.as_str(), name));
    match (named.next(), named.next()) {
        (Some(("env", name)), None) => {
            std::env::var(name).map_err(|_| format!("the environment variable {name} is not set"))
        }
        (Some(("file", name)), None) => {
            let path = folder.join(name);
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
        }
        _ => Err(FORMS.to_owned()),
    }
}
