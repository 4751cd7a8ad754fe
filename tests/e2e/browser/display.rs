//! A display that nobody looks at, for browsers that need one. The browsers of
//! a process share it, and it ends with the last of them.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};

/// A running Xvfb.
pub struct Display {
    number: u32,
    process: Child,
}

/// The program, if there is one.
pub fn program() -> Option<PathBuf> {
    super::engine::program("XVFB", &["Xvfb"])
}

impl Display {
    /// The one that is there, or a new one.
    pub fn shared() -> Arc<Self> {
        static CURRENT: Mutex<Weak<Display>> = Mutex::new(Weak::new());
        let mut current = CURRENT.lock().unwrap();
        if let Some(display) = current.upgrade() {
            return display;
        }
        let display = Arc::new(Self::start());
        *current = Arc::downgrade(&display);
        display
    }

    /// It chooses a free number and tells it, once clients may come.
    fn start() -> Self {
        let program = program().expect("no Xvfb");
        let mut process = Command::new(program)
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .args(["-screen", "0", "1600x1200x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let told = line.trim().parse();
        let number = told.unwrap_or_else(|_| panic!("Xvfb told no display: {line:?}"));
        Self { number, process }
    }

    /// What clients find it by.
    pub fn name(&self) -> String {
        format!(":{}", self.number)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Asked to end, it would take its lock file away; `Child` can only kill, and the next
        // Xvfb takes over the lock of one that is gone.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
