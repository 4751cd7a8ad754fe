//! From the compiled module to what the browser loads: the module in parts, so
//! that a screen's code comes when the screen is asked for, and one script
//! that starts the first part and fetches the others.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

use crate::tools::empty;

/// What the first part calls the script that fetches the others. It never
/// becomes a file: both name each other, so that neither could be named by its
/// bytes before the other. Together they are one script.
const LINK: &str = "./chunks.js";
/// What that script calls the first part's own.
const GLUE: &str = "./portico.js";

/// The parts of the app, not yet optimised and with plain names.
pub struct Parts {
    /// The module that the app starts with.
    pub main: PathBuf,
    /// What is fetched later, by the addresses in the glue.
    pub chunks: Vec<PathBuf>,
    /// The script around the module, with the loader of the chunks in it.
    pub glue: String,
    /// Where the scripts lie that crates bring along.
    pub folder: PathBuf,
}

/// Splits a module into parts in a folder and writes the script around them.
///
/// # Errors
/// The module was not built or cannot be split, wasm-bindgen cannot make its script, a file cannot
/// be read or written, or the scripts no longer look as we expect and cannot be joined.
pub fn split(module: &Path, folder: &Path) -> Result<Parts> {
    empty(folder)?;
    let whole = fs::read(module).with_context(|| format!("{} was not built", module.display()))?;
    let parts = folder.join("parts");
    let first = parts.join("portico.wasm");
    let mut options = Options::new(&whole);
    options.output_dir = &parts;
    options.main_out_path = &first;
    options.link_name = LINK;
    options.main_module = GLUE;
    let parted =
        transform(options).map_err(|error| anyhow!("the app cannot be split: {error:#}"))?;
    let link = fs::read_to_string(parts.join(LINK)).context("the splitter wrote no script")?;
    let bound = folder.join("bound");
    bind(&first, &bound)?;
    let glue = fs::read_to_string(bound.join(GLUE)).context("wasm-bindgen wrote no script")?;
    let mut chunks = parted.split_modules;
    chunks.sort();
    // What the splitter found nothing to put into is in no script either.
    chunks.retain(|chunk| link.contains(&address(chunk)));
    Ok(Parts {
        main: bound.join("portico_bg.wasm"),
        chunks,
        glue: join(&glue, &link)?,
        folder: bound,
    })
}

/// What the glue calls a chunk.
pub fn address(chunk: &Path) -> String {
    let name = chunk.file_name().unwrap_or_default().to_string_lossy();
    format!("./{name}")
}

/// Lets wasm-bindgen make the glue of the first part.
fn bind(module: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(module)
        .out_name("portico")
        .web(true)?
        .typescript(false)
        // The module is named in the glue, so that it can be given its last name there.
        .omit_default_module_path(false)
        // The chunks find what they share with the first part by these.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context("wasm-bindgen cannot make the glue")
}

/// Makes one script of the two that name each other.
fn join(glue: &str, link: &str) -> Result<String> {
    let mut joined = String::with_capacity(glue.len() + link.len());
    let mut imports = 0;
    for line in glue.lines() {
        let line = line.trim_end();
        if line.starts_with("import ") && line.contains(&format!("\"{LINK}\"")) {
            imports += 1;
            continue;
        }
        match line.trim_start().strip_prefix(&format!("\"{LINK}\": ")) {
            // Every loader is imported once by itself; the first says it for all.
            Some(_) if joined.contains(&format!("\"{LINK}\": chunks")) => continue,
            Some(_) => joined.push_str(&format!("\"{LINK}\": chunks,")),
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    ensure!(
        imports > 0 && joined.contains(&format!("\"{LINK}\": chunks")),
        "wasm-bindgen's script does not import {LINK}"
    );
    let own_import = format!("import {{ initSync }} from \"{GLUE}\";");
    let (before, after) = link
        .split_once(&own_import)
        .context("the splitter's script does not begin as it used to")?;
    let loaders: Vec<&str> = after
        .lines()
        .filter_map(|line| line.strip_prefix("export const ")?.split([' ', '=']).next())
        .collect();
    ensure!(!loaders.is_empty(), "the splitter's script loads nothing");
    joined.push_str(before);
    joined.push_str(&after.replace("\nexport const ", "\nconst "));
    joined.push_str(&format!("\nconst chunks = {{ {} }};\n", loaders.join(", ")));
    Ok(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE_GLUE: &str = r#"import * as import1 from "./chunks.js"
import * as import2 from "./chunks.js"
import { own } from './snippets/own.js';

function imports() {
    return {
        __proto__: null,
        "./portico_bg.js": import0,
        "./chunks.js": import1,
        "./chunks.js": import2,
    };
}
function initSync(module) {}
export { initSync, init as default };
"#;

    const MODULE_LINK: &str = r#"import { initSync } from "./portico.js";

let sharedImports = undefined;
const __chunk_3 = makeLoad(() => fetch(new URL("./chunk_3.wasm", import.meta.url)), []);
export const __wasm_split_load_a = wrapAsyncCb(makeLoad(() => {}, [__chunk_3]));
export const __wasm_split_load_b = wrapAsyncCb(makeLoad(() => {}, []));
"#;

    #[test]
    fn the_two_scripts_become_one_that_imports_neither() {
        let joined = join(MODULE_GLUE, MODULE_LINK).unwrap();
        assert!(!joined.contains("from \"./chunks.js\""), "{joined}");
        assert!(!joined.contains("from \"./portico.js\""), "{joined}");
        assert_eq!(joined.matches("\"./chunks.js\": chunks,").count(), 1);
        assert!(joined.contains("from './snippets/own.js'"), "{joined}");
        assert!(
            joined.contains("\nconst __wasm_split_load_a = "),
            "{joined}"
        );
        assert!(
            joined.ends_with("\nconst chunks = { __wasm_split_load_a, __wasm_split_load_b };\n")
        );
        assert_eq!(joined.matches("export ").count(), 1, "{joined}");
    }

    #[test]
    fn scripts_of_another_shape_are_refused() {
        assert!(join("function initSync() {}", MODULE_LINK).is_err());
        assert!(join(MODULE_GLUE, "export const a = 1;").is_err());
        assert!(join(MODULE_GLUE, "import { initSync } from \"./portico.js\";\n").is_err());
    }
}
