//! What must hold for every page before it is written: nothing inline, because
//! the Content-Security-Policy forbids it, and no address that leads nowhere.

use anyhow::{Result, bail};

use super::html::{self, Tag};
use super::site::Site;

/// The backend makes this one from its brand colour.
const FROM_THE_BACKEND: &str = "brand.css";

/// Checks every page of the site.
///
/// # Errors
/// A page has a placeholder that was not filled in, something inline, or the address of a file that
/// the site does not have. The error names the page and, but for a placeholder, the tag.
pub fn check(site: &Site) -> Result<()> {
    for (name, bytes) in site.files().filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        if page.contains("{{") {
            bail!("{name}: a placeholder is left");
        }
        for tag in html::tags(&page) {
            if let Some(fault) = inline(&tag).or_else(|| leads_nowhere(&tag, site)) {
                bail!("{name}: {}: {fault}", tag.text);
            }
        }
    }
    Ok(())
}

fn inline(tag: &Tag<'_>) -> Option<String> {
    if tag.name == "style" || tag.name == "script" && tag.attribute("src").is_none() {
        return Some("the Content-Security-Policy refuses what is inline".to_owned());
    }
    tag.attributes()
        .find(|(name, _)| *name == "style" || name.starts_with("on"))
        .map(|(name, _)| format!("the Content-Security-Policy refuses the attribute `{name}`"))
}

fn leads_nowhere(tag: &Tag<'_>, site: &Site) -> Option<String> {
    let loads = |name: &str| {
        matches!(
            (tag.name, name),
            ("link", "href") | ("script" | "img", "src")
        )
    };
    tag.attributes()
        .filter(|(name, value)| loads(name) || value.starts_with("assets/"))
        .find(|(_, value)| {
            let name = value.strip_prefix("./").unwrap_or(value);
            *value != FROM_THE_BACKEND && site.bytes(name).is_none()
        })
        .map(|(_, value)| format!("`{value}` is no file of the site"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_page(page: &str) -> Result<()> {
        let mut site = Site::default();
        site.page("assets/a.1.js", "");
        site.page("index.html", page);
        check(&site)
    }

    #[test]
    fn pages_without_faults_pass() {
        for page in [
            r#"<link rel="stylesheet" href="brand.css">"#,
            r#"<script type="module" src="assets/a.1.js"></script>"#,
            r#"<a href="/">home</a><base href="/">"#,
        ] {
            check_page(page).unwrap();
        }
    }

    #[test]
    fn inline_code_and_dead_addresses_are_refused() {
        for page in [
            "<p>{{boot.title}}</p>",
            "<style>a{}</style>",
            "<script>1</script>",
            r#"<p style="color: red">"#,
            r#"<p onclick="f()">"#,
            r#"<script src="assets/a.js"></script>"#,
            r#"<link rel="icon" href="icon.svg">"#,
            r#"<meta name="portico-words" content="assets/words.en.json">"#,
        ] {
            assert!(check_page(page).is_err(), "{page}");
        }
    }
}
