//! The conversion of schemas, by schemas made for it, and that all the published ones convert.

use serde_json::json;

use super::*;

fn faults_of(side: Side, value: &Value) -> Vec<String> {
    let named = json!({
        "money": {
            "type": "object",
            "properties": { "value": { "type": "string" } },
            "required": ["value"],
        },
        "total": {
            "allOf": [
                { "$ref": "#/components/schemas/money" },
                { "properties": {
                    "fee": { "$ref": "#/components/schemas/money" },
                    "note": { "type": "string", "maxLength": 3, "nullable": true },
                    "id": { "type": "string", "readOnly": true },
                } },
            ],
        },
    });
    let schema = json!({ "$ref": "#/components/schemas/total" });
    let schema = closing::standalone(&schema, &named, side);
    let validators = Validators::default();
    let validator = validators.get("total", || (Draft::Draft202012, schema));
    faults(&validator.unwrap(), value)
}

#[test]
fn a_request_has_the_fields_that_all_parts_name_and_no_other() {
    for refused in [
        json!({}),
        json!({ "value": "1", "other": "x" }),
        json!({ "value": "1", "fee": { "value": "1", "fee": { "value": "1" } } }),
        json!({ "value": "1", "fee": { "value": "1", "other": "x" } }),
        json!({ "value": "1", "fee": {} }),
        json!({ "value": "1", "note": "long" }),
        json!({ "value": null }),
        json!({ "value": "1", "id": "PayPal's to write" }),
    ] {
        assert!(!faults_of(Side::Request, &refused).is_empty(), "{refused}");
    }
    for taken in [
        json!({ "value": "1" }),
        json!({ "value": "1", "fee": { "value": "1" }, "note": "abc" }),
        json!({ "value": "1", "note": null }),
    ] {
        let faults = faults_of(Side::Request, &taken);
        assert!(faults.is_empty(), "{taken}: {faults:?}");
    }
}

#[test]
fn an_answer_may_have_further_fields_and_no_wrong_ones() {
    let open = json!({ "value": "1", "id": "x", "other": 1, "fee": { "value": "1", "other": 1 } });
    assert_eq!(faults_of(Side::Answer, &open), Vec::<String>::new());
    for refused in [json!({ "other": 1 }), json!({ "value": 1 })] {
        assert!(!faults_of(Side::Answer, &refused).is_empty(), "{refused}");
    }
}

#[test]
fn every_published_schema_compiles() {
    let Some(paypal) = folder::open(PayPal::read) else {
        return;
    };
    let mut compiled = 0;
    for (file_name, file) in &paypal.files {
        let named = file["components"]["schemas"].as_object().unwrap();
        for name in named.keys() {
            let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
            for side in [Side::Request, Side::Answer] {
                let named = &file["components"]["schemas"];
                let made = || {
                    (
                        Draft::Draft202012,
                        closing::standalone(&schema, named, side),
                    )
                };
                let key = format!("{file_name} {side:?} {name}");
                paypal.validators.get(&key, made).unwrap();
                compiled += 1;
            }
        }
    }
    assert!(compiled > 300, "{compiled}");
}

#[test]
fn what_is_left_out_is_there_to_be_left_out() {
    let read = |folder: &Path| {
        let files = FILES.map(|name| folder::json(folder, name).unwrap());
        Ok(files)
    };
    let Some(files) = folder::open(read) else {
        return;
    };
    for (place, keyword) in CONTRADICTED {
        let is_there = |file: &Value| {
            file.pointer(place)
                .is_some_and(|at| at.get(keyword).is_some())
        };
        assert!(files.iter().any(is_there), "{place} has no {keyword}");
    }
    for path in UNDESCRIBED {
        let describes = |file: &Value| {
            let paths = file["paths"].as_object().unwrap().keys();
            paths.into_iter().any(|known| known.starts_with(path))
        };
        assert!(!files.iter().any(describes), "{path} is described");
    }
}
