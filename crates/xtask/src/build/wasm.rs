//! The wasm modules, made small, and their glue.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use super::site::{Site, hex};
use super::split::{self, Parts};
use super::squeeze;
use crate::paths::Paths;
use crate::tools::WasmOpt;
use crate::{beside, run, say};

/// The address that the sources use for the module.
pub const WASM: &str = "portico_bg.wasm";
/// The address that the sources use for the glue.
pub const GLUE: &str = "portico.js";

/// What rustc may have used of WebAssembly; all of it is older than the oldest browser we take.
const FLAGS: [&str; 10] = [
    "-Oz",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Adds the optimised modules, then the script that names them.
///
/// # Errors
/// wasm-opt fails, the script does not name a file that is added, a file cannot be read or written,
/// or we were stopped.
pub fn add(site: &mut Site, paths: &Paths, tool: &WasmOpt, parts: &Parts) -> Result<()> {
    let modules: Vec<&Path> = [&parts.main]
        .into_iter()
        .chain(&parts.chunks)
        .map(PathBuf::as_path)
        .collect();
    let small = optimised(paths, tool, &modules)?;
    let mut glue = parts.glue.clone();
    for (module, bytes) in modules.into_iter().zip(small) {
        if module == parts.main {
            let name = site.asset(WASM, bytes);
            glue = rename_in_glue(&glue, WASM, in_assets(&name))?;
        } else {
            let address = split::address(module);
            let name = site.asset(&format!("chunk.{}", plain(&address)), bytes);
            glue = rename_in_glue(&glue, &address, &format!("./{}", in_assets(&name)))?;
        }
    }
    for (address, name) in snippets(site, &parts.folder)? {
        glue = rename_in_glue(
            &glue,
            &format!("./{address}"),
            &format!("./{}", in_assets(&name)),
        )?;
    }
    site.asset(GLUE, squeeze::script(&glue));
    Ok(())
}

/// The glue with another name for a file, which it must know.
fn rename_in_glue(glue: &str, address: &str, name: &str) -> Result<String> {
    ensure!(glue.contains(address), "the glue does not know {address}");
    Ok(glue.replace(address, name))
}

/// `./split_invoices.wasm` by what it is for: `invoices.wasm`; what several chunks
/// share has a number.
fn plain(address: &str) -> String {
    let name = address.trim_start_matches("./");
    match name.strip_prefix("chunk_") {
        Some(number) => format!("shared{number}"),
        None => name.trim_start_matches("split_").to_owned(),
    }
}

/// Runs wasm-opt over modules, but for those whose bytes it has seen before. As many run at once as
/// there are processors: the one from npm takes a second of one to begin.
fn optimised(paths: &Paths, tool: &WasmOpt, modules: &[&Path]) -> Result<Vec<Vec<u8>>> {
    let folder = paths.work()?.join("wasm-opt");
    fs::create_dir_all(&folder)?;
    let mut kept = Vec::new();
    for module in modules {
        kept.push(folder.join(cache_name(tool, module)?));
    }
    let missing: Vec<(&Path, &Path)> = modules
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| !kept.is_file())
        .map(|(module, kept)| (*module, kept.as_path()))
        .collect();
    let what = format!("Making {} modules small", missing.len());
    let mut progress = say::Progress::begin(&what, "1 to 2 minutes the first time");
    let optimised = beside::each(
        &missing,
        |(module, kept)| optimise(tool, module, kept),
        || {
            progress.tick("");
        },
    );
    match optimised {
        Ok(()) => progress.end(),
        Err(error) => {
            progress.wipe();
            return Err(error);
        }
    }
    for entry in fs::read_dir(&folder)? {
        let old = entry?.path();
        if !kept.contains(&old) {
            fs::remove_file(old)?;
        }
    }
    kept.iter()
        .map(|kept| fs::read(kept).with_context(|| format!("{} cannot be read", kept.display())))
        .collect()
}

/// Writes the optimised module; the name is given last, so that half a file is never taken for it.
fn optimise(tool: &WasmOpt, module: &Path, kept: &Path) -> Result<()> {
    let fresh = kept.with_extension("fresh");
    let mut command = Command::new(&tool.program);
    command.arg(module).args(FLAGS).arg("-o").arg(&fresh);
    run::output(&mut command)?;
    fs::rename(&fresh, kept).with_context(|| format!("{} cannot be written", kept.display()))
}

/// What the optimised module is kept under: it changes with all that it is made from.
fn cache_name(tool: &WasmOpt, module: &Path) -> Result<String> {
    let bytes = fs::read(module).with_context(|| format!("{} was not built", module.display()))?;
    let mut hash = Sha256::new();
    hash.update(&bytes);
    hash.update(&tool.version);
    hash.update(FLAGS.join(" "));
    Ok(format!("{}.wasm", hex(&hash.finalize())))
}

/// Adds the scripts that crates bring along; returns their addresses in the glue and their names.
fn snippets(site: &mut Site, folder: &Path) -> Result<Vec<(String, String)>> {
    let mut files: Vec<PathBuf> = Vec::new();
    super::inputs::collect(&folder.join("snippets"), &mut files)?;
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let address = path
                .strip_prefix(folder)?
                .to_string_lossy()
                .replace('\\', "/");
            let text = fs::read_to_string(&path)?;
            let name = site.asset(&address, squeeze::script(&text));
            Ok((address, name))
        })
        .collect()
}

/// The name as a neighbour in `assets/` calls it.
fn in_assets(name: &str) -> &str {
    name.strip_prefix("assets/").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_the_glue_does_not_know_is_refused() {
        let glue = "fetch(new URL(\"./chunk_3.wasm\", import.meta.url))";
        assert_eq!(
            rename_in_glue(glue, "./chunk_3.wasm", "./chunk.3.1a.wasm").unwrap(),
            "fetch(new URL(\"./chunk.3.1a.wasm\", import.meta.url))"
        );
        assert!(rename_in_glue(glue, "./chunk_4.wasm", "./chunk.4.1a.wasm").is_err());
    }

    #[test]
    fn chunks_are_called_by_what_they_are_for() {
        for (address, name) in [
            ("./split_invoices.wasm", "invoices.wasm"),
            ("./chunk_3.wasm", "shared3.wasm"),
        ] {
            assert_eq!(plain(address), name);
        }
    }
}
