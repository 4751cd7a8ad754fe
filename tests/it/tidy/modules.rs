//! The modules of the workspace, what each defines, and what each names of others.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Attribute, Item, UseTree, Visibility};

/// The file of a module, and the names in it.
#[derive(Default)]
struct Module {
    /// Its file, by its path from the root.
    file: String,
    /// What is defined here by name: types, functions, constants, macros.
    defined: BTreeSet<String>,
    /// What is named here and defined elsewhere: the name, and the path as it is written.
    imported: BTreeMap<String, Path>,
    /// Modules of which everything is imported.
    globs: Vec<Path>,
    /// Every path that the code of this module holds.
    used: BTreeSet<Path>,
}

/// The segments of a path.
pub type Path = Vec<String>;

/// All modules of the workspace.
#[derive(Default)]
pub struct Modules {
    /// By their paths; the first segment is the crate.
    known: BTreeMap<Path, Module>,
    /// Those that are there in tests only.
    of_tests: BTreeSet<Path>,
}

impl Modules {
    /// Reads a file of a crate into its module, and the modules that are written within it.
    ///
    /// # Errors
    /// It is no Rust.
    pub fn read(&mut self, module: Path, file: &str, text: &str) -> syn::Result<()> {
        let parsed = syn::parse_file(text)?;
        if !parsed.attrs.iter().any(is_for_tests) {
            self.add(module, file, parsed.items);
        }
        Ok(())
    }

    fn add(&mut self, path: Path, file: &str, items: Vec<Item>) {
        let mut module = Module {
            file: file.to_owned(),
            ..Module::default()
        };
        for item in items {
            if attributes(&item).iter().any(is_for_tests) {
                if let Item::Mod(item) = &item {
                    self.of_tests.insert(inner(&path, &item.ident));
                }
                continue;
            }
            if let Some(name) = name_of(&item) {
                module.defined.insert(name);
            }
            match item {
                Item::Use(item) => {
                    let again = !matches!(item.vis, Visibility::Inherited);
                    module.import(&mut Vec::new(), &item.tree, again);
                }
                Item::Mod(item) => {
                    if let Some((_, items)) = item.content {
                        self.add(inner(&path, &item.ident), file, items);
                    }
                }
                item => paths(item.to_token_stream(), &mut module.used),
            }
        }
        self.known.insert(path, module);
    }

    /// The files that a file's code depends on: where what it names is defined, and not where
    /// it is only passed on.
    pub fn arrows(&self) -> BTreeSet<(&str, &str)> {
        let mut arrows = BTreeSet::new();
        let is_of_tests =
            |path: &Path| (1..=path.len()).any(|n| self.of_tests.contains(&path[..n]));
        for (path, module) in &self.known {
            if is_of_tests(path) {
                continue;
            }
            for used in &module.used {
                if let Some(file) = self.file_of(path, used, 0)
                    && file != module.file
                {
                    arrows.insert((module.file.as_str(), file));
                }
            }
        }
        arrows
    }

    /// The file that defines what a path within a module means, if it is one of ours.
    fn file_of(&self, within: &[String], path: &[String], depth: usize) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        if depth > 16 {
            return None;
        }
        match first.as_str() {
            "crate" => return self.down(&within[..1], rest, depth),
            "self" => return self.down(within, rest, depth),
            "super" => return self.down(&within[..within.len() - 1], rest, depth),
            _ => {}
        }
        if let Some(file) = self.down(within, path, depth) {
            return Some(file);
        }
        let krate = std::slice::from_ref(first);
        (within[..1] != *krate && self.known.contains_key(krate))
            .then(|| self.down(krate, rest, depth))
            .flatten()
    }

    /// The same from a module downwards.
    fn down(&self, module: &[String], path: &[String], depth: usize) -> Option<&str> {
        let known = self.known.get(module)?;
        let Some((first, rest)) = path.split_first() else {
            return Some(&known.file);
        };
        if first == "super" {
            return self.down(&module[..module.len() - 1], rest, depth);
        }
        let inner = inner(module, first);
        // A module that is only named, as by `use super::times`, is not used yet.
        if self.known.contains_key(&inner) && !rest.is_empty() {
            return self.down(&inner, rest, depth);
        }
        if known.defined.contains(first) {
            return Some(&known.file);
        }
        if let Some(import) = known.imported.get(first) {
            let whole: Path = import.iter().chain(rest).cloned().collect();
            return self.file_of(module, &whole, depth + 1);
        }
        known.globs.iter().find_map(|glob| {
            let whole: Path = glob.iter().chain(path).cloned().collect();
            self.file_of(module, &whole, depth + 1)
        })
    }
}

fn inner(module: &[String], name: &impl ToString) -> Path {
    module.iter().cloned().chain([name.to_string()]).collect()
}

impl Module {
    fn import(&mut self, before: &mut Path, tree: &UseTree, again: bool) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.import(before, &path.tree, again);
                before.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(before, tree, again);
                }
            }
            UseTree::Glob(_) => self.globs.push(before.clone()),
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.keep(before, &name, &name, again);
            }
            UseTree::Rename(rename) => {
                let (name, new) = (rename.ident.to_string(), rename.rename.to_string());
                self.keep(before, &name, &new, again);
            }
        }
    }

    fn keep(&mut self, before: &Path, name: &str, known_as: &str, again: bool) {
        let mut path = before.clone();
        if name != "self" {
            path.push(name.to_owned());
        }
        if !again {
            self.used.insert(path.clone());
        }
        let known_as = if known_as == "self" {
            before.last().cloned().unwrap_or_default()
        } else {
            known_as.to_owned()
        };
        self.imported.insert(known_as, path);
    }
}

/// Every path in a stream of tokens, also inside of the macros that are called there.
fn paths(tokens: TokenStream, found: &mut BTreeSet<Path>) {
    let mut path = Path::new();
    // How many colons have come since the last name, and how many points came before it: after one
    // it is a field or a method, after two (`..`) a path begins.
    let (mut colons, mut points) = (0, 0);
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                if colons != 2 {
                    found.extend(Some(std::mem::take(&mut path)).filter(|path| !path.is_empty()));
                }
                if points != 1 {
                    path.push(name.to_string());
                }
                (colons, points) = (0, 0);
            }
            TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
            // `a::{b, c}` of a `use` within a function.
            TokenTree::Group(group) if colons == 2 && !path.is_empty() => {
                let mut inside = BTreeSet::new();
                paths(group.stream(), &mut inside);
                let begin = std::mem::take(&mut path);
                found.extend(inside.into_iter().map(|end| [begin.clone(), end].concat()));
                (colons, points) = (0, 0);
            }
            other => {
                found.extend(Some(std::mem::take(&mut path)).filter(|path| !path.is_empty()));
                let is_point = matches!(&other, TokenTree::Punct(mark) if mark.as_char() == '.');
                points = if is_point { points + 1 } else { 0 };
                colons = 0;
                if let TokenTree::Group(group) = other {
                    paths(group.stream(), found);
                }
            }
        }
    }
    found.extend(Some(path).filter(|path| !path.is_empty()));
}

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether it is there in tests only.
fn is_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .meta
            .require_list()
            .is_ok_and(|list| list.tokens.to_string().trim() == "test")
}
