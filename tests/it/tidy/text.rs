//! Words: what a person reads stands in locales/, and the repository speaks of
//! nothing but itself.

use super::{Source, Violation, found};

/// Text in a `view!` that no catalogue knows.
pub fn visible_text(source: &Source) -> Vec<Violation> {
    let views = source.path.starts_with("src/pages/") || source.path.starts_with("src/components/");
    if !views {
        return vec![];
    }
    let lines = source
        .code_lines()
        .filter(|(_, line)| has_visible_text(line));
    lines
        .map(|(number, _)| {
            found(
                source,
                number,
                "text that a person reads belongs in locales/",
            )
        })
        .collect()
}

fn has_visible_text(line: &str) -> bool {
    const READ_ALOUD: &[&str] = &["aria-label=\"", "placeholder=\"", "title=\"", "alt=\""];
    let attribute = READ_ALOUD.iter().any(|name| {
        line.split_once(name).is_some_and(|(before, value)| {
            let whole = before.ends_with([' ', '<']) || before.trim().is_empty();
            whole && !value.starts_with('"')
        })
    });
    attribute || bare_text_node(line)
}

/// A string literal that stands alone between tags, with a word in it.
fn bare_text_node(line: &str) -> bool {
    let trimmed = line.trim();
    let alone = trimmed.starts_with('"') && trimmed.ends_with('"') && trimmed.len() > 2;
    let between = trimmed.contains(">\"") && trimmed.contains("\"<");
    let text = match (alone, trimmed.split_once(">\"")) {
        (true, _) => trimmed,
        (false, Some((_, rest))) if between => rest.split_once('"').map_or("", |(text, _)| text),
        _ => return false,
    };
    text.split(|c: char| !c.is_alphabetic())
        .any(|word| word.len() > 1)
        && text.contains(|c: char| c.is_uppercase() || c == ' ')
}

/// Words of a workplace, a machine or a registry.
pub fn outside_words(source: &Source) -> Vec<Violation> {
    if source.path == "tests/it/tidy/text.rs" || source.path == "Cargo.lock" {
        return vec![];
    }
    const OUTSIDE: &[&str] = &[
        "/work/",
        "/root/",
        "/tmp/plan",
        "shared/design",
        "seed-portals",
        "crates.io-index",
    ];
    let lines = source.text.lines().enumerate();
    let hits = lines.filter(|(_, line)| OUTSIDE.iter().any(|word| line.contains(word)));
    hits.map(|(index, _)| found(source, index + 1, "the repository speaks of itself alone"))
        .collect()
}

/// A strict style-src blocks `style="…"`; `style:name=` is set by script and fine.
pub fn inline_styles(source: &Source) -> Vec<Violation> {
    let markup = source.path.starts_with("src/") || source.has_ending(&[".html"]);
    if !markup {
        return vec![];
    }
    let inline = |line: &str| {
        let event = [" onclick=", " onload=", " onerror="]
            .iter()
            .any(|name| line.contains(name));
        line.contains(" style=\"") || event || line.contains("<style>")
    };
    let lines = source.code_lines().filter(|(_, line)| inline(line));
    lines
        .map(|(number, _)| {
            found(
                source,
                number,
                "nothing inline: the Content-Security-Policy blocks it",
            )
        })
        .collect()
}

#[test]
fn planted_words_are_found() {
    use super::{assert_clean, assert_found};
    let plant = |line: &str| format!("//! Planted.\n\n{line}\n");
    for line in [
        "    \"Pay now\"",
        "<p>\"Pay now\"</p>",
        "<nav aria-label=\"Main\">",
        "<img alt=\"A chart\"/>",
    ] {
        assert_found(
            "src/pages/planted.rs",
            &plant(line),
            3,
            "belongs in locales/",
        );
    }
    assert_found(
        "README.md",
        "See /work/notes.\n",
        1,
        "speaks of itself alone",
    );
    assert_found(
        "index.html",
        "<p style=\"color:red\">\n",
        1,
        "nothing inline",
    );
    assert_clean(
        "src/pages/planted.rs",
        &plant("<p class=\"muted\">{t(key::home::TITLE)}</p>"),
    );
    assert_clean("src/pages/planted.rs", &plant("<span>\", \"</span>"));
}
