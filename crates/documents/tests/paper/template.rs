//! The template's own rules.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join(path)).unwrap()
}

/// `oklch(23% 0.02 260)` as typst writes it.
fn as_typst(css: &str) -> String {
    let parts = css.trim_start_matches("oklch(").trim_end_matches(')');
    let parts: Vec<&str> = parts.split(' ').collect();
    format!("rgb(oklch({}, {}, {}deg))", parts[0], parts[1], parts[2])
}

#[test]
fn the_colours_of_paper_are_those_of_the_screen() {
    let (tokens, colours) = (
        read("../../style/tokens.css"),
        read("templates/colours.typ"),
    );
    let mut compared = 0;
    for line in colours
        .lines()
        .filter_map(|line| line.strip_prefix("#let "))
    {
        let (name, colour) = line.split_once(" = ").unwrap();
        let token = format!("--{name}: light-dark(");
        let css = tokens
            .lines()
            .find_map(|line| line.trim().strip_prefix(&token));
        let css = css.unwrap_or_else(|| panic!("tokens.css has no {name}"));
        let light = css.split_once("), ").unwrap().0;
        assert_eq!(colour, as_typst(&format!("{light})")), "{name}");
        compared += 1;
    }
    assert_eq!(compared, 11);
}

#[test]
fn no_colour_is_made_up_elsewhere() {
    for file in ["templates/document.typ", "templates/parts.typ"] {
        let text = read(file);
        for word in ["oklch(", "luma(", "cmyk(", "rgb(\"", "#fff"] {
            assert!(!text.contains(word), "{file} has {word}");
        }
    }
}
