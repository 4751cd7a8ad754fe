//! PayPal, by its OpenAPI 3.0 files.

mod closing;
mod operation;
mod parameters;

use std::path::Path;

use jsonschema::Draft;
use serde_json::Value;

use self::closing::Side;
use self::operation::{Operation, resolve};
use crate::call::{Call, verdict};
use crate::validators::{Validators, faults};
use crate::{folder, headers};

/// The operations that the published files do not describe, by their paths and whatever lies below.
/// Requests to them pass unread.
pub const UNDESCRIBED: &[&str] = &["/v1/oauth2/token", "/v1/customer/disputes"];

const FILES: [&str; 3] = [
    "paypal-checkout_orders_v2.json",
    "paypal-payments_payment_v2.json",
    "paypal-notifications_webhooks_v1.json",
];

/// Patterns that the files contradict elsewhere, and that are left out. A refund answers with the
/// `custom_id` that it was asked for by, which may be any text there, and of fewer characters here.
const CONTRADICTED: &[(&str, &str)] = &[(
    "/components/schemas/refund/allOf/1/properties/custom_id",
    "pattern",
)];

/// The files, and their schemas.
#[derive(Debug)]
pub(crate) struct PayPal {
    files: Vec<(&'static str, Value)>,
    validators: Validators,
}

impl PayPal {
    /// Reads the files.
    ///
    /// # Errors
    /// Says which file cannot be read.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let files = FILES.into_iter().map(|name| {
            let mut file = folder::json(folder, name)?;
            for (place, keyword) in CONTRADICTED {
                if let Some(Value::Object(schema)) = file.pointer_mut(place) {
                    schema.remove(*keyword);
                }
            }
            Ok((name, file))
        });
        Ok(Self {
            files: files.collect::<Result<_, String>>()?,
            validators: Validators::default(),
        })
    }

    /// Holds a request against them.
    ///
    /// # Errors
    /// Every fault of it.
    pub(crate) fn request(&self, call: &Call) -> Result<(), Vec<String>> {
        if is_undescribed(call.path) {
            return Ok(());
        }
        let operation = Operation::of(&self.files, call).map_err(|why| vec![why])?;
        let mut wrong = Vec::new();
        wrong.extend(headers::bearer(call).err());
        wrong.extend(parameters::faults(call, &operation, |schema, text| {
            self.faults_of_text(&operation, schema, text)
        }));
        wrong.extend(self.body_faults(call, &operation));
        wrong.extend(parameters::missing_key(call));
        verdict(wrong)
    }

    /// Holds an answer against them.
    ///
    /// # Errors
    /// Every fault of it.
    pub(crate) fn answer(&self, call: &Call, status: u16, body: &[u8]) -> Result<(), Vec<String>> {
        if is_undescribed(call.path) {
            return Ok(());
        }
        let operation = Operation::of(&self.files, call).map_err(|why| vec![why])?;
        let responses = &operation.described["responses"];
        let described = responses
            .get(status.to_string())
            .or_else(|| responses.get("default"))
            .ok_or_else(|| vec![format!("no answer {status} is described")])?;
        let response = resolve(operation.file, described);
        let Some(schema) = response.pointer("/content/application~1json/schema") else {
            // A fault of PayPal's may say anything; an answer without content says nothing.
            return match status != 204 || body.is_empty() {
                true => Ok(()),
                false => Err(vec!["an answer 204 has a body".to_owned()]),
            };
        };
        verdict(self.json_faults(&operation, (schema, Side::Answer), body))
    }

    fn body_faults(&self, call: &Call, operation: &Operation) -> Vec<String> {
        let described = resolve(operation.file, &operation.described["requestBody"]);
        let Some(content) = described["content"].as_object() else {
            return match call.body.is_empty() {
                true => Vec::new(),
                false => vec!["there is a body, and none is described".to_owned()],
            };
        };
        let Some(schema) = content
            .get("application/json")
            .map(|media| &media["schema"])
        else {
            return vec!["no JSON body is described".to_owned()];
        };
        if call.body.is_empty() {
            if described["required"] == true {
                return vec!["there is no body, and one is required".to_owned()];
            }
            // The files call few bodies required, even where fields of theirs are.
            return self.json_faults(operation, (schema, Side::Request), b"{}");
        }
        let media_type = headers::has_media_type(call, &["application/json"]);
        let mut wrong: Vec<_> = media_type.err().into_iter().collect();
        wrong.extend(self.json_faults(operation, (schema, Side::Request), call.body));
        wrong
    }

    fn json_faults(
        &self,
        operation: &Operation,
        schema: (&Value, Side),
        body: &[u8],
    ) -> Vec<String> {
        match serde_json::from_slice(body) {
            Ok(value) => self.faults(operation, schema, &value),
            Err(error) => vec![format!("the body is no JSON: {error}")],
        }
    }

    fn faults(
        &self,
        operation: &Operation,
        (schema, side): (&Value, Side),
        value: &Value,
    ) -> Vec<String> {
        let key = format!("{} {side:?} {schema}", operation.file_name);
        let named = &operation.file["components"]["schemas"];
        let make = || (Draft::Draft202012, closing::standalone(schema, named, side));
        match self.validators.get(&key, make) {
            Ok(validator) => faults(&validator, value),
            Err(why) => vec![why],
        }
    }

    /// What is wrong with a parameter, whose text may stand for a number or a yes or no.
    fn faults_of_text(&self, operation: &Operation, schema: &Value, text: &str) -> Vec<String> {
        let value = match schema["type"].as_str() {
            Some("integer" | "number" | "boolean") => serde_json::from_str(text).ok(),
            _ => None,
        };
        let value = value.unwrap_or_else(|| Value::from(text));
        self.faults(operation, (schema, Side::Request), &value)
    }
}

fn is_undescribed(path: &str) -> bool {
    UNDESCRIBED.iter().any(|known| {
        let below = path.strip_prefix(known);
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    })
}

#[cfg(test)]
mod tests;
