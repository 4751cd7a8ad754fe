//! What xtask says to the person in front of it, on standard error.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What takes less than this is not announced with how long it takes.
const SHORT: Duration = Duration::from_secs(3);
/// How long nothing is said while something runs and no terminal shows a moving line.
const QUIET: Duration = Duration::from_secs(20);
/// Back to the beginning of the terminal's line, and empty it.
const WIPE: &str = "\r\x1b[2K";

/// What is under way: a number for each, and what it shows. Jobs that run beside one another share
/// the one moving line.
static UNDER_WAY: Mutex<Vec<(usize, String)>> = Mutex::new(Vec::new());

/// One line.
pub fn line(text: impl Display) {
    let shown = under_way();
    let mut out = std::io::stderr().lock();
    // Nobody is left to tell when standard error is gone.
    let _ = if shown.iter().any(|(_, text)| !text.is_empty()) && out.is_terminal() {
        writeln!(out, "{WIPE}{text}")
    } else {
        writeln!(out, "{text}")
    };
}

fn under_way() -> MutexGuard<'static, Vec<(usize, String)>> {
    // A list of texts is whole even when somebody has panicked while holding it.
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An error with its causes.
pub fn error(error: &anyhow::Error) {
    line(format!("error: {error:#}"));
}

/// A duration as a person says it.
pub fn time(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 => format!("{} ms", duration.as_millis()),
        1..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Says that something is under way, for how long already, and what came last.
///
/// On a terminal it is one moving line, which jobs beside one another share; in a log it is a line
/// now and then.
pub struct Progress {
    number: usize,
    what: String,
    how_long: String,
    started: Instant,
    said: Instant,
    moving: bool,
}

impl Progress {
    /// Begins, and says so. `how_long` is a rough expectation, such as "about 4 minutes, once";
    /// it is said once it is clear that there is something to wait for.
    pub fn begin(what: &str, how_long: &str) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        line(what);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        under_way().push((number, String::new()));
        let now = Instant::now();
        Self {
            number,
            what: what.to_owned(),
            how_long: how_long.to_owned(),
            started: now,
            said: now,
            moving: std::io::stderr().is_terminal(),
        }
    }

    /// Shows how long it has been and the latest line of output.
    pub fn tick(&mut self, latest: &str) {
        if self.started.elapsed() > SHORT && !self.how_long.is_empty() {
            let how_long = std::mem::take(&mut self.how_long);
            line(format!("  {} takes {how_long}.", self.what));
        }
        let pause = if self.moving {
            Duration::from_millis(200)
        } else {
            QUIET
        };
        if self.said.elapsed() < pause {
            return;
        }
        self.said = Instant::now();
        let latest: String = latest.trim().chars().take(60).collect();
        self.show(format!("{} {latest}", time(self.started.elapsed())));
    }

    fn show(&self, text: String) {
        let mut shown = under_way();
        let several = shown.len() > 1;
        if let Some((_, own)) = shown.iter_mut().find(|(number, _)| *number == self.number) {
            own.clone_from(&text);
        }
        if self.moving {
            let texts: Vec<&str> = shown
                .iter()
                .map(|(_, text)| text.as_str())
                .filter(|text| !text.is_empty())
                .collect();
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "{WIPE}  {}", texts.join(" | "));
            let _ = out.flush();
            return;
        }
        drop(shown);
        if several {
            line(format!("  {}: {text}", self.what));
        } else {
            line(format!("  {text}"));
        }
    }

    /// Ends, and says how long it took.
    pub fn end(self) {
        self.wipe();
        let took = self.started.elapsed();
        if took > Duration::from_secs(1) {
            line(format!("  {}: {}", self.what, time(took)));
        }
    }

    /// Ends without saying anything, because an error is shown next.
    pub fn wipe(&self) {
        under_way().retain(|(number, _)| *number != self.number);
        if self.moving {
            let _ = write!(std::io::stderr().lock(), "{WIPE}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_naturally() {
        for (millis, text) in [
            (0, "0 ms"),
            (999, "999 ms"),
            (1_000, "1 s"),
            (61_500, "1 min 01 s"),
        ] {
            assert_eq!(time(Duration::from_millis(millis)), text);
        }
    }
}
