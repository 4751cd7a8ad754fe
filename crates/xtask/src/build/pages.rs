//! The pages and what they bring along: scripts, icons, the manifest.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::site::Site;
use super::words::{Words, fill};
use super::{html, inputs, squeeze};

/// Adds the icons of `public/icons/` under the addresses `assets/NAME`.
///
/// # Errors
/// An icon cannot be read.
pub fn add_icons(site: &mut Site, root: &Path) -> Result<()> {
    let mut icons = Vec::new();
    inputs::collect(&root.join("public/icons"), &mut icons)?;
    for path in icons {
        site.asset(&address(&path), read(&path)?);
    }
    Ok(())
}

/// Adds the scripts of `public/` and `public/pay/`, which name no other file.
///
/// # Errors
/// A folder or a script cannot be read.
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

/// Adds a page, with its words filled in and its addresses renamed. `html` is its text before that.
///
/// # Errors
/// The text names words that the catalogue does not have, or does not close a `{{`.
pub fn add_page(site: &mut Site, name: &str, html: &str, words: &Words) -> Result<()> {
    let page = fill(&squeeze::page(html), words, html::escape).context(name.to_owned())?;
    let page = html::rename(&page, |value| site.name(value));
    site.page(name, page);
    Ok(())
}

/// Reads the texts of the payment window's two pages, by name.
///
/// # Errors
/// A page cannot be read.
pub fn pay_pages(root: &Path) -> Result<[(&'static str, String); 2]> {
    let page = |name: &str| text(&root.join("public/pay").join(name));
    Ok([
        ("launch", page("launch.html")?),
        ("return", page("return.html")?),
    ])
}

/// Adds the web manifest, with words and icons filled in.
///
/// # Errors
/// The manifest cannot be read, is no JSON, or names words that the catalogue does not have.
pub fn add_manifest(site: &mut Site, root: &Path, words: &Words) -> Result<()> {
    let name = "manifest.webmanifest";
    let mut manifest: Value = serde_json::from_str(&text(&root.join("public").join(name))?)
        .with_context(|| format!("public/{name}"))?;
    fill_value(&mut manifest, site, words).with_context(|| format!("public/{name}"))?;
    site.page(name, serde_json::to_vec(&manifest)?);
    Ok(())
}

fn fill_value(value: &mut Value, site: &Site, words: &Words) -> Result<()> {
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

/// Reads the text of a file.
///
/// # Errors
/// The file cannot be read or is no UTF-8. The error names it.
pub fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
