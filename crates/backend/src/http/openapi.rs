//! The API's description, made from the handlers: the committed `openapi.json`.
//!
//! What holds for many endpoints alike is added here, so that no handler has to
//! repeat it: the problem, the session and the headers.

use api_types::{BACKGROUND_HEADER, PERSON_HEADER, Problem, REQUEST_HEADER};
use utoipa::OpenApi as _;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Content, Object, OpenApi, Ref, RefOr, Required, ResponseBuilder, schema::SchemaType,
    schema::Type,
};

/// The name that the session's cookie has in the description.
const SESSION: &str = "session";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Portico",
        version = "1",
        description = "What the client portal asks of a backend. Codes travel, sentences never do.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Head;

/// The description of every endpoint of the API.
pub fn openapi() -> OpenApi {
    let mut described = Head::openapi();
    described.merge(super::api().into_openapi());
    let components = described.components.get_or_insert_default();
    let cookie = ApiKeyValue::with_description(
        "__Host-portico",
        "Set by POST /session. On plain http, which is for this machine alone, it is `portico`.",
    );
    let session = SecurityScheme::ApiKey(ApiKey::Cookie(cookie));
    components.add_security_scheme(SESSION, session);
    for item in described.paths.paths.values_mut() {
        complete(item);
    }
    described
}

fn complete(item: &mut PathItem) {
    let operations = [
        (&mut item.get, false),
        (&mut item.post, true),
        (&mut item.put, true),
        (&mut item.delete, true),
    ];
    for (operation, writes) in operations {
        if let Some(operation) = operation {
            name_uniquely(operation);
            add_what_all_have(operation, writes);
        }
    }
}

/// Handlers are named within their file; the file's noun makes the name unique.
fn name_uniquely(operation: &mut Operation) {
    let noun = operation.tags.iter().flatten().next();
    if let (Some(verb), Some(noun)) = (&operation.operation_id, noun) {
        operation.operation_id = Some(format!("{noun}_{verb}"));
    }
}

fn add_what_all_have(operation: &mut Operation, writes: bool) {
    let tags = operation.tags.clone().unwrap_or_default();
    let tagged = |names: &[&str]| tags.iter().any(|tag| names.contains(&tag.as_str()));
    // Payment providers and calendars can show nothing but a signature or a secret.
    let signed = tagged(&["return", "webhooks", "feeds"]);
    let about_a_customer = !signed && !tagged(&["portal", "session", "pay"]);
    if about_a_customer {
        operation.security = Some(vec![SecurityRequirement::new(SESSION, [] as [&str; 0])]);
        let person = "Whom the page is about; another than the session's is `person_changed`.";
        add(operation, PERSON_HEADER, true, person);
        let background = "`1` where the customer did not cause the request: it renews nothing.";
        add(operation, BACKGROUND_HEADER, false, background);
    }
    if writes && !signed {
        let form = "Always `1`: no cross-site form can send it.";
        add(operation, REQUEST_HEADER, true, form);
    }
    let problem = ResponseBuilder::new()
        .description("A problem (RFC 9457); its `code` says which.")
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name("Problem"))),
        )
        .build();
    let responses = &mut operation.responses.responses;
    responses.insert("default".to_owned(), RefOr::T(problem));
}

fn add(operation: &mut Operation, name: &str, required: bool, says: &str) {
    let parameters = operation.parameters.get_or_insert_default();
    parameters.push(RefOr::T(header(name, required, says)));
}

fn header(name: &str, required: bool, says: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(if required {
            Required::True
        } else {
            Required::False
        })
        .description(Some(says))
        .schema(Some(Object::with_type(SchemaType::Type(Type::String))))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn no_two_operations_have_one_name() {
        let mut names = std::collections::BTreeSet::new();
        for (path, item) in openapi().paths.paths {
            for operation in [item.get, item.post, item.delete].into_iter().flatten() {
                let name = operation.operation_id.unwrap();
                assert!(names.insert(name.clone()), "{name} of {path}");
            }
        }
    }

    #[test]
    fn every_endpoint_of_a_customers_asks_for_the_session() {
        for (path, item) in openapi().paths.paths {
            let open = [
                "/portal",
                "/session",
                "/pay/",
                "/webhooks/",
                "/calendar/feeds/",
            ];
            let for_everyone = open.iter().any(|part| path.contains(part));
            for operation in [item.get, item.post, item.delete].into_iter().flatten() {
                assert_eq!(operation.security.is_none(), for_everyone, "{path}");
            }
        }
    }
}
