//! Compiled schemas, and a format that PayPal names without a pattern for it.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Draft, Validator};
use serde_json::Value;

/// Schemas that are compiled once.
#[derive(Default)]
pub(crate) struct Validators(Mutex<HashMap<String, Arc<Validator>>>);

impl fmt::Debug for Validators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Validators").finish()
    }
}

impl Validators {
    /// The schema of a key, which `make` makes the first time.
    ///
    /// # Errors
    /// Says why the schema cannot be compiled.
    pub(crate) fn get(
        &self,
        key: &str,
        make: impl FnOnce() -> (Draft, Value),
    ) -> Result<Arc<Validator>, String> {
        let mut compiled = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = compiled.get(key) {
            return Ok(validator.clone());
        }
        let (draft, schema) = make();
        let options = jsonschema::options()
            .with_draft(draft)
            .should_validate_formats(true)
            .with_format("ppaas_common_currency_code_v2", is_currency);
        let built = options.build(&schema);
        let built = built.map_err(|error| format!("the schema of {key} is none: {error}"))?;
        let validator = Arc::new(built);
        compiled.insert(key.to_owned(), validator.clone());
        Ok(validator)
    }
}

/// What of a value is not as a schema says.
pub(crate) fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    let errors = validator.iter_errors(value);
    errors
        .map(|error| match error.instance_path().as_str() {
            "" => error.to_string(),
            place => format!("{place}: {error}"),
        })
        .collect()
}

/// The published schema wants three characters, whichever; the codes of ISO 4217 are capitals.
fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}
