//! The wasm module and its glue.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::site::{Site, hex};
use super::squeeze;
use crate::paths::Paths;
use crate::run;
use crate::tools::WasmOpt;

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

/// Adds the optimised module, then the glue that names it.
pub fn add(site: &mut Site, paths: &Paths, tool: &WasmOpt, staging: &Path) -> Result<()> {
    let module = optimised(paths, tool, &staging.join(WASM))?;
    let module = site.asset(WASM, module);
    let glue = staging.join(GLUE);
    let mut glue =
        fs::read_to_string(&glue).with_context(|| format!("{} was not built", glue.display()))?;
    for (address, name) in snippets(site, staging)? {
        glue = glue.replace(&format!("./{address}"), &format!("./{}", in_assets(&name)));
    }
    let glue = glue.replace(WASM, in_assets(&module));
    site.asset(GLUE, squeeze::script(&glue));
    Ok(())
}

/// Runs wasm-opt, unless it has seen the same bytes before.
fn optimised(paths: &Paths, tool: &WasmOpt, module: &Path) -> Result<Vec<u8>> {
    let bytes = fs::read(module).with_context(|| format!("{} was not built", module.display()))?;
    let mut hash = Sha256::new();
    hash.update(&bytes);
    hash.update(&tool.version);
    hash.update(FLAGS.join(" "));
    let folder = paths.work()?.join("wasm-opt");
    let kept = folder.join(format!("{}.wasm", hex(&hash.finalize())));
    if !kept.is_file() {
        super::empty(&folder)?;
        let fresh = folder.join("fresh.wasm");
        let mut command = Command::new(&tool.program);
        command.arg(module).args(FLAGS).arg("-o").arg(&fresh);
        run::quietly(
            "Making the wasm small",
            "about 1 minute",
            &mut command,
            &paths.log("wasm-opt")?,
        )?;
        fs::rename(&fresh, &kept)?;
    }
    fs::read(&kept).with_context(|| format!("{} cannot be read", kept.display()))
}

/// Adds the scripts that crates bring along; returns their addresses in the glue and their names.
fn snippets(site: &mut Site, staging: &Path) -> Result<Vec<(String, String)>> {
    let mut files: Vec<PathBuf> = Vec::new();
    super::inputs::collect(&staging.join("snippets"), &mut files)?;
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let address = path
                .strip_prefix(staging)?
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
