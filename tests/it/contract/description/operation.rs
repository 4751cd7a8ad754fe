//! One operation of the description: which it is by address and method, and what of a request
//! stands outside the body.

use serde_json::Value;

use super::{Exchange, Schemas};

/// Headers of requests that the description has to know where they are sent.
const ASKED: [&str; 2] = ["if-none-match", "last-event-id"];
/// What our own headers begin with.
const OWN: [&str; 2] = ["portico-", "idempotency-"];

/// One operation, and what stands in the address for its parameters.
pub(super) struct Operation<'a> {
    document: &'a Value,
    described: &'a Value,
    in_path: Vec<(&'a str, String)>,
}

impl<'a> Operation<'a> {
    /// The operation of an address, or why there is none.
    pub(super) fn find(document: &'a Value, method: &str, path: &str) -> Result<Self, String> {
        let path = path.split('?').next().unwrap_or_default();
        let paths = document["paths"].as_object().unwrap();
        let fitting = paths
            .iter()
            .filter_map(|(template, item)| Some((parameters(template, path)?, item)));
        // An address that is written out goes before one with a parameter in its place.
        let (in_path, item) = fitting
            .min_by_key(|(in_path, _)| in_path.len())
            .ok_or_else(|| format!("{path} is not described"))?;
        let described = &item[method.to_ascii_lowercase()];
        if described.is_null() {
            return Err(format!("{method} of {path} is not described"));
        }
        Ok(Self {
            document,
            described,
            in_path,
        })
    }

    pub(super) fn name(&self) -> &'a str {
        self.described["operationId"].as_str().unwrap()
    }

    pub(super) fn response(&self, status: u16) -> Option<&'a Value> {
        let response = self.described["responses"].get(status.to_string());
        response.map(|response| self.written_out(response))
    }

    /// What a reference leads to, or what is written out already.
    fn written_out(&self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(to) => self.document.pointer(&to[1..]).unwrap(),
            None => value,
        }
    }

    pub(super) fn request_body(&self) -> Option<&'a Value> {
        self.described.get("requestBody")
    }

    /// What is wrong with the path, the query and the headers of a request.
    pub(super) fn fields(&self, exchange: &Exchange<'_>, schemas: &Schemas) -> Vec<String> {
        let mut faults = Vec::new();
        let query = exchange.path.split_once('?').map_or("", |(_, query)| query);
        let in_query = pairs(query);
        let parameters = self.described["parameters"].as_array();
        let parameters = parameters.into_iter().flatten();
        let parameters: Vec<_> = parameters.map(|of| self.written_out(of)).collect();
        for parameter in &parameters {
            let name = parameter["name"].as_str().unwrap();
            let value = match parameter["in"].as_str().unwrap() {
                "path" => self.in_path.iter().find(|(of, _)| *of == name).map(second),
                "query" => in_query.iter().find(|(of, _)| of == name).map(second),
                _ => {
                    let value = exchange.sent.get(name);
                    value.map(|value| value.to_str().unwrap().to_owned())
                }
            };
            match value {
                Some(value) => faults.extend(
                    schemas
                        .faults_of_text(&parameter["schema"], &value)
                        .into_iter()
                        .map(|fault| format!("{name}: {fault}")),
                ),
                None if parameter["required"] == true => {
                    faults.push(format!("{name} is missing"));
                }
                None => {}
            }
        }
        let knows = |place: &str, name: &str| {
            parameters.iter().any(|parameter| {
                let known = parameter["name"].as_str().unwrap();
                parameter["in"] == place && known.eq_ignore_ascii_case(name)
            })
        };
        for (name, _) in &in_query {
            if !knows("query", name) {
                faults.push(format!("{name} is no field of the query"));
            }
        }
        for name in exchange.sent.keys().map(|name| name.as_str()) {
            let is_noted = ASKED.contains(&name) || OWN.iter().any(|own| name.starts_with(own));
            if is_noted && !knows("header", name) {
                faults.push(format!("{name} is no header of the request"));
            }
        }
        faults
    }
}

fn second<A>((_, value): &(A, String)) -> String {
    value.clone()
}

/// What stands for the parameters of a template in a path; `None` where it is no such path.
fn parameters<'a>(template: &'a str, path: &str) -> Option<Vec<(&'a str, String)>> {
    let mut found = Vec::new();
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(found),
            (Some(wanted), Some(given)) => {
                let name = wanted.strip_prefix('{').and_then(|of| of.strip_suffix('}'));
                match name {
                    Some(name) => found.push((name, unescaped(given))),
                    None if wanted == given => {}
                    None => return None,
                }
            }
            _ => return None,
        }
    }
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| (unescaped(name), unescaped(value)))
        .collect()
}

/// Reads `%41` as `A`.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap());
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).unwrap()
}
