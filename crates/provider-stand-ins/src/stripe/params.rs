//! Reads parameters one by one, and refuses what nobody has read.

use super::error::ApiError;
use super::form::Node;

/// The fields of a request or of an object in it, which reading uses up.
pub(super) struct Fields {
    path: String,
    entries: Vec<(String, Node)>,
}

impl Fields {
    pub(super) fn new(entries: Vec<(String, Node)>) -> Self {
        let path = String::new();
        Self { path, entries }
    }

    /// A field's name from the request's root, e.g. `line_items[0][quantity]`.
    pub(super) fn name(&self, field: &str) -> String {
        if self.path.is_empty() {
            field.to_owned()
        } else {
            format!("{}[{field}]", self.path)
        }
    }

    fn take(&mut self, field: &str) -> Option<Node> {
        let place = self.entries.iter().position(|(name, _)| name == field)?;
        Some(self.entries.remove(place).1)
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, field: &str) -> Result<Option<String>, ApiError> {
        let name = self.name(field);
        match self.take(field) {
            None => Ok(None),
            Some(Node::Text(text)) if text.is_empty() => Err(empty(&name)),
            Some(Node::Text(text)) => Ok(Some(text)),
            Some(Node::Inner(_)) => Err(ApiError::invalid("Invalid string").param(name)),
        }
    }

    /// A text of at most so many characters.
    pub(super) fn text_to(&mut self, field: &str, most: usize) -> Result<Option<String>, ApiError> {
        let text = self.text(field)?;
        let name = self.name(field);
        match text {
            Some(text) if text.chars().count() > most => Err(too_long(&text, most).param(name)),
            text => Ok(text),
        }
    }

    /// A whole number of at least so much.
    pub(super) fn integer(&mut self, field: &str, least: i64) -> Result<Option<i64>, ApiError> {
        let name = self.name(field);
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        let wrong = |message: String| {
            ApiError::invalid(message)
                .code("parameter_invalid_integer")
                .param(name.clone())
        };
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<i64>().ok().filter(|_| plain);
        let number = number.ok_or_else(|| wrong(format!("Invalid integer: {text}")))?;
        if number < least {
            let message = format!("This value must be greater than or equal to {least}.");
            return Err(wrong(message));
        }
        Ok(Some(number))
    }

    /// One of several words.
    pub(super) fn word(&mut self, field: &str, words: &[&str]) -> Result<Option<String>, ApiError> {
        let name = self.name(field);
        let text = self.text(field)?;
        match &text {
            Some(text) if !words.contains(&text.as_str()) => Err(no_word(&name, words)),
            _ => Ok(text),
        }
    }

    /// An object.
    pub(super) fn object(&mut self, field: &str) -> Result<Option<Fields>, ApiError> {
        let path = self.name(field);
        match self.take(field) {
            None => Ok(None),
            Some(Node::Text(_)) => Err(ApiError::invalid("Invalid object").param(path)),
            Some(Node::Inner(entries)) => Ok(Some(Fields { path, entries })),
        }
    }

    /// The objects of a list.
    pub(super) fn objects(&mut self, field: &str) -> Result<Option<Vec<Fields>>, ApiError> {
        let Some(places) = self.list(field)? else {
            return Ok(None);
        };
        let objects = places.into_iter().map(|(path, node)| match node {
            Node::Text(_) => Err(ApiError::invalid("Invalid object").param(path)),
            Node::Inner(entries) => Ok(Fields { path, entries }),
        });
        objects.collect::<Result<Vec<_>, _>>().map(Some)
    }

    /// The texts of a list, each with its name.
    pub(super) fn texts(&mut self, field: &str) -> Result<Vec<(String, String)>, ApiError> {
        let places = self.list(field)?.unwrap_or_default();
        let texts = places.into_iter().map(|(name, node)| match node {
            Node::Text(text) if text.is_empty() => Err(empty(&name)),
            Node::Text(text) => Ok((name, text)),
            Node::Inner(_) => Err(ApiError::invalid("Invalid string").param(name)),
        });
        texts.collect()
    }

    fn list(&mut self, field: &str) -> Result<Option<Vec<(String, Node)>>, ApiError> {
        let name = self.name(field);
        let wrong = || ApiError::invalid("Invalid array").param(name.clone());
        let entries = match self.take(field) {
            None => return Ok(None),
            Some(Node::Text(_)) => return Err(wrong()),
            Some(Node::Inner(entries)) => entries,
        };
        let numbered = entries
            .into_iter()
            .map(|(step, node)| step.parse::<usize>().map(|place| (place, node)));
        let mut numbered: Vec<(usize, Node)> =
            numbered.collect::<Result<_, _>>().map_err(|_| wrong())?;
        numbered.sort_by_key(|(place, _)| *place);
        if numbered
            .iter()
            .enumerate()
            .any(|(at, (place, _))| at != *place)
        {
            return Err(wrong());
        }
        let named = numbered
            .into_iter()
            .map(|(place, node)| (format!("{name}[{place}]"), node));
        Ok(Some(named.collect()))
    }

    /// Metadata: at most 50 keys of at most 40 characters, with values of at most 500.
    pub(super) fn metadata(&mut self) -> Result<Vec<(String, String)>, ApiError> {
        let name = self.name("metadata");
        let wrong = |message: String| ApiError::invalid(message).param(name.clone());
        let entries = match self.take("metadata") {
            None => return Ok(Vec::new()),
            // An empty text removes all of it.
            Some(Node::Text(text)) if text.is_empty() => return Ok(Vec::new()),
            Some(Node::Text(_)) => return Err(wrong("Invalid object".to_owned())),
            Some(Node::Inner(entries)) => entries,
        };
        if entries.len() > 50 {
            let count = entries.len();
            return Err(wrong(format!(
                "Metadata can have up to 50 keys, but you passed in {count}."
            )));
        }
        let mut kept = Vec::new();
        for (key, node) in entries {
            let Node::Text(value) = node else {
                return Err(wrong(format!("Metadata values must be strings: {key}.")));
            };
            let length = key.chars().count();
            if length > 40 {
                return Err(wrong(format!(
                    "Metadata keys can have up to 40 characters, but you passed in a key that is \
                     {length} characters. Invalid key: {key}"
                )));
            }
            let length = value.chars().count();
            if length > 500 {
                return Err(wrong(format!(
                    "Metadata values can have up to 500 characters, but you passed in a value that \
                     is {length} characters. Invalid value: {value}"
                )));
            }
            // An empty value removes its key.
            if !value.is_empty() {
                kept.push((key, value));
            }
        }
        Ok(kept)
    }

    /// Refuses a field that the provider knows and this stand-in does not; `fields` are words with
    /// a space between.
    pub(super) fn not_here(&self, fields: &str) -> Result<(), ApiError> {
        let mut given = self.entries.iter();
        match given.find(|(name, _)| fields.split(' ').any(|field| field == name)) {
            Some((name, _)) => Err(ApiError::not_here(&self.name(name))),
            None => Ok(()),
        }
    }

    /// Refuses what has not been read.
    pub(super) fn finish(self) -> Result<(), ApiError> {
        let names: Vec<String> = self
            .entries
            .iter()
            .map(|(name, _)| self.name(name))
            .collect();
        match names.as_slice() {
            [] => Ok(()),
            [name] => Err(super::form::unknown(name)),
            [first, ..] => Err(ApiError::invalid(format!(
                "Received unknown parameters: {}",
                names.join(", ")
            ))
            .code("parameter_unknown")
            .param(first.clone())),
        }
    }
}

fn empty(name: &str) -> ApiError {
    ApiError::invalid(format!(
        "You passed an empty string for '{name}'. We assume empty values are an attempt to unset a \
         parameter; however '{name}' cannot be unset. You should remove '{name}' from your request \
         or supply a non-empty value."
    ))
    .code("parameter_invalid_empty")
    .param(name)
}

fn too_long(text: &str, most: usize) -> ApiError {
    let begin: String = text.chars().take(10).collect();
    ApiError::invalid(format!(
        "Invalid string: {begin}...; must be at most {most} characters"
    ))
}

pub(super) fn no_word(name: &str, words: &[&str]) -> ApiError {
    let listed = match words {
        [one] => (*one).to_owned(),
        [all @ .., last] => format!("{}, or {last}", all.join(", ")),
        [] => String::new(),
    };
    ApiError::invalid(format!("Invalid {name}: must be one of {listed}")).param(name)
}
