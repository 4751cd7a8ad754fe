//! The dimensions of the matrix, in the words of `tests/e2e/matrix/cell.rs`.

use std::fmt;
use std::str::FromStr;

use clap::ValueEnum;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
#[value(rename_all = "lower")]
pub enum Engine {
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKit, as GTK has it.
    WebKit,
}

impl Engine {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its word in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Its name in sentences.
    pub fn title(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        }
    }
}

/// The Cross-Origin-Opener-Policy of either side.
pub const COOP: [&str; 3] = ["none", "same-origin-allow-popups", "same-origin"];
/// Which hints reach the portal.
pub const HINTS: [&str; 7] = [
    "message",
    "broadcast",
    "push",
    "closed",
    "wake",
    "all",
    "poll",
];
/// What happens at the provider.
pub const OUTCOMES: [&str; 9] = [
    "paid",
    "declined",
    "cancelled",
    "closed-early",
    "slow",
    "webhook-first",
    "webhook-last",
    "webhook-lost",
    "webhook-doubled",
];

/// How many cells there are in one engine.
pub const SIZE_OF_ENGINE: usize = COOP.len() * COOP.len() * HINTS.len() * OUTCOMES.len();

/// How many cells there are.
pub fn size() -> usize {
    Engine::ALL.len() * SIZE_OF_ENGINE
}

/// A cell's place in the matrix. Its order is the report's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its engine.
    pub engine: Engine,
    /// Index in `COOP`.
    pub portal: usize,
    /// Index in `COOP`.
    pub gateway: usize,
    /// Index in `HINTS`.
    pub hint: usize,
    /// Index in `OUTCOMES`.
    pub outcome: usize,
}

impl Place {
    /// The place that five words name; the wrong word, if one is.
    pub fn of(words: [&str; 5]) -> Result<Self, String> {
        let index = |known: &[&str], word: &str| {
            let found = known.iter().position(|other| *other == word);
            found.ok_or_else(|| format!("`{word}` is none of {}", known.join(", ")))
        };
        Ok(Self {
            engine: Engine::from_str(words[0], false).map_err(|_| {
                let known = Engine::ALL.map(Engine::name).join(", ");
                format!("`{}` is none of {known}", words[0])
            })?,
            portal: index(&COOP, words[1])?,
            gateway: index(&COOP, words[2])?,
            hint: index(&HINTS, words[3])?,
            outcome: index(&OUTCOMES, words[4])?,
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}/{}/{}/{}/{}",
            self.engine.name(),
            COOP[self.portal],
            COOP[self.gateway],
            HINTS[self.hint],
            OUTCOMES[self.outcome]
        )
    }
}

/// A cell as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellName(Place);

impl CellName {
    /// The engine that it runs in.
    pub fn engine(self) -> Engine {
        self.0.engine
    }
}

impl FromStr for CellName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split('/').collect();
        let words = <[&str; 5]>::try_from(words)
            .map_err(|_| "a cell is engine/portal/gateway/hint/outcome".to_owned())?;
        Place::of(words).map(Self)
    }
}

impl fmt::Display for CellName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_words_are_those_of_the_tests() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let text = std::fs::read_to_string(root.join("tests/e2e/matrix/cell.rs")).unwrap();
        // `Variant = "word",` within the dimensions.
        let there: BTreeSet<&str> = text
            .lines()
            .filter_map(|line| line.split_once(" = \"")?.1.strip_suffix("\","))
            .collect();
        let here: BTreeSet<&str> = [&COOP[..], &HINTS, &OUTCOMES]
            .concat()
            .into_iter()
            .collect();
        assert_eq!(there, here);
    }

    #[test]
    fn a_cell_is_read_as_it_is_written() {
        let name = "firefox/none/same-origin/push/webhook-lost";
        assert_eq!(name.parse::<CellName>().unwrap().to_string(), name);
        for (wrong, says) in [
            ("firefox/none/none/push", "engine/portal"),
            ("opera/none/none/push/paid", "`opera` is none of chromium"),
            ("firefox/none/none/rumour/paid", "`rumour` is none of"),
        ] {
            let error = wrong.parse::<CellName>().unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }
}
