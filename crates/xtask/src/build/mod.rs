//! The release build: from the sources to `dist/`.
//!
//! Cargo compiles, the module is split into what the first screens need and
//! what comes later, and wasm-bindgen writes the glue. Only what no later step
//! changes gets its name, from the hash of its bytes. Trunk, which serves while
//! developing, could neither split nor name files that late.

mod budgets;
mod check;
mod compile;
mod compress;
mod html;
mod inputs;
mod pages;
mod site;
mod split;
mod squeeze;
mod start;
mod styles;
mod wasm;
mod words;

use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use anyhow::{Context, Result};
use clap::Args;

pub use budgets::Report;
use site::Site;
pub use site::hex;

use crate::paths::Paths;
use crate::tools::{Building, empty, lock};
use crate::{say, stop};

/// Options of `cargo xtask build`.
#[derive(Args, Default)]
pub struct Options {
    /// Build even if nothing has changed.
    #[arg(long)]
    pub force: bool,
}

/// Brings `dist/` up to date and returns what it weighs. It is built only if an input or a tool has
/// changed, or if that is forced.
///
/// # Errors
/// The app does not compile or cannot be split, a page has a fault, a file of the build cannot be
/// read or written, or we were stopped.
pub fn build(paths: &Paths, tools: &Building, options: &Options) -> Result<Report> {
    let _lock = lock(
        &paths.work()?.join("build.lock"),
        "Another run is building the app; waiting for it.",
    )?;
    let inputs = inputs::hash(paths, &tools.versions(paths)?)?;
    if let Some(report) = Report::read(&paths.dist())
        && report.inputs == inputs
        && !options.force
    {
        say::line("The app is up to date in dist/.");
        return Ok(report);
    }
    let started = Instant::now();
    let module = compile::compile(paths)?;
    let parts = split::split(&module, &paths.work()?.join("split"))?;
    stop::check()?;
    let mut site = assemble(paths, tools, &parts)?;
    check::check(&site)?;
    let sizes = compress::compress(&mut site)?;
    let report = Report::new(inputs, sizes, &paths.root)?;
    stop::check()?;
    put_in_place(paths, &site, &report)?;
    report.say();
    say::line(format!(
        "The app is built in dist/ ({}).",
        say::time(started.elapsed())
    ));
    Ok(report)
}

/// Puts the pages and assets together in memory, each under its last name.
fn assemble(paths: &Paths, tools: &Building, parts: &split::Parts) -> Result<Site> {
    let mut site = Site::default();
    wasm::add(&mut site, paths, &tools.wasm_opt, parts)?;
    let words = add_static(&mut site, &paths.root)?;
    pages::add_page(&mut site, "index.html", &start::page(&paths.root)?, &words)?;
    for (name, page) in pages::pay_pages(&paths.root)? {
        pages::add_page(&mut site, &format!("pay/{name}.html"), &page, &words)?;
    }
    Ok(site)
}

/// Adds what no page of ours is needed for; returns the words to fill pages with.
fn add_static(site: &mut Site, root: &Path) -> Result<words::Words> {
    let texts = words::Texts::all(&root.join("locales"))?;
    let words = texts.by_key()?;
    words::add(site, &texts);
    styles::add(site, root)?;
    pages::add_icons(site, root)?;
    pages::add_scripts(site, root)?;
    pages::add_manifest(site, root, &words)?;
    Ok(words)
}

/// Completes what `trunk serve` shows: the same site, in one part and with plain names. Trunk calls
/// it as a hook.
///
/// # Errors
/// Trunk did not call this, a page or its words have a fault, or a file cannot be read or written.
pub fn stage(paths: &Paths) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").context("Trunk calls this, as a hook")?;
    let staging = Path::new(&staging);
    let mut site = Site::plain();
    let words = add_static(&mut site, &paths.root)?;
    pages::add_page(
        &mut site,
        "index.html",
        &pages::text(&staging.join("index.html"))?,
        &words,
    )?;
    for (name, page) in pages::pay_pages(&paths.root)? {
        // Trunk's server looks for the page of an address in a folder of its name.
        pages::add_page(&mut site, &format!("pay/{name}/index.html"), &page, &words)?;
    }
    site.write(staging)
}

/// Writes everything beside `dist/` and swaps the two, so that whoever serves
/// `dist/` never meets half a build.
fn put_in_place(paths: &Paths, site: &Site, report: &Report) -> Result<()> {
    let (dist, fresh, old) = (
        paths.dist(),
        paths.root.join("dist.new"),
        paths.root.join("dist.old"),
    );
    empty(&fresh)?;
    site.write(&fresh)?;
    fs::write(fresh.join("build.json"), report.json()?)?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    if dist.exists() {
        fs::rename(&dist, &old).context("dist/ cannot be replaced")?;
    }
    fs::rename(&fresh, &dist).context("dist/ cannot be put in place")?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}
