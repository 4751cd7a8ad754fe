//! The schemas of OpenAPI 3.0 as those of JSON Schema 2020-12, where `unevaluatedProperties`
//! refuses the fields of a request that no part of an `allOf` names.

use serde_json::{Map, Value, json};

/// Where the files keep the schemas that have a name.
const NAMED: &str = "#/components/schemas/";
/// The schemas that PayPal wrote and a request only returns to it: PayPal may add fields to them,
/// and all their fields are marked as PayPal's to write.
const RETURNED: &[&str] = &["event"];

/// PayPal's format of addresses whose pattern has no ends, and so finds one anywhere in a text.
const OWN_EMAIL: &str = "merchant_common_email_address_v2";

/// The field that explains an issue to people. The files list its texts, with different ones for
/// the same issue; PayPal's documents say that nothing may depend on them.
const EXPLANATION: &str = "description";

/// Whose JSON a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Ours: without fields that are not described, or are PayPal's to write.
    Request,
    /// PayPal's, which may have further fields.
    Answer,
}

/// How a schema is read: by its side, and by whether it is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// A request's, whole: no other fields than it names.
    Whole,
    /// A request's part, beside which other parts name more fields.
    Part,
    /// An answer's.
    Answer,
}

impl Reading {
    /// How a schema inside is read that is of a value of its own, such as a field.
    fn within(self) -> Self {
        match self {
            Self::Whole | Self::Part => Self::Whole,
            Self::Answer => Self::Answer,
        }
    }

    /// How a schema inside is read that is of the same value.
    fn beside(self) -> Self {
        match self {
            Self::Whole | Self::Part => Self::Part,
            Self::Answer => Self::Answer,
        }
    }

    /// The same schema has a definition for each reading.
    fn definition(self, name: &str) -> String {
        format!("{self:?}.{name}")
    }
}

/// A schema with those that it names, and those that they name.
pub(super) fn standalone(schema: &Value, named: &Value, side: Side) -> Value {
    let reading = match side {
        Side::Request => Reading::Whole,
        Side::Answer => Reading::Answer,
    };
    let mut wanted = Vec::new();
    let root = converted(schema, reading, &mut wanted);
    let mut definitions = Map::new();
    while let Some((reading, name)) = wanted.pop() {
        let definition = reading.definition(&name);
        // A name that leads nowhere is left for the validator to find.
        if let Some(found) = named.get(&name)
            && !definitions.contains_key(&definition)
        {
            let found = converted(found, reading, &mut wanted);
            definitions.insert(definition, found);
        }
    }
    json!({ "allOf": [root], "$defs": definitions })
}

fn converted(schema: &Value, reading: Reading, wanted: &mut Vec<(Reading, String)>) -> Value {
    let Value::Object(members) = schema else {
        return schema.clone();
    };
    let mut made = Map::new();
    for (keyword, value) in members {
        let value = match (keyword.as_str(), value) {
            // OpenAPI 3.0 leaves aside what stands beside a `$ref`. PayPal writes there what it
            // means, such as lengths, so it counts here.
            ("$ref", Value::String(place)) => reference(place, reading, wanted),
            ("properties", Value::Object(fields)) => fields
                .iter()
                .filter(|(_, field)| reading == Reading::Answer || field["readOnly"] != true)
                .map(|(name, field)| {
                    let mut field = converted(field, reading.within(), wanted);
                    if reading == Reading::Answer && name == EXPLANATION {
                        free(&mut field);
                    }
                    (name.clone(), field)
                })
                .collect(),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                let parts = parts.iter();
                parts
                    .map(|part| converted(part, reading.beside(), wanted))
                    .collect()
            }
            ("items" | "additionalProperties", value) => converted(value, reading.within(), wanted),
            ("format", Value::String(format)) if format == OWN_EMAIL => Value::from("email"),
            ("nullable", _) => continue,
            (_, value) => value.clone(),
        };
        made.insert(keyword.clone(), value);
    }
    let names_fields = ["properties", "allOf", "anyOf", "oneOf"]
        .iter()
        .any(|keyword| made.contains_key(*keyword));
    if reading == Reading::Whole && names_fields {
        // Without effect on what `additionalProperties` lets in.
        made.insert("unevaluatedProperties".to_owned(), false.into());
    }
    match members.get("nullable") {
        Some(Value::Bool(true)) => json!({ "anyOf": [made, { "type": "null" }] }),
        _ => Value::Object(made),
    }
}

/// Lets any text in.
fn free(schema: &mut Value) {
    if let Value::Object(members) = schema {
        members.remove("enum");
    }
}

fn reference(place: &str, reading: Reading, wanted: &mut Vec<(Reading, String)>) -> Value {
    let Some(name) = place.strip_prefix(NAMED) else {
        return Value::from(place);
    };
    let reading = match RETURNED.contains(&name) {
        true => Reading::Answer,
        false => reading,
    };
    wanted.push((reading, name.to_owned()));
    Value::from(format!("#/$defs/{}", reading.definition(name)))
}
