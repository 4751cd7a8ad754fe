//! The description as a whole.

use api_types::Code;
use serde_json::Value;

use super::*;

fn operations() -> Vec<(String, Operation)> {
    let paths = openapi().paths.paths.into_iter();
    paths
        .flat_map(|(path, item)| {
            let all = [item.get, item.post, item.put, item.delete];
            let named = move |operation| (path.clone(), operation);
            all.into_iter().flatten().map(named)
        })
        .collect()
}

/// Every value of a document, from the outermost on.
fn every_value(value: &Value, each: &mut impl FnMut(&Value)) {
    each(value);
    match value {
        Value::Object(members) => members.values().for_each(|value| every_value(value, each)),
        Value::Array(items) => items.iter().for_each(|value| every_value(value, each)),
        _ => {}
    }
}

#[test]
fn the_committed_description_is_the_codes() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let committed = std::fs::read_to_string(file).unwrap_or_default();
    let made = openapi().to_pretty_json().unwrap();
    assert!(
        committed.trim_end() == made,
        "openapi.json is not what the handlers say: \
         run `cargo run -p backend -- openapi > crates/backend/openapi.json`"
    );
}

#[test]
fn every_reference_leads_somewhere() {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut references = Vec::new();
    every_value(&document, &mut |value| {
        if let Some(Value::String(to)) = value.get("$ref") {
            references.push(to.clone());
        }
    });
    assert!(
        references.len() > 300,
        "only {} are there",
        references.len()
    );
    let dangling: Vec<_> = references
        .iter()
        .filter(|to| {
            let place = to.strip_prefix('#');
            place.is_none_or(|place| document.pointer(place).is_none())
        })
        .collect();
    assert!(dangling.is_empty(), "{dangling:?}");
}

#[test]
fn no_two_operations_have_one_name() {
    let mut names = std::collections::BTreeSet::new();
    for (path, operation) in operations() {
        let name = operation.operation_id.unwrap();
        assert!(names.insert(name.clone()), "{name} of {path}");
    }
}

#[test]
fn every_endpoint_of_a_customers_asks_for_the_session() {
    for (path, operation) in operations() {
        let open = [
            "/portal",
            "/session",
            "/pay/",
            "/webhooks/",
            "/calendar/feeds/",
        ];
        let for_everyone = open.iter().any(|part| path.contains(part));
        assert_eq!(operation.security.is_none(), for_everyone, "{path}");
    }
}

#[test]
fn every_answer_has_words_and_every_problem_its_codes() {
    let document = serde_json::to_value(openapi()).unwrap();
    for (path, operation) in operations() {
        for (status, response) in operation.responses.responses {
            let response = serde_json::to_value(response).unwrap();
            let response = match response["$ref"].as_str() {
                Some(to) => document.pointer(&to[1..]).unwrap().clone(),
                None => response,
            };
            assert!(response["description"].is_string(), "{path} {status}");
            if status.as_str() < "400" {
                continue;
            }
            let body = &response["content"]["application/problem+json"];
            let codes = body
                .pointer("/schema/allOf/1/properties/code/enum")
                .unwrap();
            let codes = codes.as_array().unwrap();
            assert!(!codes.is_empty(), "{path} {status}");
            let known = |code: &Value| Code::from_word(code.as_str().unwrap()) != Code::Unknown;
            assert!(codes.iter().all(known), "{path} {status} {codes:?}");
        }
    }
}

#[test]
fn nobody_says_a_word_that_is_only_read() {
    every_value(&serde_json::to_value(openapi()).unwrap(), &mut |value| {
        if let Some(Value::Array(words)) = value.get("enum") {
            assert!(!words.contains(&Value::from("unknown")), "{words:?}");
        }
    });
}
