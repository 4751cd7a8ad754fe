//! What only one database understands.

use super::{Source, Violation, found};

/// What SQLite understands and PostgreSQL does not, in upper case.
const SQLITE_ONLY: &[&str] = &[
    "PRAGMA",
    "AUTOINCREMENT",
    "WITHOUT ROWID",
    "ROWID",
    "INSERT OR ",
    "REPLACE INTO",
    "RAISE(",
    "TYPEOF(",
    "IFNULL(",
    "IIF(",
    "PRINTF(",
    "GROUP_CONCAT(",
    "INSTR(",
    "STRFTIME(",
    "JULIANDAY(",
    "UNIXEPOCH(",
    "DATETIME(",
    "JSON_EXTRACT(",
    "JSON_EACH(",
    " GLOB ",
    " INDEXED BY ",
    "COLLATE NOCASE",
];

/// The statements that there are already, and how many lines of each file they take: none is
/// added, and whoever takes one away takes it away here.
const KNOWN: &[(&str, usize)] = &[
    // How the file is opened, and the version by which a process sees that another has written.
    ("connect.rs", 4),
    // Places of entries, written so that they sort as text.
    ("balance/entries.rs", 3),
    // Numbers that the database gives, and triggers, which every database writes in its own way.
    ("migrations/m20261121_000005_entries.rs", 3),
    ("migrations/m20261121_000007_allocations.rs", 1),
    ("migrations/m20261122_000040_attempts.rs", 3),
    ("migrations/m20261129_000060_bounds.rs", 50),
    ("migrations/m20261129_000065_refunds.rs", 1),
];

/// Statements are written so that every database understands them.
pub fn for_every_database(source: &Source) -> Vec<Violation> {
    let Some(inside) = source.path.strip_prefix("crates/backend/src/db/") else {
        return vec![];
    };
    if inside.starts_with("tests/") || !inside.ends_with(".rs") {
        return vec![];
    }
    let known = KNOWN.iter().find(|(path, _)| *path == inside);
    let known = known.map_or(0, |(_, lines)| *lines);
    let mut hits = Vec::new();
    for (number, line) in source.code_lines() {
        let upper = line.to_uppercase();
        if let Some(word) = SQLITE_ONLY.iter().find(|word| has(&upper, word)) {
            let rule = format!("only SQLite understands `{}`", word.trim());
            hits.push(found(source, number, rule));
        }
    }
    if hits.len() < known {
        let rule = format!("{known} lines are known for SQLite only, and it has fewer: see sql.rs");
        return vec![found(source, 1, rule)];
    }
    hits.split_off(known)
}

/// Whether a word stands in a line, and not as the end of another.
fn has(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        word.starts_with(' ') || before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
    })
}

#[cfg(test)]
mod tests {
    use super::super::{assert_clean, assert_found};

    const HEAD: &str = "//! Rows.\n";

    #[test]
    fn a_statement_for_one_database_is_found() {
        let path = "crates/backend/src/db/rows.rs";
        for planted in [
            "const A: &str = \"INSERT OR IGNORE INTO invoices VALUES (?)\";",
            "const A: &str = \"select ifnull(paid_on, '') from invoices\";",
            "const A: &str = \"PRAGMA user_version\";",
        ] {
            let text = format!("{HEAD}{planted}\n");
            assert_found(path, &text, 2, "only SQLite understands");
        }
        let fine = "const A: &str = \"SELECT COALESCE(paid_on, '') FROM invoices\";\n";
        assert_clean(path, &format!("{HEAD}{fine}"));
    }

    #[test]
    fn what_is_known_is_still_there() {
        let folder = super::super::root().join("crates/backend/src/db");
        for (file, _) in super::KNOWN {
            assert!(folder.join(file).is_file(), "{file}");
        }
    }

    #[test]
    fn one_more_than_is_known_is_found_and_one_less_too() {
        let path = "crates/backend/src/db/connect.rs";
        let known = "const A: &str = \"PRAGMA data_version\";\n".repeat(4);
        assert_clean(path, &format!("{HEAD}{known}"));
        let one_more = format!("{HEAD}{known}const B: &str = \"PRAGMA user_version\";\n");
        assert_found(path, &one_more, 6, "only SQLite understands");
        assert_found(path, HEAD, 1, "it has fewer");
    }
}
