//! What xtask says to the person in front of it, on standard error.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// What is done sooner needs no announcement of how long it takes.
const SHORT: Duration = Duration::from_secs(3);
/// How long nothing is said while something runs and no terminal shows a moving line.
const QUIET: Duration = Duration::from_secs(20);

/// One line.
pub fn line(text: impl Display) {
    // Nobody is left to tell when standard error is gone.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
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
/// On a terminal it is one moving line; in a log it is a line now and then.
pub struct Progress {
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
        line(what);
        let now = Instant::now();
        Self {
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
            line(format!(
                "  This takes {}.",
                std::mem::take(&mut self.how_long)
            ));
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
        let text = format!("  {} {latest}", time(self.started.elapsed()));
        if self.moving {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[2K{text}");
            let _ = std::io::stderr().flush();
        } else {
            line(text);
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

    /// Ends without a word, because an error is about to be told.
    pub fn wipe(&self) {
        if self.moving {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[2K");
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
