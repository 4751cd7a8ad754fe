//! A secret of the provider's: it can be used, and it cannot be shown.

use std::fmt;
use std::path::{Path, PathBuf};

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

/// Where a secret of the settings file comes from: the text itself, an
/// environment variable, or a file of its own.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a text, { env = \"NAME\" } or { file = \"PATH\" }"
)]
pub(super) enum SecretSource {
    Text(String),
    Env(FromEnv),
    File(FromFile),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FromEnv {
    env: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FromFile {
    file: PathBuf,
}

impl SecretSource {
    /// Fetches the secret; the error says what to do and never what was found.
    pub(super) fn fetch(self, folder: &Path) -> Result<Secret, String> {
        let text = match self {
            Self::Text(text) => text,
            Self::Env(FromEnv { env }) => std::env::var(&env)
                .map_err(|_| format!("the environment variable {env} is not set"))?,
            Self::File(FromFile { file }) => {
                let path = folder.join(file);
                std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?
            }
        };
        Ok(Secret(text.trim().to_owned()))
    }
}
