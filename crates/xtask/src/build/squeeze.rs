//! Smaller text that means the same: no parser, only what is certain to be safe.
//!
//! Brotli takes most of what a minifier takes; comments are what is left, and
//! ours are long.

/// A script without the comments and indentation that fill whole lines.
///
/// A file in which a template string runs over several lines is left as it is,
/// because blanks in it would count.
pub fn script(text: &str) -> String {
    if text.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return text.to_owned();
    }
    let mut squeezed = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        if in_comment {
            // Code never follows the end of a comment on the same line in what we squeeze.
            in_comment = !line.ends_with("*/");
        } else if line.starts_with("/*") && !line.contains("*/") {
            in_comment = true;
        } else if !(line.is_empty()
            || line.starts_with("//")
            || line.starts_with("/*") && line.ends_with("*/"))
        {
            squeezed.push_str(line);
            squeezed.push('\n');
        }
    }
    squeezed
}

/// A stylesheet without comments and needless blanks. Strings stay as they are.
pub fn style(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("/*") {
            rest = after.split_once("*/").map_or("", |(_, after)| after);
            blank(&mut squeezed);
        } else if next == '"' || next == '\'' {
            let end = string_end(rest, next);
            squeezed.push_str(&rest[..end]);
            rest = &rest[end..];
        } else {
            match next {
                c if c.is_whitespace() => blank(&mut squeezed),
                '{' | '}' | ';' | ',' => {
                    let kept = squeezed.trim_end_matches(' ').len();
                    squeezed.truncate(kept);
                    if next == '}' && squeezed.ends_with(';') {
                        squeezed.pop();
                    }
                    squeezed.push(next);
                }
                c => squeezed.push(c),
            }
            rest = &rest[next.len_utf8()..];
        }
    }
    squeezed.trim().to_owned()
}

/// One blank, where the one before needs it.
fn blank(squeezed: &mut String) {
    if !squeezed.is_empty() && !squeezed.ends_with(['{', '}', ';', ',', ' ']) {
        squeezed.push(' ');
    }
}

fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A page without comments, indentation and empty lines. Nothing of ours is
/// preformatted; line ends stay, since a blank between two words may count.
pub fn page(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        plain.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let lines: Vec<&str> = plain
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_whole_line_comments_only() {
        for (text, expected) in [
            ("// a\nlet b = 1; // kept\n", "let b = 1; // kept\n"),
            ("/**\n * doc\n */\n  f();\n\n", "f();\n"),
            ("/* one line */\ng();\n", "g();\n"),
            ("let u = \"https://x\";\n", "let u = \"https://x\";\n"),
            ("let t = `a\n   b`;\n// c\n", "let t = `a\n   b`;\n// c\n"),
        ] {
            assert_eq!(script(text), expected);
        }
    }

    #[test]
    fn styles_keep_every_blank_that_counts() {
        for (text, expected) in [
            ("a {\n  color: red;\n}\n", "a{color: red}"),
            (
                "a :hover, b > c { x: calc(1px + 2px) }",
                "a :hover,b > c{x: calc(1px + 2px)}",
            ),
            ("/* why */ @layer a, b;\na{}", "@layer a,b;a{}"),
            (
                r#"a::before { content: " /* ; } " }"#,
                r#"a::before{content: " /* ; } "}"#,
            ),
            (r#"a { content: "\"  x" }"#, r#"a{content: "\"  x"}"#),
            (
                "@media (min-width: 1px) and (hover) {a{b:c}}",
                "@media (min-width: 1px) and (hover){a{b:c}}",
            ),
            ("a/**/b{}", "a b{}"),
        ] {
            assert_eq!(style(text), expected);
        }
    }

    #[test]
    fn pages_lose_comments_and_indentation() {
        assert_eq!(
            page("<p>\n   a\n\n<!-- x\n -->  <b>c</b>\n</p>"),
            "<p>\na\n<b>c</b>\n</p>\n"
        );
    }
}
