//! The API's description, made from the handlers: the committed `openapi.json`.
//!
//! What holds for many endpoints alike is added here, so that no handler has to
//! repeat it: the session, the headers, and the problems. What only one endpoint
//! answers stands at its handler.

mod headers;
#[cfg(test)]
mod patterns;
mod problems;
#[cfg(test)]
mod tests;

use api_types::{
    AttemptId, EventList, Figure, HistoryOrder, InvoiceFilter, InvoiceSort, PaymentSort, Problem,
};
use utoipa::OpenApi as _;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, OpenApi, RefOr, Required};

/// The name that the session's cookie has in the description.
const SESSION: &str = "session";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Portico",
        version = "1",
        description = "What the client portal asks of a backend. Codes travel, sentences never do. \
            Fields that an object does not need and words of closed sets may come later: a reader \
            leaves the first aside, and takes a word that it does not know for `unknown`. What is \
            asked for has to be known.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    // The types of parameters are only named where they are used.
    components(schemas(
        AttemptId,
        EventList,
        Figure,
        HistoryOrder,
        InvoiceFilter,
        InvoiceSort,
        PaymentSort,
        Problem
    ))
)]
struct Head;

/// What an endpoint is, as far as it decides what it may be asked and answer.
struct Kind {
    /// Whether it changes something.
    writes: bool,
    /// Whether it is asked by payment providers or calendars, which can show nothing but a
    /// signature or a secret.
    signed: bool,
    /// Whether it is about the account of who is signed in.
    about_a_customer: bool,
    /// Whether the portal asks it of everybody.
    for_the_portal: bool,
    /// Whether one address may only ask it so often.
    rate_limited: bool,
}

impl Kind {
    fn of(operation: &Operation, writes: bool) -> Self {
        let tags = operation.tags.as_deref().unwrap_or_default();
        let tagged = |names: &[&str]| tags.iter().any(|tag| names.contains(&tag.as_str()));
        let signed = tagged(&["return", "webhooks", "feeds"]);
        Self {
            writes,
            signed,
            about_a_customer: !signed && !tagged(&["portal", "session", "pay"]),
            for_the_portal: tagged(&["portal", "session"]),
            rate_limited: tagged(&["pay", "return"]),
        }
    }
}

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
    headers::describe(components);
    for item in described.paths.paths.values_mut() {
        complete(item);
    }
    problems::share(&mut described);
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
            let kind = Kind::of(operation, writes);
            name_uniquely(operation);
            if kind.about_a_customer {
                let none = [] as [&str; 0];
                operation.security = Some(vec![SecurityRequirement::new(SESSION, none)]);
            }
            for parameter in operation.parameters.iter_mut().flatten() {
                take_no_null(parameter);
            }
            problems::add(operation, &kind);
            headers::add(operation, &kind);
            describe_answers(operation);
        }
    }
    if let Some(post) = &mut item.post {
        take_nothing(post);
    }
}

/// Handlers are named within their file; the file's noun makes the name unique.
fn name_uniquely(operation: &mut Operation) {
    let noun = operation.tags.iter().flatten().next();
    if let (Some(verb), Some(noun)) = (&operation.operation_id, noun) {
        operation.operation_id = Some(format!("{noun}_{verb}"));
    }
}

/// A field of a query is there or not: it is never `null`.
fn take_no_null(parameter: &mut RefOr<Parameter>) {
    let RefOr::T(parameter) = parameter else {
        return;
    };
    if parameter.parameter_in != ParameterIn::Query {
        return;
    }
    match &mut parameter.schema {
        Some(RefOr::T(Schema::OneOf(either))) => {
            either.items.retain(|item| !is_null(item));
            if let [only] = either.items.as_slice() {
                parameter.schema = Some(only.clone());
            }
        }
        Some(RefOr::T(Schema::Object(object))) => {
            if let SchemaType::Array(types) = &mut object.schema_type {
                types.retain(|of| *of != Type::Null);
                if let [only] = types.as_slice() {
                    object.schema_type = SchemaType::Type(only.clone());
                }
            }
        }
        _ => {}
    }
}

fn is_null(schema: &RefOr<Schema>) -> bool {
    let RefOr::T(Schema::Object(object)) = schema else {
        return false;
    };
    object.schema_type == SchemaType::Type(Type::Null)
}

/// OpenAPI wants words about every answer, and no schema of what is no JSON.
fn describe_answers(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else {
            continue;
        };
        for (kind, content) in &mut response.content {
            if headers::FILES.contains(&kind.as_str())
                && let RefOr::T(content) = content
            {
                let bytes = ObjectBuilder::new()
                    .schema_type(Type::String)
                    .content_media_type(kind)
                    .build();
                content.schema = Some(RefOr::T(Schema::Object(bytes)));
            }
        }
        if response.description.is_empty() {
            let says = match status.as_str() {
                "201" => "It was made.",
                _ => "What was asked for.",
            };
            says.clone_into(&mut response.description);
        }
    }
}

/// Nothing is read of the body of what is only asked to happen.
fn take_nothing(operation: &mut Operation) {
    let for_a_customer = Kind::of(operation, true).about_a_customer;
    if operation.request_body.is_some() || !for_a_customer {
        return;
    }
    let anything = ObjectBuilder::new().schema_type(Type::Object).build();
    let body = RequestBodyBuilder::new()
        .description(Some("Nothing of it is read."))
        .required(Some(Required::False))
        .content("application/json", Content::new(Some(anything)))
        .build();
    operation.request_body = Some(RefOr::T(body));
}
