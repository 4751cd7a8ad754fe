//! Who may import whom.

use super::{Source, Violation, found};

/// A part of the app, and the modules of the crate that it may name.
const PARTS: &[(&str, &[&str])] = &[
    (
        "pages",
        &[
            "parts",
            "components",
            "state",
            "checkout",
            "i18n",
            "route",
            "pages",
            "browser::download",
            "browser::print",
        ],
    ),
    (
        "parts",
        &["parts", "components", "state", "checkout", "i18n", "route"],
    ),
    (
        "components",
        &[
            "i18n",
            "route",
            "browser::clipboard",
            "browser::dialog",
            "browser::focus",
            "browser::screen",
            "browser::seconds",
            "components",
        ],
    ),
    (
        "state",
        &["browser", "offline", "checkout", "i18n", "route", "state"],
    ),
    ("checkout", &["browser", "checkout"]),
    ("embed", &["browser", "embed"]),
    ("offline", &["browser", "offline"]),
    ("i18n", &["browser::intl", "browser::network", "i18n"]),
    ("browser", &["browser"]),
    ("route", &[]),
];

/// Other crates that a part must not name.
const FOREIGN: &[(&str, &[&str])] = &[
    ("pages", &["gloo_net"]),
    ("components", &["api_client", "gloo_net"]),
    ("state", &[]),
    ("route", &["leptos", "leptos_router", "api_client"]),
    ("i18n", &["api_client", "leptos_router"]),
];

pub fn within_the_app(source: &Source) -> Vec<Violation> {
    let Some(inside) = source.path.strip_prefix("src/") else {
        return vec![];
    };
    let part = inside.split('/').next().unwrap_or_default();
    let mut violations = Vec::new();
    for (number, line) in source.code_lines() {
        if let Some((_, allowed)) = PARTS.iter().find(|(name, _)| *name == part) {
            for named in crate_paths(line) {
                let fits = |allowed: &&&str| {
                    named == **allowed || named.starts_with(&format!("{allowed}::"))
                };
                if !allowed.iter().any(|a| fits(&a)) {
                    violations.push(found(
                        source,
                        number,
                        format!("src/{part} must not import crate::{named}"),
                    ));
                }
            }
        }
        let foreign = FOREIGN
            .iter()
            .find(|(name, _)| *name == part)
            .map_or(&[][..], |(_, list)| list);
        for name in foreign.iter().filter(|name| names_crate(line, name)) {
            violations.push(found(
                source,
                number,
                format!("src/{part} must not import {name}"),
            ));
        }
        if part == "pages" && line.contains("crate::pages::") {
            violations.push(found(source, number, "a page must not import another page"));
        }
    }
    violations
}

/// The first two segments of every `crate::…` path on a line; of a braced
/// list, each of its entries.
fn crate_paths(line: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let tail = &line[at + "crate::".len()..];
        let (head, list) = match tail.split_once("::{") {
            Some((head, list)) if is_path(head) => (head, Some(list)),
            _ => (tail, None),
        };
        let head: String = head
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
            .collect();
        let head = head.trim_end_matches(':');
        let deepest = head.split("::").take(2).collect::<Vec<_>>().join("::");
        match list.filter(|_| !head.contains("::")) {
            Some(list) => {
                let entries = list.split(['}', ';']).next().unwrap_or_default().split(',');
                let names = entries.map(str::trim).filter(|entry| !entry.is_empty());
                paths.extend(names.map(|name| format!("{head}::{name}")));
            }
            None => paths.push(deepest),
        }
    }
    paths
}

fn is_path(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
}

fn names_crate(line: &str, name: &str) -> bool {
    line.contains(&format!("{name}::")) && !line.contains(&format!("_{name}::"))
}

/// Dependencies that a crate of ours must not have.
const KEPT_APART: &[(&str, &[&str])] = &[
    (
        "crates/api-types/Cargo.toml",
        &["leptos", "web-sys", "axum", "sqlx", "sea-orm", "tokio"],
    ),
    ("crates/api-client/Cargo.toml", &["leptos", "backend"]),
    ("crates/backend/Cargo.toml", &["portico", "leptos"]),
    (
        "crates/words/Cargo.toml",
        &["leptos", "web-sys", "api-types"],
    ),
    (
        "crates/sandbox-gateway/Cargo.toml",
        &["api-types", "api-client", "backend", "words", "portico"],
    ),
];

pub fn between_crates(source: &Source) -> Vec<Violation> {
    let Some((_, apart)) = KEPT_APART.iter().find(|(path, _)| *path == source.path) else {
        return vec![];
    };
    let lines = source.text.lines().enumerate();
    let dependencies = lines.filter_map(|(index, line)| {
        let name = line.split([' ', '.', '=']).next()?;
        apart
            .contains(&name)
            .then(|| found(source, index + 1, format!("it must not depend on {name}")))
    });
    dependencies.collect()
}

#[test]
fn a_planted_import_is_found() {
    use super::{assert_clean, assert_found};
    let plant = |line: &str| format!("//! Planted.\n\n{line}\n");
    for (path, line, rule) in [
        (
            "src/pages/planted.rs",
            "use crate::offline::Store;",
            "must not import crate::offline",
        ),
        (
            "src/pages/planted.rs",
            "use crate::browser::popup;",
            "must not import crate::browser::popup",
        ),
        (
            "src/pages/planted.rs",
            "use crate::pages::home::HomePage;",
            "another page",
        ),
        (
            "src/components/planted.rs",
            "use crate::state::use_api;",
            "must not import crate::state",
        ),
        (
            "src/components/planted.rs",
            "use api_client::Client;",
            "must not import api_client",
        ),
        (
            "src/components/planted.rs",
            "use crate::browser::{focus, popup};",
            "must not import crate::browser::popup",
        ),
        (
            "src/state/planted.rs",
            "use crate::components::Button;",
            "must not import crate::components",
        ),
        (
            "src/checkout/planted.rs",
            "use crate::state::Live;",
            "must not import crate::state",
        ),
        (
            "src/route/mod.rs",
            "use leptos::prelude::*;",
            "must not import leptos",
        ),
    ] {
        assert_found(path, &plant(line), 3, rule);
    }
    assert_found(
        "crates/sandbox-gateway/Cargo.toml",
        "[dependencies]\napi-types.workspace = true\n",
        2,
        "must not depend on api-types",
    );
    assert_clean(
        "src/components/planted.rs",
        &plant("use crate::browser::focus;"),
    );
    assert_clean(
        "src/pages/planted.rs",
        &plant("use crate::components::{Button, Card};"),
    );
}
