//! Trees of texts as the JSON that a schema describes: which text is a number, only the schema
//! says. What does not fit stays a text, and is for the schema to refuse.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::form::Node;

/// What the names of the numbers end with that may have decimals. The schemas know numbers only;
/// Stripe's others are amounts in the smallest unit, counts and instants.
const DECIMAL: &str = "_percent";

/// The JSON of a tree.
///
/// # Errors
/// Says which lists are not numbered from zero without a gap.
pub(super) fn decode(tree: Node, schema: &Value) -> Result<Value, Vec<String>> {
    let mut decoder = Decoder {
        root: schema,
        wrong: Vec::new(),
    };
    let value = decoder.value(tree, &[schema], "");
    match decoder.wrong.is_empty() {
        true => Ok(value),
        false => Err(decoder.wrong),
    }
}

struct Decoder<'a> {
    root: &'a Value,
    wrong: Vec<String>,
}

impl<'a> Decoder<'a> {
    fn value(&mut self, node: Node, schemas: &[&'a Value], name: &str) -> Value {
        let mut choices = Vec::new();
        schemas
            .iter()
            .for_each(|schema| self.choices(schema, &mut choices));
        let is = |kind: &str| choices.iter().any(|choice| has_type(choice, kind));
        match node {
            Node::Leaf(text) => leaf(text, is, name),
            Node::Branch(branch) if is("array") => {
                let items = choices.iter().filter_map(|choice| choice.get("items"));
                self.list(branch, &items.collect::<Vec<_>>(), name)
            }
            Node::Branch(branch) => self.object(branch, &choices, name),
        }
    }

    /// The schemas that are meant by one: those it names, and those it lets choose from.
    fn choices(&self, schema: &'a Value, found: &mut Vec<&'a Value>) {
        if let Some(place) = schema["$ref"].as_str() {
            // The names of generic types have angle brackets, which are encoded here.
            let place = percent_decode_str(place.trim_start_matches('#')).decode_utf8_lossy();
            if let Some(named) = self.root.pointer(&place) {
                self.choices(named, found);
            }
            return;
        }
        match schema["anyOf"].as_array() {
            Some(any) => any.iter().for_each(|choice| self.choices(choice, found)),
            None => found.push(schema),
        }
    }

    fn list(&mut self, branch: BTreeMap<String, Node>, items: &[&'a Value], name: &str) -> Value {
        let mut numbered = BTreeMap::new();
        for (step, node) in branch {
            // `01` and `+1` are no numbers that a list is counted with.
            match step
                .parse::<usize>()
                .ok()
                .filter(|index| index.to_string() == step)
            {
                Some(index) => {
                    numbered.insert(index, node);
                }
                None => self.wrong.push(format!("{name}[{step}]: this is no index")),
            }
        }
        for (expected, index) in numbered.keys().enumerate() {
            if expected != *index {
                let why = format!("{name}[{index}]: there is no {name}[{expected}] before it");
                self.wrong.push(why);
                break;
            }
        }
        let values = numbered.into_iter();
        values
            .map(|(index, node)| self.value(node, items, &format!("{name}[{index}]")))
            .collect()
    }

    fn object(
        &mut self,
        branch: BTreeMap<String, Node>,
        choices: &[&'a Value],
        name: &str,
    ) -> Value {
        let mut object = Map::new();
        for (step, node) in branch {
            let fields = choices.iter().filter_map(|choice| {
                let field = choice["properties"].get(&step);
                field.or_else(|| choice.get("additionalProperties"))
            });
            let fields: Vec<_> = fields.collect();
            let name = match name {
                "" => step.clone(),
                name => format!("{name}[{step}]"),
            };
            let value = self.value(node, &fields, &name);
            object.insert(step, value);
        }
        Value::Object(object)
    }
}

fn has_type(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|known| known == kind),
        known => known == kind,
    }
}

fn leaf(text: String, is: impl Fn(&str) -> bool, name: &str) -> Value {
    // By the schemas' own words, an empty text stands for nothing; few parameters take that.
    if text.is_empty() {
        return Value::Null;
    }
    if is("string") {
        return Value::from(text);
    }
    let is_plain = |b: u8| b.is_ascii_digit() || matches!(b, b'-' | b'.');
    let value = match text.as_str() {
        "true" | "false" if is("boolean") => Some(Value::from(text == "true")),
        plain if is("number") && plain.bytes().all(is_plain) => serde_json::from_str(plain)
            .ok()
            .filter(|number: &Value| !number.is_f64() || has_decimals(name)),
        _ => None,
    };
    value.unwrap_or_else(|| Value::from(text))
}

fn has_decimals(name: &str) -> bool {
    name.trim_end_matches(']').ends_with(DECIMAL)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::stripe::form::tree;

    fn decoded(pairs: &[(&str, &str)]) -> Result<Value, Vec<String>> {
        let schema = json!({
            "$ref": "#/definitions/Of%3Call%3E",
            "definitions": {
                "Of<all>": {
                    "type": "object",
                    "properties": {
                        "list": { "type": "array", "items": { "$ref": "#/definitions/Item" } },
                        "note": { "anyOf": [{ "type": "null" }, { "type": "string" }] },
                        "data": { "type": "object", "additionalProperties": { "type": "string" } },
                    },
                },
                "Item": {
                    "properties": {
                        "amount": { "type": "number" },
                        "fee_percent": { "type": "number" },
                        "is_new": { "type": "boolean" },
                    },
                },
            },
        });
        let pairs = pairs.iter();
        let pairs = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        decode(tree(pairs.collect()).unwrap(), &schema)
    }

    #[test]
    fn lists_are_counted_from_zero_without_a_gap() {
        for index in ["1", "01", "-1", "x", "+0"] {
            let name = format!("list[{index}][amount]");
            assert!(decoded(&[(&name, "1")]).is_err(), "{index}");
        }
        let eleven: Vec<_> = (0..11)
            .map(|index| format!("list[{index}][amount]"))
            .collect();
        let pairs: Vec<_> = eleven
            .iter()
            .rev()
            .map(|name| (name.as_str(), "7"))
            .collect();
        assert_eq!(
            decoded(&pairs).unwrap()["list"].as_array().map(Vec::len),
            Some(11)
        );
    }

    #[test]
    fn a_text_becomes_what_the_schema_wants() {
        let value = decoded(&[
            ("list[0][amount]", "1200"),
            ("list[0][fee_percent]", "2.5"),
            ("list[0][is_new]", "true"),
            ("note", ""),
            ("data[7]", "8"),
            ("other", "9"),
        ]);
        let item = json!({ "amount": 1200, "fee_percent": 2.5, "is_new": true });
        let whole = json!({ "list": [item], "note": null, "data": { "7": "8" }, "other": "9" });
        assert_eq!(value, Ok(whole));
        for text in ["12.00", "1e3", "+1", "007", " 1", "1 ", "0x1", "one"] {
            let value = decoded(&[("list[0][amount]", text)]).unwrap();
            assert_eq!(value, json!({ "list": [{ "amount": text }] }), "{text}");
        }
    }
}
