//! The sample data, brought in as a provider would bring in theirs.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::people::{self, Person};
use super::servers::Programs;
use super::settings::Home;
use crate::paths::Paths;
use crate::{run, say, stop};

/// Imports the samples unless that is done, and returns who can sign in.
pub fn import(paths: &Paths, home: &Home, programs: &Programs, fresh: bool) -> Result<Vec<Person>> {
    let samples = paths.root.join("samples/harbour-clinic");
    let (anchor, people) = people::read(&samples)?;
    // Written last, so a broken-off import is not taken for a whole one.
    let done = home.file("imported.json");
    if done.exists() && !fresh {
        return Ok(people);
    }
    home.clear()?;
    say::line("Importing the sample data");
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
    fs::write(&done, serde_json::to_vec(&anchor)?)?;
    Ok(people)
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

/// What the log of a server ends with.
pub fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
