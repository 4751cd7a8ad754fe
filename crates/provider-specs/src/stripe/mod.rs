//! Stripe, by the JSON Schemas of its types. Its requests are forms, which are decoded to the JSON
//! that the schemas describe.

mod form;
mod operation;
mod typed;

use std::path::Path;

use jsonschema::Draft;
use serde_json::Value;

use self::operation::{Operation, Parameters};
use crate::call::{Call, verdict};
use crate::validators::{Validators, faults};
use crate::{folder, headers, text};

/// The most characters of an idempotency key.
const LONGEST_KEY: usize = 255;

/// The schemas.
#[derive(Debug)]
pub(crate) struct Stripe {
    create_session: Value,
    create_refund: Value,
    session: Value,
    validators: Validators,
}

impl Stripe {
    /// Reads the files.
    ///
    /// # Errors
    /// Says which file cannot be read.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        Ok(Self {
            create_session: folder::json(folder, "stripe-checkout-session-create.schema.json")?,
            create_refund: folder::json(folder, "stripe-refund-create.schema.json")?,
            session: folder::json(folder, "stripe-checkout-session.schema.json")?,
            validators: Validators::default(),
        })
    }

    /// Holds a request against them.
    ///
    /// # Errors
    /// Every fault of it.
    pub(crate) fn request(&self, call: &Call) -> Result<(), Vec<String>> {
        let operation = Operation::of(call).map_err(|why| vec![why])?;
        let mut wrong = header_faults(call, &operation);
        let query_schema = operation.query_schema();
        if query_schema.is_none() && !call.query.is_empty() {
            wrong.push("there is a query, where parameters stand in the body".to_owned());
        }
        if let Some(schema) = query_schema {
            let query = text::pairs(call.query).map_err(|why| vec![why]);
            wrong.extend(self.form_faults(query, (operation.name, &schema)));
        }
        let body_schema = match operation.body {
            Parameters::OfSession => &self.create_session,
            Parameters::OfRefund => &self.create_refund,
            Parameters::None => {
                if !call.body.is_empty() {
                    wrong.push("there is a body, and none is wanted".to_owned());
                }
                return verdict(wrong);
            }
        };
        let media_type = headers::has_media_type(call, &["application/x-www-form-urlencoded"]);
        wrong.extend(media_type.err());
        let body = std::str::from_utf8(call.body).map_err(|_| vec!["it is no UTF-8".to_owned()]);
        let body = body.and_then(|body| text::pairs(body).map_err(|why| vec![why]));
        wrong.extend(self.form_faults(body, (operation.name, body_schema)));
        verdict(wrong)
    }

    /// Holds a session against its schema.
    ///
    /// # Errors
    /// Every fault of it.
    pub(crate) fn session(&self, body: &[u8]) -> Result<(), Vec<String>> {
        let session = serde_json::from_slice(body);
        let session = session.map_err(|error| vec![format!("it is no JSON: {error}")])?;
        let open = || {
            let mut schema = self.session.clone();
            open(&mut schema);
            (Draft::Draft7, schema)
        };
        let validator = self.validators.get("a session", open);
        let validator = validator.map_err(|why| vec![why])?;
        verdict(faults(&validator, &session))
    }

    fn form_faults(
        &self,
        pairs: Result<Vec<(String, String)>, Vec<String>>,
        (name, schema): (&str, &Value),
    ) -> Vec<String> {
        let decoded = pairs
            .and_then(form::tree)
            .and_then(|tree| typed::decode(tree, schema));
        let value = match decoded {
            Ok(value) => value,
            Err(wrong) => return wrong,
        };
        let make = || (Draft::Draft7, schema.clone());
        match self.validators.get(name, make) {
            Ok(validator) => faults(&validator, &value),
            Err(why) => vec![why],
        }
    }
}

fn header_faults(call: &Call, operation: &Operation) -> Vec<String> {
    let mut wrong = Vec::new();
    match headers::bearer(call) {
        Ok(key) if key.starts_with("sk_") || key.starts_with("rk_") => {}
        Ok(_) => wrong.push("the Bearer begins with neither sk_ nor rk_".to_owned()),
        Err(why) => wrong.push(why),
    }
    // Without it, answers are in whatever version the account has.
    match headers::one(call, "stripe-version") {
        Ok(Some(version)) if is_version(version) => {}
        Ok(Some(version)) => wrong.push(format!("the Stripe-Version `{version}` is none")),
        Ok(None) => wrong.push("there is no Stripe-Version header".to_owned()),
        Err(why) => wrong.push(why),
    }
    match headers::one(call, "idempotency-key") {
        Ok(Some(key)) if key.is_empty() || key.chars().count() > LONGEST_KEY => wrong.push(
            format!("the Idempotency-Key is not of 1 to {LONGEST_KEY} characters"),
        ),
        Ok(None) if operation.needs_key => {
            wrong.push("there is no Idempotency-Key header".to_owned());
        }
        Ok(_) => {}
        Err(why) => wrong.push(why),
    }
    wrong
}

/// Whether a text is a date, and since 2024 the name of a release.
fn is_version(text: &str) -> bool {
    let (date, release) = match text.split_once('.') {
        Some((date, release)) => (date, Some(release)),
        None => (text, None),
    };
    let is_date = date.len() == 10
        && date.bytes().enumerate().all(|(index, b)| match index {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
    is_date && release.is_none_or(is_name)
}

/// Lets further fields into the objects of a schema.
fn open(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("additionalProperties") == Some(&Value::Bool(false)) {
                members.remove("additionalProperties");
            }
            members.values_mut().for_each(open);
        }
        Value::Array(items) => items.iter_mut().for_each(open),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
