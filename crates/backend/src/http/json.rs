//! Bodies of writes: JSON, and a problem that names the field where it can.

use api_types::{BadMoney, Currency, Money};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::ApiError;
use crate::digest::sha256_hex;

/// A parsed JSON body. Its hash shows whether a repeated request is the same.
#[derive(Debug)]
pub struct JsonBody<T> {
    /// What was sent.
    pub value: T,
    /// SHA-256 of the bytes that were sent, in hexadecimal.
    pub hash: String,
}

impl<T, S> FromRequest<S> for JsonBody<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::UnsupportedMediaType);
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|e| {
            match e.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
                _ => ApiError::Malformed,
            }
        })?;
        let value = serde_json::from_slice(&bytes).map_err(|e| unread(&bytes, &e))?;
        Ok(Self {
            value,
            hash: sha256_hex(&bytes),
        })
    }
}

/// Whether a request says that its body is JSON: the type that no cross-site form can send.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// JSON that does not fit the type. The parser says which field is missing;
/// where a value is wrong it says only the place, and the place gives the name.
fn unread(bytes: &[u8], error: &serde_json::Error) -> ApiError {
    if !error.is_data() {
        return ApiError::Malformed;
    }
    let says = error.to_string();
    if let Some(rest) = says.strip_prefix("missing field `")
        && let Some((name, _)) = rest.split_once('`')
    {
        return ApiError::field(name, "missing");
    }
    let read = serde_json::from_slice(bytes);
    if let Some((name, most)) = read.ok().as_ref().and_then(too_large) {
        return ApiError::beyond(name, "too_large", most);
    }
    match name_before(bytes, error.line(), error.column()) {
        Some(name) => ApiError::field(&name, "invalid"),
        None => ApiError::Malformed,
    }
}

/// The first amount within a value that is too large, by its name, and the most that it may be.
/// A request holds single amounts, so that is the bound of those, and not the one of sums.
fn too_large(value: &Value) -> Option<(&str, Money)> {
    let each: Vec<(&str, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, of)| (name.as_str(), of))
            .collect(),
        Value::Array(values) => values.iter().map(|of| ("", of)).collect(),
        _ => return None,
    };
    each.into_iter().find_map(|(name, of)| {
        let most = bound_of(of).map(|most| (name, most));
        most.or_else(|| too_large(of))
    })
}

/// The most that a value may be which is an amount that is too large.
fn bound_of(value: &Value) -> Option<Money> {
    let (amount, currency) = (value.get("amount")?, value.get("currency")?);
    let currency = Currency::parse(currency.as_str()?).ok()?;
    match Money::parse_sum(amount.as_str()?, currency) {
        Err(BadMoney::TooLarge { .. }) => Some(Money::most(currency)),
        _ => None,
    }
}

/// The outermost member that stands open or has just ended at a place of the text.
fn name_before(bytes: &[u8], line: usize, column: usize) -> Option<String> {
    let start: usize = bytes
        .split_inclusive(|b| *b == b'\n')
        .take(line.checked_sub(1)?)
        .map(<[u8]>::len)
        .sum();
    let read = bytes.get(..(start + column).min(bytes.len()))?;
    let (mut depth, mut text_from, mut escaped) = (0_u32, None, false);
    let (mut last_text, mut name) = (None, None);
    for (at, byte) in read.iter().enumerate() {
        match (text_from, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(from), b'"') => {
                last_text = read.get(from..=at);
                text_from = None;
            }
            (Some(_), _) => {}
            (None, b'"') => text_from = Some(at),
            (None, b'{' | b'[') => depth += 1,
            (None, b'}' | b']') => depth = depth.saturating_sub(1),
            (None, b':') if depth == 1 => name = last_text,
            (None, _) => {}
        }
    }
    serde_json::from_slice(name?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use api_types::{CreateCheckout, CreateSession};
    use axum::body::Body;

    async fn read<T: DeserializeOwned>(kind: &str, body: &str) -> Result<T, ApiError> {
        let request = Request::builder()
            .header(CONTENT_TYPE, kind)
            .body(Body::from(body.to_owned()))
            .unwrap();
        let body: JsonBody<T> = JsonBody::from_request(request, &()).await?;
        Ok(body.value)
    }

    async fn problem_of(body: &str) -> (u16, Vec<(String, String)>) {
        let error = read::<CreateCheckout>("application/json", body).await;
        let problem = error.unwrap_err().into_problem();
        let fields = problem.field_errors.into_iter();
        (problem.status, fields.map(|(k, v)| (k, v.code)).collect())
    }

    #[tokio::test]
    async fn only_json_is_read() {
        let body = r#"{"email":"a@example.com","password":"x"}"#;
        for good in ["application/json", "Application/JSON; charset=utf-8"] {
            assert!(read::<CreateSession>(good, body).await.is_ok(), "{good}");
        }
        for bad in [
            "text/plain",
            "",
            "application/x-www-form-urlencoded",
            "application/jsonx",
        ] {
            let error = read::<CreateSession>(bad, body).await.unwrap_err();
            assert!(matches!(error, ApiError::UnsupportedMediaType), "{bad}");
        }
    }

    #[tokio::test]
    async fn an_amount_that_is_too_large_is_named_with_the_most_that_it_may_be() {
        let money =
            |amount: &str, code: &str| format!(r#"{{"amount":"{amount}","currency":"{code}"}}"#);
        let body = |amount: &str, total: &str| {
            format!(
                r#"{{"for":{{"kind":"account","amount":{amount}}},"displayed_total":{total},
                "method":"card"}}"#
            )
        };
        let fine = money("45.00", "EUR");
        for (amount, total, name, code) in [
            (
                money("92233720368547758.07", "EUR"),
                fine.clone(),
                "amount",
                "EUR",
            ),
            (
                money("99999999999999999999", "JPY"),
                fine.clone(),
                "amount",
                "JPY",
            ),
            (
                money("-92233720368547758.07", "EUR"),
                fine.clone(),
                "amount",
                "EUR",
            ),
            (
                fine.clone(),
                money("92233720368547758.07", "EUR"),
                "displayed_total",
                "EUR",
            ),
        ] {
            let text = body(&amount, &total);
            let error = read::<CreateCheckout>("application/json", &text).await;
            let problem = error.unwrap_err().into_problem();
            let told = &problem.field_errors[name];
            assert_eq!(
                (problem.status, told.code.as_str()),
                (422, "too_large"),
                "{text}"
            );
            assert_eq!(
                told.bound,
                Some(Money::most(Currency::parse(code).unwrap()))
            );
        }
    }

    #[tokio::test]
    async fn the_field_that_is_wrong_is_named() {
        let token = "A".repeat(43);
        let body = |method: &str, total: &str| {
            format!(
                "{{\"for\":{{\"kind\":\"invoice\",\"invoice\":\"I-1\"}},\n \"method\":{method},\
                 \"displayed_total\":{total},\"launch_token\":\"{token}\"}}"
            )
        };
        let money = r#"{"amount":"45.00","currency":"EUR"}"#;
        let one = |name: &str, code: &str| (422, vec![(name.to_owned(), code.to_owned())]);
        for (text, expected) in [
            (body("7", money), one("method", "invalid")),
            (body("\"a b\"", money), one("method", "invalid")),
            (
                body("\"card\"", r#"{"amount":"45.0","currency":"EUR"}"#),
                one("displayed_total", "invalid"),
            ),
            (
                r#"{"for":{"kind":"gift"}}"#.to_owned(),
                one("for", "invalid"),
            ),
            (
                r#"{"for":{"kind":"invoice","invoice":"I-1"},"method":"card"}"#.to_owned(),
                one("displayed_total", "missing"),
            ),
            ("{".to_owned(), (400, vec![])),
            ("[]".to_owned(), (400, vec![])),
            (String::new(), (400, vec![])),
        ] {
            assert_eq!(problem_of(&text).await, expected, "{text}");
        }
    }
}
