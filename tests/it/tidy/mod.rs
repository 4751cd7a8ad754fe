//! The rules of ARCHITECTURE.md as tests. Each names file, line and rule, and
//! each is seen to fail on a planted violation.

mod circles;
mod imports;
mod modules;
mod places;
mod shape;
mod sql;
mod text;

use std::fmt;
use std::path::{Path, PathBuf};

/// A file of the repository, by its path from the root.
pub struct Source {
    path: String,
    text: String,
}

impl Source {
    #[cfg(test)]
    fn planted(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    fn has_ending(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// The lines with their numbers, up to the file's own tests: those may
    /// plant what the rules forbid.
    fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self
            .text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line));
        lines.take_while(|(_, line)| *line != "mod tests {")
    }

    /// The product's lines without comments.
    fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.product_lines().filter(|(_, line)| {
            let line = line.trim_start();
            !line.starts_with("//") && !line.starts_with('*') && !line.starts_with("/*")
        })
    }
}

/// What a rule found.
#[derive(Debug, PartialEq, Eq)]
pub struct Violation {
    path: String,
    line: usize,
    rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.rule)
    }
}

/// A rule looks at one file.
type Rule = fn(&Source) -> Vec<Violation>;

const RULES: &[Rule] = &[
    imports::within_the_app,
    imports::between_crates,
    places::browser_features,
    places::clocks,
    places::zones,
    places::floats,
    places::colours,
    places::addresses,
    places::database_types,
    shape::heads,
    shape::lengths,
    shape::names,
    sql::for_every_database,
    text::visible_text,
    text::outside_words,
    text::inline_styles,
];

fn found(source: &Source, line: usize, rule: impl Into<String>) -> Violation {
    Violation {
        path: source.path.clone(),
        line,
        rule: rule.into(),
    }
}

fn check(source: &Source) -> Vec<Violation> {
    RULES.iter().flat_map(|rule| rule(source)).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut folders: Vec<PathBuf> = vec![root().to_owned()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                let skipped = ["target", "dist", "node_modules", ".git", ".demo"];
                if !skipped.contains(&name.as_str()) {
                    folders.push(path);
                }
                continue;
            }
            // What is no text is no business of these rules.
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let from_root = path
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            sources.push(Source {
                path: from_root,
                text,
            });
        }
    }
    sources
}

#[test]
fn the_repository_keeps_its_own_rules() {
    let sources = sources();
    assert!(
        sources.len() > 100,
        "the walk found only {} files",
        sources.len()
    );
    let violations: Vec<String> = sources
        .iter()
        .flat_map(check)
        .map(|violation| violation.to_string())
        .collect();
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

/// Planted text that breaks exactly the named rule must be found, line and all.
#[cfg(test)]
fn assert_found(path: &str, text: &str, line: usize, rule: &str) {
    let violations = check(&Source::planted(path, text));
    let hit = violations
        .iter()
        .any(|v| v.line == line && v.rule.contains(rule));
    assert!(hit, "{path}: no `{rule}` on line {line} in {violations:?}");
}

#[cfg(test)]
fn assert_clean(path: &str, text: &str) {
    assert_eq!(check(&Source::planted(path, text)), vec![], "{path}");
}
