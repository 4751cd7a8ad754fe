//! Running other programs: quietly with progress, or with their output passed on.
//!
//! Every program runs in a process group of its own, and the whole group ends
//! when we are asked to stop: cargo's rustc, npm's node, nothing stays behind.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{say, stop};

/// How many lines of a failed program's output are shown.
const TAIL: usize = 60;
/// How long a program may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(5);

/// Runs a program and returns what it wrote to standard output.
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

/// Runs a program with its output in a log; says that it runs and for how long.
/// If it fails, the end of its output is shown.
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
    let name = name(command);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut program = Running::start(command)?;
    let lines = read_lines(&mut program.child);
    loop {
        if stop::requested() {
            program.end();
            bail!("stopped `{name}`");
        }
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => on(Event::Line(line)),
            Err(RecvTimeoutError::Timeout) => on(Event::Pause),
            Err(RecvTimeoutError::Disconnected) => break,
        }
        // A daemon that a program leaves behind may hold the pipe open for ever.
        if let Some(status) = program.ended()? {
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
pub fn read_from(pipe: impl Read + Send + 'static, lines: Sender<String>) {
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

/// A program that ends when this value goes away.
pub struct Running {
    /// The program.
    pub child: Child,
    ended: bool,
}

impl Running {
    /// Starts a program at the head of a process group of its own.
    pub fn start(command: &mut Command) -> Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command
            .spawn()
            .with_context(|| format!("`{}` cannot be run", name(command)))?;
        Ok(Self {
            child,
            ended: false,
        })
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.child.try_wait()?;
        self.ended |= status.is_some();
        Ok(status)
    }

    /// Waits for its own end, or for somebody asking us to stop.
    fn wait(&mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            stop::check()?;
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Asks the whole group to end without waiting for it.
    pub fn ask_to_end(&mut self) {
        if !self.ended {
            signal(&mut self.child, false);
        }
    }

    /// Ends the whole group: asks first, then kills.
    pub fn end(&mut self) {
        if self.ended {
            return;
        }
        signal(&mut self.child, false);
        let asked = Instant::now();
        while asked.elapsed() < GRACE {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        // The head of the group may have ended before its members.
        signal(&mut self.child, true);
        let _ = self.child.wait();
        self.ended = true;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(unix)]
fn signal(child: &mut Child, hard: bool) {
    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;
    let signal = if hard {
        Signal::SIGKILL
    } else {
        Signal::SIGTERM
    };
    if let Ok(id) = i32::try_from(child.id()) {
        // It fails where the group is gone already, which is what is wanted.
        let _ = killpg(Pid::from_raw(id), signal);
    }
}

#[cfg(not(unix))]
fn signal(child: &mut Child, _hard: bool) {
    let _ = child.kill();
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    let first = command.get_args().next().unwrap_or_default();
    format!("{} {}", program.to_string_lossy(), first.to_string_lossy())
        .trim()
        .to_owned()
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
    fn a_program_and_its_own_children_end_with_the_value() {
        let mut command = shell("sleep 600 & echo $!; wait");
        command.stdout(Stdio::piped());
        let mut program = Running::start(&mut command).unwrap();
        let mut line = String::new();
        BufReader::new(program.child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let grandchild = nix::unistd::Pid::from_raw(line.trim().parse().unwrap());
        drop(program);
        let asked = Instant::now();
        // It may wait a moment for whoever inherits it to take note of its end.
        while nix::sys::signal::kill(grandchild, None).is_ok() && !is_zombie(grandchild) {
            assert!(
                asked.elapsed() < Duration::from_secs(10),
                "the grandchild lives"
            );
            std::thread::yield_now();
        }
    }

    fn is_zombie(process: nix::unistd::Pid) -> bool {
        std::fs::read_to_string(format!("/proc/{process}/stat"))
            .is_ok_and(|stat| stat.contains(") Z "))
    }

    #[test]
    fn a_failed_program_is_named() {
        let error = output(&mut shell("echo why >&2; exit 1"))
            .unwrap_err()
            .to_string();
        assert_eq!(error, "`sh -c` failed: why");
    }
}
