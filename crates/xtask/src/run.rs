//! Running other programs: quietly with progress, or with their output passed on.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::running::{Running, name};
use crate::{say, stop};

/// How many lines of a failed program's output are shown.
const TAIL: usize = 60;

/// Runs a program and returns what it wrote to standard output.
///
/// # Errors
/// The program cannot be run, or fails; the error then has what it wrote to standard error.
pub fn output(command: &mut Command) -> Result<String> {
    let name = name(command);
    let answer = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("`{name}` cannot be run"))?;
    if !answer.status.success() {
        bail!(
            "`{name}` failed: {}",
            String::from_utf8_lossy(&answer.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&answer.stdout).into_owned())
}

/// Runs a program with its output in a log; says that it runs and for how long. If it fails, the
/// end of its output is shown.
///
/// # Errors
/// The log cannot be made, the program cannot be run or fails, or we were stopped.
pub fn quietly(what: &str, how_long: &str, command: &mut Command, log: &Path) -> Result<()> {
    let mut file =
        File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
    let mut progress = say::Progress::begin(what, how_long);
    let mut tail = VecDeque::new();
    let mut latest = String::new();
    let status = watch(command, |event| match event {
        Event::Line(line) => {
            // A log that cannot be written must not stop the work it logs.
            let _ = writeln!(file, "{line}");
            if tail.len() == TAIL {
                tail.pop_front();
            }
            latest.clone_from(&line);
            tail.push_back(line);
        }
        Event::Pause => progress.tick(&latest),
    });
    match status {
        Ok(status) if status.success() => {
            progress.end();
            Ok(())
        }
        Ok(status) => {
            progress.wipe();
            for line in tail {
                say::line(format!("  | {line}"));
            }
            bail!(
                "{what}: failed ({status}); all of its output is in {}",
                log.display()
            );
        }
        Err(error) => {
            progress.wipe();
            Err(error)
        }
    }
}

/// Runs a program, hands every line of its output on as it comes, and returns how it ended.
///
/// # Errors
/// The program cannot be run, or we were stopped. A program that fails is no error here: its status
/// says so.
pub fn streamed(command: &mut Command, mut each: impl FnMut(&str)) -> Result<ExitStatus> {
    watch(command, |event| {
        if let Event::Line(line) = event {
            each(&line);
        }
    })
}

enum Event {
    Line(String),
    Pause,
}

fn watch(command: &mut Command, mut on: impl FnMut(Event)) -> Result<ExitStatus> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut program = Running::start(command)?;
    let lines = read_lines(&mut program.child);
    loop {
        if stop::due() {
            program.end();
            return Err(stop::Stopped.into());
        }
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => on(Event::Line(line)),
            Err(RecvTimeoutError::Timeout) => on(Event::Pause),
            Err(RecvTimeoutError::Disconnected) => break,
        }
        // A daemon that a program leaves behind may hold the pipe open for ever.
        if let Some(status) = program.exit_status()? {
            while let Ok(line) = lines.recv_timeout(Duration::from_millis(300)) {
                on(Event::Line(line));
            }
            return Ok(status);
        }
    }
    program.wait()
}

fn read_lines(child: &mut Child) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        read_from(stdout, sender.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        read_from(stderr, sender);
    }
    lines
}

/// Sends each line of a pipe, whatever bytes it holds.
fn read_from(pipe: impl Read + Send + 'static, lines: Sender<String>) {
    std::thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        while reader
            .read_until(b'\n', &mut line)
            .is_ok_and(|count| count > 0)
        {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if lines.send(text).is_err() {
                break;
            }
        }
    });
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn every_line_of_both_outputs_is_passed_on() {
        let mut lines = Vec::new();
        let status = streamed(&mut shell("echo one; echo two >&2; exit 3"), |line| {
            lines.push(line.to_owned());
        });
        lines.sort();
        assert_eq!(lines, ["one", "two"]);
        assert_eq!(status.unwrap().code(), Some(3));
    }

    #[test]
    fn a_failed_program_is_named() {
        let error = output(&mut shell("echo why >&2; exit 1"))
            .unwrap_err()
            .to_string();
        assert_eq!(error, "`sh -c` failed: why");
    }
}
