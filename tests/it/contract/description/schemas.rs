//! Whether values are what the description's schemas say, and nothing beside: a field that is
//! not described is a fault, though readers leave it aside.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// The schemas that the description names.
pub struct Schemas {
    components: Value,
    /// The names of those that others add fields to.
    added_to: BTreeSet<String>,
    /// Each schema is compiled once.
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Schemas {
    pub fn of(components: &Value) -> Self {
        let mut schemas = Self {
            components: Value::Null,
            added_to: BTreeSet::from(["Problem".to_owned()]),
            compiled: Mutex::default(),
        };
        schemas.find_added_to(&components["schemas"]);
        let named = components["schemas"].as_object().unwrap().iter();
        let closed: Map<_, _> = named
            .map(|(name, schema)| {
                let is_open = schemas.added_to.contains(name);
                (name.clone(), closed(schema, is_open))
            })
            .collect();
        schemas.components = json!({ "schemas": closed });
        schemas
    }

    /// What of a value is not as a schema says.
    pub fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let validator = self.compiled(schema);
        let errors = validator.iter_errors(value);
        errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect()
    }

    /// The same of a value as an address or a header has it.
    pub fn faults_of_text(&self, schema: &Value, text: &str) -> Vec<String> {
        let faults = self.faults(schema, &Value::from(text));
        // Numbers and yes and no stand there as text too.
        match serde_json::from_str(text) {
            Ok(value @ (Value::Number(_) | Value::Bool(_))) if !faults.is_empty() => {
                self.faults(schema, &value)
            }
            _ => faults,
        }
    }

    fn compiled(&self, schema: &Value) -> Arc<Validator> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let key = schema.to_string();
        let validator = compiled.entry(key).or_insert_with(|| {
            let root = json!({
                "allOf": [closed(schema, false)],
                "components": self.components,
            });
            let options = jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true);
            Arc::new(options.build(&root).unwrap())
        });
        validator.clone()
    }

    fn find_added_to(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                let all_of = members.get("allOf").and_then(Value::as_array);
                for part in all_of.into_iter().flatten() {
                    if let Some(to) = part["$ref"].as_str() {
                        let name = to.rsplit('/').next().unwrap_or_default();
                        self.added_to.insert(name.to_owned());
                    }
                }
                members.values().for_each(|value| self.find_added_to(value));
            }
            Value::Array(items) => items.iter().for_each(|item| self.find_added_to(item)),
            _ => {}
        }
    }
}

/// The same schema without fields that it does not name; `is_open` where it is a part of another,
/// which names more.
fn closed(schema: &Value, is_open: bool) -> Value {
    let Value::Object(members) = schema else {
        return schema.clone();
    };
    let mut closed_members = Map::new();
    for (name, value) in members {
        let inner = match (name.as_str(), value) {
            ("properties", Value::Object(fields)) => {
                let fields = fields.iter();
                let all = fields.map(|(name, field)| (name.clone(), closed(field, false)));
                Value::Object(all.collect())
            }
            ("items" | "additionalProperties", value) => closed(value, false),
            ("allOf", Value::Array(parts)) => parts.iter().map(|part| closed(part, true)).collect(),
            ("oneOf" | "anyOf", Value::Array(parts)) => {
                parts.iter().map(|part| closed(part, is_open)).collect()
            }
            _ => value.clone(),
        };
        closed_members.insert(name.clone(), inner);
    }
    let has = |name: &str| members.contains_key(name);
    let names_fields = has("properties") || has("allOf");
    if names_fields && !is_open && !has("additionalProperties") {
        closed_members.insert("unevaluatedProperties".to_owned(), Value::from(false));
    }
    Value::Object(closed_members)
}
