//! Just enough of HTML to read and rewrite our own pages: tags and their quoted attributes.

/// A tag as it stands in the text.
pub struct Tag<'a> {
    /// From `<` to `>`.
    pub text: &'a str,
    /// Its name, in small letters as we write them.
    pub name: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute. Ours are all quoted with `"`.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Every attribute; one without a value has an empty one.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.text.trim_start_matches('<')[self.name.len()..].trim_end_matches('>');
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/');
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
            if let Some((value, after)) = after
                .strip_prefix("=\"")
                .and_then(|quoted| quoted.split_once('"'))
            {
                rest = after;
                return Some((name, value));
            }
            rest = after.strip_prefix('=').unwrap_or(after);
            Some((name, ""))
        })
    }
}

/// The opening tags of a page, in order.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = tag_end(rest);
        let text = &rest[..end];
        let name_end = text[1..]
            .find(|c: char| c.is_whitespace() || c == '>' || c == '/')
            .map_or(text.len(), |at| at + 1);
        let name = &text[1..name_end];
        if !name.is_empty() && !name.starts_with('!') {
            found.push(Tag { text, name });
        }
        rest = &rest[end.max(1)..];
    }
    found
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The page with every attribute value that `name` knows another name for rewritten.
pub fn rename<'a>(html: &str, name: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut renamed = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        renamed.push_str(before);
        renamed.push_str("=\"");
        renamed.push_str(name(value).unwrap_or(value));
        renamed.push('"');
        rest = after;
    }
    renamed.push_str(rest);
    renamed
}

/// Text as it may stand in a page, in an element or in a quoted attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes_are_read() {
        let html = r#"<!doctype html><!-- <b> --><link rel="a>b" href='x' data-x/><p hidden>t</p>"#;
        let tags = tags(html);
        let names: Vec<_> = tags.iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["link", "p"]);
        assert_eq!(tags[0].attribute("rel"), Some("a>b"));
        assert_eq!(tags[0].attribute("data-x"), Some(""));
        assert_eq!(tags[1].attributes().collect::<Vec<_>>(), [("hidden", "")]);
    }

    #[test]
    fn only_known_addresses_are_renamed() {
        let html = r#"<a href="x.js" title="x.js y"></a>"#;
        let renamed = rename(html, |value| (value == "x.js").then_some("assets/x.1.js"));
        assert_eq!(renamed, r#"<a href="assets/x.1.js" title="x.js y"></a>"#);
    }
}
