//! No module depends on one that depends on it, by however many others. A module may use what the
//! module defines that it lies in: it is a part of that.

use std::collections::BTreeSet;
use std::hash::RandomState;

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

use super::modules::Modules;
use super::{Source, sources};

/// Where the code of a crate is and what the crate is called, by the path of a file.
fn crate_of(path: &str) -> Option<(String, &str)> {
    if let Some(inside) = path.strip_prefix("src/") {
        return Some(("portico".to_owned(), inside));
    }
    let (name, inside) = path.strip_prefix("crates/")?.split_once("/src/")?;
    Some((name.replace('-', "_"), inside))
}

/// The path of a file's module; the first segment is the crate. A program beside a library is a
/// crate of its own.
fn module_of(path: &str, has_library: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let (name, inside) = crate_of(path)?;
    let mut segments: Vec<String> = inside
        .strip_suffix(".rs")?
        .split('/')
        .map(str::to_owned)
        .collect();
    match segments.last().map(String::as_str) {
        Some("main") if segments.len() == 1 && has_library(&name) => {
            return Some(vec![format!("{name} (program)")]);
        }
        Some("mod") => drop(segments.pop()),
        Some("lib" | "main") if segments.len() == 1 => segments.clear(),
        _ => {}
    }
    Some([name].into_iter().chain(segments).collect())
}

fn read(sources: &[Source]) -> Modules {
    let libraries: BTreeSet<String> = sources
        .iter()
        .filter(|source| source.path.ends_with("src/lib.rs"))
        .filter_map(|source| Some(crate_of(&source.path)?.0))
        .collect();
    let mut modules = Modules::default();
    for source in sources {
        if let Some(module) = module_of(&source.path, |name| libraries.contains(name)) {
            let parsed = modules.read(module, &source.path, &source.text);
            parsed.unwrap_or_else(|why| panic!("{}: {why}", source.path));
        }
    }
    modules
}

/// Whether a file lies in the module that another file is.
fn is_part(file: &str, of: &str) -> bool {
    let folder = of
        .strip_suffix("/mod.rs")
        .or_else(|| of.strip_suffix(".rs"))
        .unwrap_or(of);
    file.strip_prefix(folder)
        .is_some_and(|inside| inside.starts_with('/'))
}

/// The arrows of every circle, one text a circle.
fn circles(sources: &[Source]) -> Vec<String> {
    let modules = read(sources);
    let arrows = modules.arrows().into_iter();
    let arrows: Vec<_> = arrows.filter(|(from, to)| !is_part(from, to)).collect();
    let graph = DiGraphMap::<&str, (), RandomState>::from_edges(arrows.iter().copied());
    let circles = tarjan_scc(&graph).into_iter().filter(|all| all.len() > 1);
    circles
        .map(|all| {
            let within = |(from, to): &&(&str, &str)| all.contains(from) && all.contains(to);
            let arrows = arrows.iter().filter(within);
            let lines: Vec<_> = arrows.map(|(from, to)| format!("{from} -> {to}")).collect();
            lines.join("\n")
        })
        .collect()
}

#[test]
fn no_modules_depend_on_each_other() {
    let sources = sources();
    let arrows = read(&sources).arrows().len();
    assert!(arrows > 1_000, "only {arrows} dependencies are seen");
    let circles = circles(&sources);
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n\n"));
}

#[test]
fn a_planted_circle_is_found_however_it_is_written() {
    let own = |files: &[(&str, &str)]| {
        let planted = |(path, text): &(&str, &str)| Source::planted(path, text);
        circles(&files.iter().map(planted).collect::<Vec<_>>())
    };
    let root = ("src/lib.rs", "pub mod a; pub mod b;");
    for (one, other) in [
        (
            "use crate::b::Other; pub struct One;",
            "use super::a::One; pub struct Other;",
        ),
        (
            "use crate::b; pub struct One(b::Other);",
            "pub struct Other(crate::a::One);",
        ),
        (
            "pub fn one() { crate::b::other!() }",
            "macro_rules! other { () => { crate::a::one() } }",
        ),
        (
            "pub fn one() -> One { One { x: 1, ..crate::b::other() } }",
            "pub fn other() -> u8 { 0..crate::a::one() }",
        ),
        (
            "pub fn one() { use crate::b::{other, another}; other() }",
            "pub fn other() { use crate::a::{one}; one() }",
        ),
        (
            "use crate::b::*; pub fn one() { other() }",
            "use crate::a::one; pub fn other() { one() }",
        ),
    ] {
        let found = own(&[root, ("src/a.rs", one), ("src/b.rs", other)]);
        assert_eq!(
            found,
            ["src/a.rs -> src/b.rs\nsrc/b.rs -> src/a.rs"],
            "{one}"
        );
    }
    // A name that is passed on leads to where it is defined.
    let passed_on = own(&[
        (
            "src/lib.rs",
            "pub mod a; pub mod b; pub mod c; pub use a::One;",
        ),
        ("src/a.rs", "use crate::b::Two; pub struct One;"),
        ("src/b.rs", "use crate::c::Three; pub struct Two;"),
        ("src/c.rs", "use crate::One; pub struct Three;"),
    ]);
    assert_eq!(passed_on.len(), 1, "{passed_on:?}");
}

#[test]
fn what_is_no_circle_is_none() {
    let planted = |files: &[(&str, &str)]| {
        let planted = |(path, text): &(&str, &str)| Source::planted(path, text);
        circles(&files.iter().map(planted).collect::<Vec<_>>())
    };
    for files in [
        // A part uses what the whole defines.
        [
            (
                "src/a/mod.rs",
                "mod part; use part::Part; pub struct Whole(Part);",
            ),
            ("src/a/part.rs", "use super::Whole; pub struct Part;"),
        ],
        // Tests know what they test.
        [
            (
                "src/a.rs",
                "#[cfg(test)] mod tests { use crate::b::Two; } pub struct One;",
            ),
            ("src/b.rs", "use crate::a::One; pub struct Two;"),
        ],
        // A method has the name of something elsewhere.
        [
            (
                "src/a.rs",
                "use crate::b::Two; pub fn one(of: Two) { of.crate_b() }",
            ),
            ("src/b.rs", "pub struct Two; // crate::a::one"),
        ],
    ] {
        assert_eq!(planted(&files), Vec::<String>::new(), "{files:?}");
    }
}
