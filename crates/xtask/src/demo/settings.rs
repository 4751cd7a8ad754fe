//! The demo's data folder: its settings, its secrets, and what the servers keep.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use super::ports::Ports;
use crate::build::hex;
use crate::paths::Paths;

/// What stands in the settings beside addresses and paths.
const TEMPLATE: &str = include_str!("settings.toml");

/// What `--fresh` removes; nothing else in the folder is ours to remove.
const KEPT: [&str; 5] = [
    "portico.db",
    "portico.db-wal",
    "portico.db-shm",
    "gateway.json",
    "imported.json",
];

/// The data folder.
pub struct Home {
    folder: PathBuf,
}

impl Home {
    /// Opens the folder that the user named, or the usual one, and makes it if it is not there.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(paths: &Paths, named: Option<&Path>) -> Result<Self> {
        let folder = named.map_or_else(|| paths.target.join("demo"), Path::to_owned);
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let folder = fs::canonicalize(&folder)?;
        Ok(Self { folder })
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The settings of the backend.
    pub fn settings(&self) -> PathBuf {
        self.file("settings.toml")
    }

    /// Removes what earlier demos left.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn clear(&self) -> Result<()> {
        for name in KEPT {
            let path = self.file(name);
            if path.exists() {
                fs::remove_file(&path)
                    .with_context(|| format!("{} cannot be removed", path.display()))?;
            }
        }
        Ok(())
    }

    /// Writes the settings, with `further` at their end, and the secrets if there are none yet.
    ///
    /// # Errors
    /// A file cannot be written, or the system gives no random bytes.
    pub fn write_settings(&self, paths: &Paths, ports: &Ports, further: &str) -> Result<()> {
        self.secret("api-key")?;
        self.secret("webhook-secret")?;
        let text = TEMPLATE
            .replace("{port}", &ports.portal.to_string())
            .replace("{gateway_port}", &ports.gateway.to_string())
            .replace("{database}", &quoted(&self.file("portico.db")))
            .replace("{dist}", &quoted(&paths.dist()));
        fs::write(self.settings(), text + further).context("the demo's settings cannot be written")
    }

    /// Reads a secret between the portal and the gateway; makes it at the first start.
    ///
    /// # Errors
    /// The system gives no random bytes, or the file cannot be written.
    pub fn secret(&self, name: &str) -> Result<String> {
        self.random_text(name, "", 32)
    }

    /// Reads a text that nobody guesses; makes it at the first start, of a prefix and so many
    /// random bytes.
    ///
    /// # Errors
    /// The system gives no random bytes, or the file cannot be written.
    pub fn random_text(&self, name: &str, prefix: &str, bytes: usize) -> Result<String> {
        let path = self.file(name);
        if let Ok(secret) = fs::read_to_string(&path) {
            return Ok(secret);
        }
        let mut bytes = vec![0; bytes];
        getrandom::fill(&mut bytes).map_err(|error| anyhow!("no random bytes: {error}"))?;
        let secret = format!("{prefix}{}", hex(&bytes));
        write_private(&path, &secret)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(secret)
    }
}

/// A path as TOML wants it: a basic string with everything special escaped,
/// which is what JSON does too.
fn quoted(path: &Path) -> String {
    serde_json::Value::from(path.to_string_lossy()).to_string()
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_are_toml_whatever_the_folder_is_called() {
        let folder = std::env::temp_dir().join(format!("a \"b\" \\ {}", std::process::id()));
        let root = PathBuf::from("/somewhere");
        let paths = Paths {
            root: root.clone(),
            target: root.join("target"),
            cache: root.join("cache"),
        };
        let home = Home::open(&paths, Some(&folder)).unwrap();
        let ports = Ports {
            portal: 1,
            gateway: 2,
            providers: None,
        };
        home.write_settings(&paths, &ports, "").unwrap();
        let text = fs::read_to_string(home.settings()).unwrap();
        let settings: toml::Table = toml::from_str(&text).unwrap();
        assert_eq!(
            settings["database"].as_str().unwrap(),
            home.file("portico.db").to_string_lossy()
        );
        assert_eq!(settings["public_url"].as_str(), Some("http://localhost:1"));
        assert_eq!(
            home.secret("api-key").unwrap(),
            home.secret("api-key").unwrap()
        );
        assert!(
            !text.contains(&home.secret("api-key").unwrap()),
            "the settings hold a secret"
        );
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_fresh_start_removes_only_what_the_demo_made() {
        let folder = std::env::temp_dir().join(format!("xtask-home-{}", std::process::id()));
        let home = Home {
            folder: folder.clone(),
        };
        fs::create_dir_all(&folder).unwrap();
        fs::write(home.file("portico.db"), "").unwrap();
        fs::write(home.file("mine.txt"), "").unwrap();
        home.clear().unwrap();
        assert!(!home.file("portico.db").exists() && home.file("mine.txt").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
