//! Compiling the app: from the crate to one wasm module, ready to be split.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result};

use crate::paths::{self, Paths};
use crate::run;

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the release and returns the path of its module.
///
/// # Errors
/// The app does not compile, the log cannot be written, or we were stopped.
pub fn compile(paths: &Paths) -> Result<PathBuf> {
    let mut command = Command::new(paths::cargo());
    command
        .args(["build", "--release", "--locked", "--target", TARGET])
        .args(["--package", "portico", "--bin", "portico", "--features", "split"])
        .arg("--target-dir")
        .arg(&paths.target)
        // Cargo joins this to the flags of .cargo/config.toml.
        .arg("--config")
        .arg(flags(&paths.root, cargo_home().as_deref())?)
        .current_dir(&paths.root)
        // They would take the place of all those flags.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_MANIFEST_DIR");
    run::quietly(
        "Building the app for the browser",
        "3 to 5 minutes the first time",
        &mut command,
        &paths.log("compile")?,
    )?;
    Ok(paths.target.join(TARGET).join("release/portico.wasm"))
}

/// The flags for rustc: keep in the module what the splitter needs, and write no path of this
/// machine into the messages of panics.
fn flags(root: &Path, cargo_home: Option<&Path>) -> Result<String> {
    let mut flags = vec!["-Clink-args=--emit-relocs".to_owned()];
    let mut remap = |from: &Path, to: &str| {
        flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    };
    remap(root, "portico");
    if let Some(home) = cargo_home {
        // The folders below these are named after registries.
        for sources in [home.join("registry/src"), home.join("git/checkouts")] {
            remap(&sources, "crates");
            let mut folders: Vec<PathBuf> = fs::read_dir(&sources)
                .into_iter()
                .flatten()
                .filter_map(|entry| Some(entry.ok()?.path()))
                .collect();
            folders.sort();
            // The last one that fits a path is taken.
            for folder in folders {
                remap(&folder, "crates");
            }
        }
    }
    let flags = serde_json::to_string(&flags).context("the flags for rustc")?;
    // A list of texts is written in TOML as it is in JSON.
    Ok(format!("target.{TARGET}.rustflags={flags}"))
}

fn cargo_home() -> Option<PathBuf> {
    let named = env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| {
        Some(
            PathBuf::from(env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?)
                .join(".cargo"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_of_the_machine_is_left_without_another_name() {
        let home = env::temp_dir().join(format!("portico-flags-{}", std::process::id()));
        let registry = home.join("registry/src/registry.example-1");
        fs::create_dir_all(&registry).unwrap();
        let flags = flags(Path::new("/somewhere/portico"), Some(&home)).unwrap();
        fs::remove_dir_all(&home).unwrap();
        let (key, list) = flags.split_once('=').unwrap();
        assert_eq!(key, "target.wasm32-unknown-unknown.rustflags");
        let list: Vec<String> = serde_json::from_str(list).unwrap();
        let position = |folder: &Path| {
            let wanted = format!("--remap-path-prefix={}=", folder.display());
            list.iter().position(|flag| flag.starts_with(&wanted))
        };
        assert!(
            position(Path::new("/somewhere/portico")).is_some(),
            "{list:?}"
        );
        let outer = position(&home.join("registry/src")).unwrap();
        assert!(position(&registry).unwrap() > outer, "{list:?}");
    }
}
