//! A running program with everything that it started.
//!
//! It stands at the head of a process group of its own, and the whole group
//! ends with it: cargo's rustc, npm's node, nothing stays behind.

use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::stop;

/// How long a program may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(5);

/// A program that ends when this value goes away.
pub struct Running {
    /// The program.
    pub child: Child,
    ended: bool,
}

impl Running {
    /// Starts a program at the head of a process group of its own.
    ///
    /// # Errors
    /// The program cannot be run.
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

    /// Asks how the program ended, if it has.
    ///
    /// # Errors
    /// The system does not tell the program's state.
    pub fn exit_status(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.child.try_wait()?;
        self.ended |= status.is_some();
        Ok(status)
    }

    /// Waits until the program ends by itself.
    ///
    /// # Errors
    /// We were stopped meanwhile; the program still runs then. Or the system does not tell its
    /// state.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.exit_status()? {
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

/// What a program is called in messages: its name and its first argument.
pub fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    let first = command.get_args().next().unwrap_or_default();
    format!("{} {}", program.to_string_lossy(), first.to_string_lossy())
        .trim()
        .to_owned()
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

#[cfg(all(test, unix))]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    use super::*;

    #[test]
    fn a_program_and_its_own_children_end_with_the_value() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & echo $!; wait"]);
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
}
