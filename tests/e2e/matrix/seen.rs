//! What the instrumented portal wrote down: what was on screen when, and which
//! hints came when. All instants are milliseconds since 1970 by one clock,
//! since browser, backend and gateway run on one machine.

use serde::Deserialize;

use crate::browser::Browser;

/// Everything that was written down.
#[derive(Debug, Deserialize)]
pub struct Seen {
    pub screen: Vec<Screen>,
    pub hints: Vec<Hint>,
}

/// What was on screen from an instant on.
#[derive(Clone, Debug, Deserialize)]
pub struct Screen {
    pub at: i64,
    /// The invoice's badge.
    pub status: Option<String>,
    /// What remains on the invoice, as plain decimal text.
    pub remaining: Option<String>,
    /// The heading of the checkout's panel.
    pub panel: Option<String>,
}

impl Screen {
    /// Whether the invoice is shown as paid.
    pub fn says_paid(&self) -> bool {
        self.status.as_deref() == Some("Paid")
    }

    /// Whether all of it says that the invoice is paid.
    pub fn is_paid(&self) -> bool {
        self.says_paid()
            && self.remaining.as_deref() == Some("0.00")
            && self.panel.as_deref() == Some("Payment complete")
    }

    pub fn panel_says(&self, title: &str) -> bool {
        self.panel.as_deref() == Some(title)
    }
}

/// A hint that came, or a question to the server (`asked`).
#[derive(Clone, Debug, Deserialize)]
pub struct Hint {
    pub kind: String,
    pub at: i64,
}

impl Seen {
    /// Reads it out of the portal's window.
    pub async fn of(browser: &Browser) -> Self {
        let value = browser
            .run("return JSON.stringify(window.seenByTest)")
            .await;
        serde_json::from_str(value.as_str().unwrap()).unwrap()
    }

    /// Leaves out the hints that came before an instant.
    pub fn forget_hints_before(&mut self, instant: i64) {
        self.hints.retain(|hint| hint.at >= instant);
    }

    /// When the screen first showed something.
    pub fn since(&self, shows: impl Fn(&Screen) -> bool) -> Option<i64> {
        self.screen
            .iter()
            .find(|screen| shows(screen))
            .map(|screen| screen.at)
    }

    /// When a hint of a kind first came from an instant on.
    pub fn first(&self, kind: &str, from: i64) -> Option<i64> {
        let mut of_kind = self.hints.iter().filter(|hint| hint.kind == kind);
        of_kind.find(|hint| hint.at >= from).map(|hint| hint.at)
    }

    /// The hint after which the right thing was on screen: the first one since an instant that a
    /// question followed; `poll` where a question came by itself.
    pub fn came_first(&self, from: i64, until: i64) -> &str {
        let within = |hint: &&Hint| (from..=until).contains(&hint.at);
        let hints = self.hints.iter().filter(within);
        let first = hints.map(|hint| hint.kind.as_str()).next();
        match first {
            None | Some("asked") => "poll",
            Some(kind) => kind,
        }
    }
}
