//! The start page: what Trunk makes of `index.html` while developing, made for the release.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::pages::text;
use super::{html, wasm};

/// The settings of Trunk that the release shares.
#[derive(Deserialize)]
struct Settings {
    build: Patterns,
}

#[derive(Deserialize)]
struct Patterns {
    pattern_script: String,
    pattern_preload: String,
}

/// Makes `index.html` with what loads the app in it.
///
/// # Errors
/// `index.html` or `Trunk.toml` cannot be read, the settings lack a pattern, or the page does not
/// say where the app is loaded.
pub fn page(root: &Path) -> Result<String> {
    let settings: Settings =
        toml::from_str(&text(&root.join("Trunk.toml"))?).context("Trunk.toml")?;
    with_loader(&text(&root.join("index.html"))?, &settings.build)
}

fn with_loader(page: &str, patterns: &Patterns) -> Result<String> {
    let tags = html::tags(page);
    let place = tags
        .iter()
        .find(|tag| tag.attribute("data-trunk").is_some())
        .context("index.html does not say where the app is loaded")?;
    let filled = [&patterns.pattern_preload, &patterns.pattern_script].map(|pattern| {
        pattern
            // Relative, so that <base href> alone says where the portal lies.
            .replace("{base}", "")
            .replace("{js}", wasm::GLUE)
            .replace("{wasm}", wasm::WASM)
    });
    Ok(page.replace(place.text, &filled.join("\n    ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_is_loaded_where_the_page_says() {
        let patterns = Patterns {
            pattern_script: r#"<script src="boot.js" data-wasm="{base}{wasm}"></script>"#
                .to_owned(),
            pattern_preload: r#"<link rel="modulepreload" href="{base}{js}">"#.to_owned(),
        };
        let page = with_loader(
            r#"<link rel="icon" href="i.svg"><link data-trunk rel="rust"><p>"#,
            &patterns,
        );
        assert_eq!(
            page.unwrap(),
            "<link rel=\"icon\" href=\"i.svg\"><link rel=\"modulepreload\" href=\"portico.js\">\n    \
             <script src=\"boot.js\" data-wasm=\"portico_bg.wasm\"></script><p>"
        );
        assert!(with_loader("<p></p>", &patterns).is_err());
    }
}
