//! How files look: a head that says what they are for, a length that fits a
//! screen or two, a name that says what they hold.

use super::{Source, Violation, found};

/// The longest a file of code may be. It is a bound for the worst case: the aim is 200.
const MOST_LINES: usize = 400;

pub fn heads(source: &Source) -> Vec<Violation> {
    let rust = source.path.ends_with(".rs");
    let headed = source.text.starts_with("//!") || source.text.starts_with("#!");
    if rust && !headed {
        vec![found(
            source,
            1,
            "a file begins with `//!` and what it is for",
        )]
    } else {
        vec![]
    }
}

pub fn lengths(source: &Source) -> Vec<Violation> {
    let code = source.has_ending(&[".rs", ".css", ".js", ".html"]);
    let lines = source.text.lines().count();
    if code && lines > MOST_LINES {
        vec![found(
            source,
            MOST_LINES,
            format!("{lines} lines are too many for one file"),
        )]
    } else {
        vec![]
    }
}

pub fn names(source: &Source) -> Vec<Violation> {
    const VAGUE: &[&str] = &[
        "utils", "util", "helpers", "helper", "common", "misc", "manager",
    ];
    let code = source.has_ending(&[".rs", ".css", ".js"]);
    let parts = source.path.split(['/', '.', '_', '-']);
    let vague = parts.into_iter().find(|part| VAGUE.contains(part));
    match vague {
        Some(part) if code => vec![found(
            source,
            1,
            format!("`{part}` says nothing about what is in it"),
        )],
        _ => vec![],
    }
}

#[test]
fn a_planted_shape_is_found() {
    use super::assert_found;
    assert_found(
        "src/pages/planted.rs",
        "use leptos::prelude::*;\n",
        1,
        "begins with `//!`",
    );
    let long = format!("//! Long.\n{}", "//\n".repeat(MOST_LINES));
    assert_found(
        "src/pages/planted.rs",
        &long,
        MOST_LINES,
        "too many for one file",
    );
    assert_found("src/utils.rs", "//! Anything.\n", 1, "says nothing");
}
