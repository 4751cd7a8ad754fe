//! The sample data, brought in as a provider would bring in theirs.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::people::{self, Person};
use super::servers::Programs;
use super::settings::Home;
use crate::build::hex;
use crate::paths::Paths;
use crate::{run, say, stop};

/// Where the tables are made. Only the samples and these can be newer than a database that was
/// kept.
const TABLES: &str = "crates/backend/src/db/migrations";

/// Imports the samples, if they are not imported yet, and returns who can sign in. If the samples
/// or the tables have changed since, the demo begins anew: nobody's money is in it.
///
/// # Errors
/// The samples cannot be read, the old data cannot be removed, the backend refuses the import or a
/// password, or we were stopped.
pub fn import(paths: &Paths, home: &Home, programs: &Programs, fresh: bool) -> Result<Vec<Person>> {
    let samples = paths.root.join("samples/harbour-clinic");
    let (anchor, people) = people::read(&samples)?;
    // Written last, so a broken-off import is not taken for a whole one.
    let done = home.file("imported.json");
    let stamp = serde_json::to_string(&stamp(&[samples.clone(), paths.root.join(TABLES)])?)?;
    let imported = fs::read_to_string(&done).ok();
    if imported.as_ref() == Some(&stamp) && !fresh {
        return Ok(people);
    }
    home.clear()?;
    say::line(match imported {
        Some(_) if !fresh => "Importing the sample data anew: it has changed",
        _ => "Importing the sample data",
    });
    let mut command = backend(programs, home);
    command
        .arg("import")
        .arg(&samples)
        .args(["--anchor", &anchor]);
    run::output(&mut command)?;
    for person in &people {
        stop::check()?;
        set_password(programs, home, person)?;
    }
    fs::write(&done, stamp)?;
    Ok(people)
}

/// Makes a text that changes whenever a file in one of the folders does.
fn stamp(folders: &[PathBuf]) -> Result<String> {
    let mut hash = Sha256::new();
    for folder in folders {
        let entries =
            fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        let mut files = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<Vec<_>>>()?;
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let content = fs::read(file)?;
            // The lengths keep one file's end from passing for another one's beginning.
            hash.update(format!("{name} {}\n", content.len()));
            hash.update(content);
        }
    }
    Ok(hex(&hash.finalize()))
}

fn backend(programs: &Programs, home: &Home) -> Command {
    let mut command = Command::new(&programs.backend);
    command.arg("--config").arg(home.settings());
    command
}

/// Hands the password over on standard input, where no process list shows it.
fn set_password(programs: &Programs, home: &Home, person: &Person) -> Result<()> {
    let mut command = backend(programs, home);
    command.args(["set-password", &person.email]);
    let what = || format!("the password of {} cannot be set", person.email);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(what)?;
    if let Some(mut input) = child.stdin.take() {
        writeln!(input, "{}", person.password).with_context(what)?;
    }
    let answer = child.wait_with_output()?;
    if !answer.status.success() {
        bail!(
            "{}: {}",
            what(),
            String::from_utf8_lossy(&answer.stderr).trim()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_changes_with_every_file_and_with_nothing_else() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let of = || stamp(std::slice::from_ref(&folder)).unwrap();
        fs::write(folder.join("a.csv"), "id\n1\n").unwrap();
        let first = of();
        assert_eq!(of(), first);
        fs::write(folder.join("a.csv"), "id\n2\n").unwrap();
        let second = of();
        assert_ne!(second, first);
        fs::write(folder.join("b.csv"), "").unwrap();
        assert_ne!(of(), second);
        fs::remove_dir_all(&folder).unwrap();
    }
}
