//! The pages and what they bring along: scripts, styles, icons, the manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::site::Site;
use super::words::{Texts, fill};
use super::{html, inputs, squeeze};

/// What the one stylesheet of the app is called, and that of the payment window.
const APP_STYLE: &str = "assets/app.css";
const PAY_STYLE: &str = "assets/pay.css";

/// Adds the icons of `public/icons/` under the addresses `assets/NAME`.
pub fn add_icons(site: &mut Site, root: &Path) -> Result<()> {
    let mut icons = Vec::new();
    inputs::collect(&root.join("public/icons"), &mut icons)?;
    for path in icons {
        site.asset(&address(&path), read(&path)?);
    }
    Ok(())
}

/// Adds the scripts of `public/` and `public/pay/`, which know no other file's name.
pub fn add_scripts(site: &mut Site, root: &Path) -> Result<()> {
    for folder in ["public", "public/pay"] {
        let mut files: Vec<PathBuf> = fs::read_dir(root.join(folder))
            .with_context(|| format!("{folder}/ cannot be read"))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        files.sort();
        for path in files {
            if path.extension().is_some_and(|extension| extension == "js") {
                site.asset(&address(&path), squeeze::script(&text(&path)?));
            }
        }
    }
    Ok(())
}

/// Adds `index.html` as Trunk left it, with all its stylesheets made into one.
pub fn add_index(site: &mut Site, staging: &Path, root: &Path, texts: &Texts) -> Result<()> {
    every_style_is_linked(root)?;
    let page = text(&staging.join("index.html"))?;
    let page = join_styles(site, &page, staging, APP_STYLE)?;
    add_page(site, "index.html", &page, &texts.by_key()?)
}

/// Adds the two pages of the payment window.
pub fn add_pay_pages(site: &mut Site, root: &Path, texts: &Texts) -> Result<()> {
    let words = texts.by_key()?;
    for name in ["pay/launch.html", "pay/return.html"] {
        let page = text(&root.join("public").join(name))?;
        let page = join_styles(site, &page, root, PAY_STYLE)?;
        add_page(site, name, &page, &words)?;
    }
    Ok(())
}

/// Adds the web manifest, with words and icons filled in.
pub fn add_manifest(site: &mut Site, root: &Path, texts: &Texts) -> Result<()> {
    let name = "manifest.webmanifest";
    let words = texts.by_key()?;
    let mut manifest: Value = serde_json::from_str(&text(&root.join("public").join(name))?)
        .with_context(|| format!("public/{name}"))?;
    fill_value(&mut manifest, site, &words).with_context(|| format!("public/{name}"))?;
    site.page(name, serde_json::to_vec(&manifest)?);
    Ok(())
}

fn add_page(
    site: &mut Site,
    name: &str,
    page: &str,
    words: &BTreeMap<String, String>,
) -> Result<()> {
    let page = fill(&squeeze::page(page), words, html::escape).context(name.to_owned())?;
    let page = html::rename(&page, |value| site.name(value));
    site.page(name, page);
    Ok(())
}

/// The page with its stylesheets, which lie under `from`, made into one.
fn join_styles(site: &mut Site, page: &str, from: &Path, name: &str) -> Result<String> {
    let (mut style, mut links) = (String::new(), Vec::new());
    for tag in html::tags(page) {
        let (Some("stylesheet"), Some(href)) = (tag.attribute("rel"), tag.attribute("href")) else {
            continue;
        };
        let path = from.join(href.trim_start_matches("./"));
        // What is not there comes from the backend, such as the brand's colours.
        if path.is_file() {
            style.push_str(&squeeze::style(&text(&path)?));
            style.push('\n');
            links.push(tag.text);
        }
    }
    ensure!(!links.is_empty(), "{name} would hold no stylesheet");
    let mut joined = page.to_owned();
    for (at, link) in links.into_iter().enumerate() {
        let one = format!(r#"<link rel="stylesheet" href="{name}">"#);
        joined = joined.replacen(link, if at == 0 { &one } else { "" }, 1);
    }
    site.asset(name, style);
    Ok(joined)
}

/// A stylesheet that no page links would be forgotten without a word.
fn every_style_is_linked(root: &Path) -> Result<()> {
    let page = text(&root.join("index.html"))?;
    let linked: BTreeSet<&str> = html::tags(&page)
        .iter()
        .filter_map(|tag| tag.attribute("href"))
        .collect();
    let mut files = Vec::new();
    inputs::collect(&root.join("style"), &mut files)?;
    for path in files {
        let name = path
            .strip_prefix(root)?
            .to_string_lossy()
            .replace('\\', "/");
        if name.ends_with(".css") && !linked.contains(name.as_str()) {
            bail!("index.html does not link {name}");
        }
    }
    Ok(())
}

fn fill_value(value: &mut Value, site: &Site, words: &BTreeMap<String, String>) -> Result<()> {
    match value {
        Value::String(text) => {
            let filled = fill(text, words, str::to_owned)?;
            *text = site.name(&filled).map_or(filled, str::to_owned);
            Ok(())
        }
        Value::Array(values) => values
            .iter_mut()
            .try_for_each(|it| fill_value(it, site, words)),
        Value::Object(fields) => fields
            .values_mut()
            .try_for_each(|it| fill_value(it, site, words)),
        _ => Ok(()),
    }
}

/// What the pages call a file of `public/`: development puts it there under its own name.
fn address(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("assets/{name}")
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
