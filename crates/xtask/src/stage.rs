//! What `trunk serve` calls before it shows a page: the words, so that a
//! development build needs nothing but Trunk.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result};

use crate::build::{self, Texts};
use crate::paths::Paths;

/// Writes the joined words and fills the page in Trunk's staging folder.
pub fn stage(paths: &Paths) -> Result<()> {
    if env::var_os(build::DRIVEN).is_some() {
        return Ok(());
    }
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("this is called by Trunk, as a hook")?;
    let texts = Texts::all(&paths.root.join("locales"))?;
    let assets = staging.join("assets");
    fs::create_dir_all(&assets)?;
    for (language, json) in texts.languages() {
        fs::write(assets.join(format!("words.{language}.json")), json)?;
    }
    let words = texts.by_key()?;
    let page = staging.join("index.html");
    let filled = build::fill_words(&fs::read_to_string(&page)?, &words, build::escape)?;
    fs::write(&page, filled)?;
    Ok(())
}
