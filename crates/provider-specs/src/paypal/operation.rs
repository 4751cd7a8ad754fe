//! The operation that a request is of, by its method and path.

use serde_json::Value;

use crate::call::Call;
use crate::text;

/// An operation of a file.
pub(super) struct Operation<'a> {
    pub(super) file_name: &'static str,
    pub(super) file: &'a Value,
    /// What the file says of it.
    pub(super) described: &'a Value,
    /// What the file says of its path.
    pub(super) path: &'a Value,
    /// What stands in the path for each of its parameters.
    pub(super) values: Vec<(String, String)>,
}

impl<'a> Operation<'a> {
    /// Finds the operation.
    ///
    /// # Errors
    /// Says that none is described.
    pub(super) fn of(files: &'a [(&'static str, Value)], call: &Call) -> Result<Self, String> {
        let method = call.method.to_ascii_lowercase();
        let mut methods = Vec::new();
        for (file_name, file) in files {
            for (template, path) in file["paths"].as_object().into_iter().flatten() {
                let Some(values) = values(template, call.path)? else {
                    continue;
                };
                if let Some(described) = path.get(&method).filter(|_| is_method(&method)) {
                    return Ok(Self {
                        file_name,
                        file,
                        described,
                        path,
                        values,
                    });
                }
                let names = path.as_object().into_iter().flat_map(|path| path.keys());
                methods.extend(names.filter(|name| is_method(name)).cloned());
            }
        }
        let Call { method, path, .. } = call;
        match methods.is_empty() {
            true => Err(format!("the path {path} is not described")),
            false => Err(format!(
                "{method} {path} is not described, only {}",
                methods.join(", ")
            )),
        }
    }

    /// Its parameters, with those of its path.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &'a Value> {
        let file = self.file;
        [self.described, self.path]
            .into_iter()
            .filter_map(|part| part["parameters"].as_array())
            .flatten()
            .map(move |parameter| resolve(file, parameter))
    }
}

/// Whether a member of a path is a method, and not what all methods have in common.
fn is_method(name: &str) -> bool {
    matches!(name, "get" | "post" | "put" | "patch" | "delete")
}

/// What stands in a path for the parameters of a template; `None` if it is another path.
fn values(template: &str, path: &str) -> Result<Option<Vec<(String, String)>>, String> {
    let (names, parts) = (template.split('/'), path.split('/'));
    if names.clone().count() != parts.clone().count() {
        return Ok(None);
    }
    let mut values = Vec::new();
    for (name, part) in names.zip(parts) {
        let parameter = name
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        match parameter {
            Some(parameter) if !part.is_empty() => {
                values.push((parameter.to_owned(), text::segment(part)?));
            }
            None if name == part => {}
            _ => return Ok(None),
        }
    }
    Ok(Some(values))
}

/// What a part of a file names, if it names another, or else itself.
pub(super) fn resolve<'a>(file: &'a Value, part: &'a Value) -> &'a Value {
    let named = part["$ref"]
        .as_str()
        .and_then(|name| name.strip_prefix('#'));
    named.and_then(|place| file.pointer(place)).unwrap_or(part)
}
