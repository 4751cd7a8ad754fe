//! Schemas of texts for the OpenAPI document. Each takes its pattern and its limits from the
//! constants that the parser takes them from.

use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{ArrayBuilder, RefOr};

/// The sentences of a type, as its doc comment has them.
pub(crate) fn sentences(lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| line.trim()).collect();
    lines.join("\n").trim().to_owned()
}

/// A text.
pub(crate) fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
}

/// A text, or none.
pub(crate) fn text_or_null() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null]))
}

/// A text of a type that is described by its doc comment.
pub(crate) fn text_of(lines: &[&str]) -> ObjectBuilder {
    text().description(Some(sentences(lines)))
}

/// One of some words.
pub(crate) fn one_of(words: impl IntoIterator<Item = &'static str>) -> ObjectBuilder {
    text().enum_values(Some(words))
}

/// A text that has to have something besides blanks, and no more characters than `most`.
pub(crate) fn text_schema(most: usize) -> ObjectBuilder {
    text()
        .min_length(Some(1))
        .max_length(Some(most))
        .pattern(Some(r"\S"))
}

/// A list of texts, none of which comes twice.
pub(crate) fn different_texts(says: &str) -> ArrayBuilder {
    ArrayBuilder::new()
        .description(Some(says))
        .items(RefOr::T(Schema::Object(text().build())))
        .unique_items(true)
}
