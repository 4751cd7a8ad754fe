//! The headers of requests and answers: each is described once, and named where it is used.

use api_types::{BACKGROUND_HEADER, CustomerId, PERSON_HEADER, REQUEST_HEADER};
use utoipa::ToSchema as _;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{Components, Ref, RefOr, Required, Response};

use super::Kind;

const IF_NONE_MATCH: &str = "If-None-Match";
/// Our own header where it decides nothing: the portal sends it with every request.
const ANY_PERSON: &str = "Portico-Person-Unread";

const REQUEST_ID: &str = "X-Request-Id";
const CACHE_CONTROL: &str = "Cache-Control";
const ETAG: &str = "ETag";
const LOCATION: &str = "Location";
const RETRY_AFTER: &str = "Retry-After";
const CONTENT_DISPOSITION: &str = "Content-Disposition";

/// What each header of an answer says.
const TOLD: [(&str, &str); 6] = [
    (REQUEST_ID, "Finds the request in the server's logs."),
    (CACHE_CONTROL, "Whether the answer may be kept."),
    (ETAG, "Names the answer; for `If-None-Match`."),
    (LOCATION, "The return page."),
    (RETRY_AFTER, "How many seconds to wait."),
    (CONTENT_DISPOSITION, "The name of the file."),
];

/// What is answered as a file, by its type; calendars read theirs by themselves.
pub(super) const FILES: [&str; 3] = ["application/pdf", "text/calendar", "text/csv"];

/// Describes every header once.
pub(super) fn describe(components: &mut Components) {
    for (name, says) in TOLD {
        let header = HeaderBuilder::new()
            .schema(Some(text()))
            .description(Some(says))
            .build();
        let headers = &mut components.headers;
        headers.insert(name.to_owned(), RefOr::T(header));
    }
    let id = || RefOr::Ref(Ref::from_schema_name(CustomerId::name()));
    let one = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(["1"]))
        .build();
    for (key, name, required, says, schema) in [
        (
            PERSON_HEADER,
            PERSON_HEADER,
            Required::True,
            "Whom the page is about; another than the session's is `person_changed`.",
            id(),
        ),
        (
            ANY_PERSON,
            PERSON_HEADER,
            Required::False,
            "Whom the page is about. It is not looked at here.",
            id(),
        ),
        (
            BACKGROUND_HEADER,
            BACKGROUND_HEADER,
            Required::False,
            "There where the customer did not cause the request: it renews nothing.",
            text(),
        ),
        (
            REQUEST_HEADER,
            REQUEST_HEADER,
            Required::True,
            "Always `1`: no cross-site form can send it.",
            RefOr::T(Schema::from(one)),
        ),
        (
            IF_NONE_MATCH,
            IF_NONE_MATCH,
            Required::False,
            "The `ETag` of the answer that the caller has.",
            text(),
        ),
    ] {
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(required)
            .description(Some(says))
            .schema(Some(schema))
            .build();
        let parameters = &mut components.parameters;
        parameters.insert(key.to_owned(), RefOr::T(parameter));
    }
}

/// Names what every endpoint of its kind is told and tells in headers.
pub(super) fn add(operation: &mut Operation, kind: &Kind) {
    let is_kept = operation.responses.responses.contains_key("304");
    if kind.about_a_customer {
        take(operation, PERSON_HEADER);
        take(operation, BACKGROUND_HEADER);
    } else if kind.for_the_portal {
        take(operation, ANY_PERSON);
        take(operation, BACKGROUND_HEADER);
    }
    if kind.writes && !kind.signed {
        take(operation, REQUEST_HEADER);
    }
    if is_kept {
        take(operation, IF_NONE_MATCH);
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else {
            continue;
        };
        describe_header(response, REQUEST_ID);
        describe_header(response, CACHE_CONTROL);
        if is_kept && matches!(status.as_str(), "200" | "304") {
            describe_header(response, ETAG);
        }
        if status == "303" {
            describe_header(response, LOCATION);
        }
        if status == "429" {
            describe_header(response, RETRY_AFTER);
        }
        let mut kinds = response.content.keys();
        if kinds.any(|of| FILES.contains(&of.as_str())) && !kind.signed {
            describe_header(response, CONTENT_DISPOSITION);
        }
    }
}

fn take(operation: &mut Operation, key: &str) {
    let parameter = Ref::new(format!("#/components/parameters/{key}"));
    let parameters = operation.parameters.get_or_insert_default();
    parameters.push(RefOr::Ref(parameter));
}

fn describe_header(response: &mut Response, name: &str) {
    let header = Ref::new(format!("#/components/headers/{name}"));
    let headers = &mut response.headers;
    headers.insert(name.to_owned(), RefOr::Ref(header));
}

fn text() -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    RefOr::T(Schema::from(text))
}
