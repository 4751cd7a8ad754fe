//! Which problems an endpoint answers: its status, and the codes that come with it.
//!
//! A handler writes the codes that only it answers between backquotes into the description of
//! the status. Those that come of what a request is made of are added here, and from the words
//! the schema is made, so that both always say the same.

use std::collections::BTreeMap;

use api_types::{Code, IDEMPOTENCY_HEADER, Problem};
use utoipa::ToSchema as _;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::schema::{AllOfBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response};

use super::Kind;

/// Adds the problems of every endpoint of its kind, and gives all of them their bodies.
pub(super) fn add(operation: &mut Operation, kind: &Kind) {
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    let has = |place: ParameterIn| {
        let mut all = parameters.iter();
        all.any(|of| matches!(of, RefOr::T(of) if of.parameter_in == place))
    };
    let has_key = parameters
        .iter()
        .any(|of| matches!(of, RefOr::T(of) if of.name == IDEMPOTENCY_HEADER));
    let (in_query, in_path) = (has(ParameterIn::Query), has(ParameterIn::Path));
    let has_body = operation.request_body.is_some();

    let mut refuse = |status: u16, code: Code, says: &str| {
        let code = code.as_str();
        refuse(operation, status, &format!("`{code}`: {says}"));
    };
    if has_body {
        refuse(400, Code::Invalid, "the body is no JSON.");
        refuse(413, Code::TooLarge, "the body has more than 32 KiB.");
        refuse(
            422,
            Code::Invalid,
            "`field_errors` names a field of the body.",
        );
    }
    if has_key {
        refuse(400, Code::KeyMissing, "there is no `Idempotency-Key`.");
        refuse(
            409,
            Code::StillRunning,
            "the first request with the key is running.",
        );
        refuse(
            422,
            Code::KeyReused,
            "the key was used for another request.",
        );
        refuse(
            422,
            Code::Invalid,
            "`field_errors` names `Idempotency-Key`.",
        );
    }
    if in_query {
        refuse(
            422,
            Code::Invalid,
            "`field_errors` names a field of the query.",
        );
    }
    if in_path {
        refuse(
            404,
            Code::NotFound,
            "there is none, or it is somebody else's.",
        );
    }
    if kind.about_a_customer {
        refuse(
            401,
            Code::SignedOut,
            "there is no session, or it has ended.",
        );
        refuse(409, Code::PersonChanged, "the session is somebody else's.");
        refuse(422, Code::Invalid, "`field_errors` names `Portico-Person`.");
    }
    if kind.writes && !kind.signed {
        refuse(
            403,
            Code::Forbidden,
            "the request does not come from the portal.",
        );
        refuse(415, Code::Invalid, "the body is not `application/json`.");
    }
    if kind.rate_limited {
        refuse(429, Code::TooManyTries, "the address asks too often.");
    }
    refuse(421, Code::Misdirected, "the request is for another host.");
    refuse(500, Code::Internal, "something broke.");
    refuse(503, Code::Internal, "it took too long.");

    for (status, response) in &mut operation.responses.responses {
        if let (Ok(status @ 400..), RefOr::T(response)) = (status.parse(), response) {
            give_body(status, response);
        }
    }
}

/// Says one more reason for a status.
fn refuse(operation: &mut Operation, status: u16, says: &str) {
    let responses = &mut operation.responses.responses;
    let response = responses.entry(status.to_string());
    let response = response.or_insert_with(|| RefOr::T(Response::new("")));
    if let RefOr::T(response) = response {
        if !response.description.is_empty() {
            response.description.push('\n');
        }
        response.description.push_str(says);
    }
}

/// The problem, with the codes that the description names.
fn give_body(status: u16, response: &mut Response) {
    let words = response.description.split('`').skip(1).step_by(2);
    let mut codes: Vec<&str> = Vec::new();
    for word in words {
        if Code::from_word(word) != Code::Unknown && !codes.contains(&word) {
            codes.push(word);
        }
    }
    let told = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("status", one_of(Type::Integer).enum_values(Some([status])))
        .property("code", one_of(Type::String).enum_values(Some(codes)));
    let problem = AllOfBuilder::new()
        .item(Ref::from_schema_name(Problem::name()))
        .item(told)
        .build();
    let content = Content::new(Some(Schema::AllOf(problem)));
    response
        .content
        .insert("application/problem+json".to_owned(), RefOr::T(content));
}

fn one_of(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind)
}

/// Writes each problem out once: endpoints that answer it for the same reasons name it.
pub(super) fn share(described: &mut OpenApi) {
    let components = described.components.get_or_insert_default();
    for item in described.paths.paths.values_mut() {
        for operation in [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.delete,
        ] {
            let responses = operation.iter_mut().map(|of| &mut of.responses.responses);
            for (status, response) in responses.flatten() {
                if status.as_str() >= "400" {
                    share_one(&mut components.responses, status, response);
                }
            }
        }
    }
}

fn share_one(
    shared: &mut BTreeMap<String, RefOr<Response>>,
    status: &str,
    response: &mut RefOr<Response>,
) {
    for number in 1_u32.. {
        let name = format!("Problem{status}-{number}");
        let known = shared
            .entry(name.clone())
            .or_insert_with(|| response.clone());
        if known == response {
            *response = RefOr::Ref(Ref::from_response_name(name));
            return;
        }
    }
}
