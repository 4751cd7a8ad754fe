//! What came of a cell: a line of the results, and whether it was right.

use std::fs::OpenOptions;
use std::io::Write as _;

use serde::Serialize;

use super::run::{BACK_STOP_PROMISE, ended_title, promise, wrong_on_the_way};
use super::seen::Seen;
use checkout_matrix::{Cell, Dimension as _, Hints, Outcome};

/// The environment variable that names the file for results.
const RESULTS: &str = "PORTICO_MATRIX_RESULTS";

/// What the panel says while money is on its way.
const ON_ITS_WAY: &str = "Confirming your payment";

/// A line of the results, as `cargo xtask matrix` reads it.
#[derive(Clone, Debug, Serialize)]
pub struct CellResult {
    pub engine: &'static str,
    pub portal_coop: &'static str,
    pub gateway_coop: &'static str,
    pub hint: &'static str,
    pub outcome: &'static str,
    pub provider: &'static str,
    /// What the panel said in the end.
    pub ended: String,
    /// Which hint came first.
    pub first: String,
    /// From the provider's word to the right screen.
    pub ms: Option<i64>,
    /// Entries in the ledger that were not there before.
    pub entries: u64,
    pub reloads: u32,
    /// What was wrong, in words; empty where all was right.
    pub wrong: Vec<String>,
    /// Why the one hint could not come, where it could not.
    pub cannot: Option<&'static str>,
    /// Not right in time; the machine may have been busy.
    #[serde(skip)]
    pub late: Option<String>,
}

impl CellResult {
    /// What came of a cell, judged.
    pub fn of(
        cell: &Cell,
        seen: &Seen,
        happened: Option<i64>,
        entries: u64,
        reloaded: bool,
    ) -> Self {
        let title = ended_title(cell);
        let confirmed = happened.filter(|_| cell.outcome.pays());
        let right = seen.since(|screen| match cell.outcome.pays() {
            true => screen.is_paid(),
            false => screen.panel_says(title),
        });
        let mut wrong = wrong_on_the_way(cell, seen, confirmed);
        if right.is_none() {
            wrong.push(format!("never showed `{title}`"));
        }
        let due = u64::from(cell.outcome.pays());
        if entries != due {
            wrong.push(format!("{entries} ledger entries instead of {due}"));
        }
        if reloaded {
            wrong.push("the page was loaded anew".to_owned());
        }
        let measured = happened.filter(|_| cell.outcome != Outcome::ClosedEarly);
        let ms = measured.zip(right).map(|(from, until)| until - from);
        let first = measured
            .zip(right)
            .map(|(from, until)| seen.came_first(from, until).to_owned());
        let late = measured
            .zip(right)
            .and_then(|times| lateness(cell, seen, times));
        Self {
            engine: cell.engine.name(),
            portal_coop: cell.portal.word(),
            gateway_coop: cell.gateway.word(),
            hint: cell.hints.word(),
            outcome: cell.outcome.word(),
            provider: cell.provider.word(),
            ended: title.to_owned(),
            first: first.unwrap_or_else(|| "none".to_owned()),
            ms,
            entries,
            reloads: u32::from(reloaded),
            wrong,
            cannot: cell.silent_because(),
            late,
        }
    }

    /// A cell that did not come to its end.
    pub fn lost(cell: &Cell) -> Self {
        Self {
            engine: cell.engine.name(),
            portal_coop: cell.portal.word(),
            gateway_coop: cell.gateway.word(),
            hint: cell.hints.word(),
            outcome: cell.outcome.word(),
            provider: cell.provider.word(),
            ended: "nowhere".to_owned(),
            first: "none".to_owned(),
            ms: None,
            entries: 0,
            reloads: 0,
            wrong: vec!["did not come to its end".to_owned()],
            cannot: cell.silent_because(),
            late: None,
        }
    }

    /// Adds the line to the file of results, if one is named.
    pub fn write(&self) {
        let Some(file) = std::env::var_os(RESULTS) else {
            return;
        };
        let mut line = serde_json::to_string(self).unwrap();
        line.push('\n');
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(file)
            .unwrap();
        // One write a line: engines may run side by side.
        file.write_all(line.as_bytes()).unwrap();
    }
}

/// From when a promise counts: the provider's word, or the coming of the hint that is alone.
fn since(cell: &Cell, seen: &Seen, happened: i64) -> i64 {
    let kind = match cell.hints {
        Hints::Message => "message",
        Hints::Broadcast => "broadcast",
        Hints::Push if !cell.outcome.notifies_at_once() => "push",
        Hints::Closed => "closed",
        Hints::Wake => "wake",
        Hints::Push | Hints::All | Hints::Poll => return happened,
    };
    if cell.silent_because().is_some() {
        return happened;
    }
    seen.first(kind, happened).unwrap_or(happened)
}

/// How much later than promised the right screen came after the provider's word, in words.
fn lateness(cell: &Cell, seen: &Seen, (happened, right): (i64, i64)) -> Option<String> {
    let too_late = |what: &str, took: i64, most: i64| {
        (took > most).then(|| format!("{what} after {took} ms instead of at most {most}"))
    };
    let hint = match cell.hints {
        Hints::Message => "message",
        Hints::Broadcast => "broadcast",
        _ => "",
    };
    let tells_of_the_way = cell.outcome == Outcome::Slow && !hint.is_empty();
    if !tells_of_the_way || cell.silent_because().is_some() {
        return too_late("right", right - since(cell, seen, happened), promise(cell));
    }
    // The window comes back while the money is on its way. That is what its hint tells, and it is
    // shown as soon as ever; of the money's coming nothing tells but the back-stop.
    let on_its_way = seen.since(|screen| screen.panel_says(ON_ITS_WAY));
    match seen.first(hint, 0).zip(on_its_way) {
        Some((hint, shown)) => too_late("on its way", shown - hint, promise(cell))
            .or_else(|| too_late("right", right - happened, BACK_STOP_PROMISE)),
        None => Some("never showed that the money is on its way".to_owned()),
    }
}
