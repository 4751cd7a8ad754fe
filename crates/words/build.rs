//! Writes `words::key` from `locales/en`, so that a key that is not there does not compile;
//! and with the feature `embedded`, every language as it is compiled in.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/files.rs"]
mod files;

use files::{Entry, read_group};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let locales = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../locales");
    let english = locales.join("en");
    println!("cargo:rerun-if-changed={}", english.display());
    println!("cargo:rerun-if-changed=src/files.rs");
    let mut code = String::new();
    for path in group_files(&english)? {
        println!("cargo:rerun-if-changed={}", path.display());
        write_group(&mut code, &path)?;
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("key.rs"), code)?;
    if env::var_os("CARGO_FEATURE_EMBEDDED").is_some() {
        println!("cargo:rerun-if-changed={}", locales.display());
        fs::write(Path::new(&out).join("embedded.rs"), embedded(&locales)?)?;
    }
    Ok(())
}

/// Every language, joined, by its folder.
fn embedded(locales: &Path) -> Result<String, Failure> {
    let mut languages = Vec::new();
    for entry in fs::read_dir(locales)? {
        let path = entry?.path();
        if path.is_dir() {
            languages.push(path);
        }
    }
    languages.sort();
    let mut code = "const EMBEDDED: &[(&str, &str)] = &[\n".to_owned();
    for folder in languages {
        let language = name_of(&folder)?.to_owned();
        let mut groups = Vec::new();
        for path in group_files(&folder)? {
            println!("cargo:rerun-if-changed={}", path.display());
            groups.push((name_of(&path)?.to_owned(), fs::read_to_string(&path)?));
        }
        let groups = groups
            .iter()
            .map(|(group, json)| (group.as_str(), json.as_str()));
        let joined = files::join(groups)?;
        writeln!(code, "    ({language:?}, {joined:?}),")?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn name_of(path: &Path) -> Result<&str, Failure> {
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .ok_or_else(|| "a name in locales/ is not plain text".into())
}

fn group_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn write_group(code: &mut String, path: &Path) -> Result<(), Failure> {
    let group = name_of(path)?;
    let entries =
        read_group(&fs::read_to_string(path)?).map_err(|why| format!("{group}.json: {why}"))?;
    writeln!(
        code,
        "/// Keys of `locales/*/{group}.json`.\npub mod {group} {{"
    )?;
    for (key, entry) in entries {
        write_key(code, group, &key, &entry)?;
    }
    writeln!(code, "}}")?;
    Ok(())
}

fn write_key(code: &mut String, group: &str, key: &str, entry: &Entry) -> Result<(), Failure> {
    let names = entry.placeholders();
    let text = entry.texts().last().copied().unwrap_or_default();
    writeln!(code, "    /// `{}`", text.replace('\n', " "))?;
    let constant = key.to_uppercase();
    let (kind, value) = match entry {
        Entry::Text(_) if names.is_empty() => {
            ("Text".to_owned(), format!("Text(\"{group}.{key}\")"))
        }
        Entry::Text(_) => keyed("Template", group, key, names),
        Entry::Plural(_) => {
            // The number itself is filled in by `Catalogue::plural`.
            keyed(
                "Plural",
                group,
                key,
                names.into_iter().filter(|name| name != "count").collect(),
            )
        }
    };
    writeln!(
        code,
        "    pub const {constant}: crate::{kind} = crate::{value};"
    )?;
    Ok(())
}

fn keyed(kind: &str, group: &str, key: &str, names: Vec<String>) -> (String, String) {
    let count = names.len();
    (
        format!("{kind}<{count}>"),
        format!("{kind} {{ key: \"{group}.{key}\", names: {names:?} }}"),
    )
}
