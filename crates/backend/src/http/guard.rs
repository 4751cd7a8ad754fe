//! What a request has to show before anyone looks at it: that it is for this host, that it comes
//! from the portal if it writes, and that its address has not asked too often.

use api_types::REQUEST_HEADER;
use axum::Extension;
use axum::body::HttpBody as _;
use axum::extract::{FromRequestParts as _, Request};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::ApiError;
use super::json::is_json;
use super::peer::Peer;
use crate::app::App;
use crate::limits::network_of;

/// Answers 400 to a request with two `Host` lines (RFC 9112, 3.2): a proxy in front may have
/// gone by the one, and the portal would go by the other.
pub(super) async fn with_one_host(request: Request, next: Next) -> Response {
    match request.headers().get_all(HOST).iter().count() {
        0 | 1 => next.run(request).await,
        _ => ApiError::Malformed.into_response(),
    }
}

/// Answers 421 to a request for another host: a name that someone else has
/// pointed at this server (DNS rebinding) gets nothing from it.
pub(super) async fn for_this_host(
    Extension(app): Extension<App>,
    request: Request,
    next: Next,
) -> Response {
    let wanted = app.settings().public_url.host();
    // HTTP/2 has the host in the address, HTTP/1.1 in the header.
    let named = request.uri().authority().map(|host| host.as_str());
    let named = named.or_else(|| text(request.headers(), HOST.as_str()));
    if named.is_some_and(|host| host.eq_ignore_ascii_case(wanted)) {
        next.run(request).await
    } else {
        ApiError::Misdirected.into_response()
    }
}

/// Lets a write through that the portal itself has sent, from one of its origins.
pub(super) async fn written_by_the_portal(
    Extension(app): Extension<App>,
    request: Request,
    next: Next,
) -> Response {
    if !writes(request.method()) {
        return next.run(request).await;
    }
    let settings = app.settings();
    let origin = text(request.headers(), ORIGIN.as_str());
    let ours = origin.is_some_and(|origin| {
        origin == settings.public_url.origin()
            || settings.security.portal_origins.iter().any(|o| o == origin)
    });
    if !ours {
        return ApiError::Forbidden.into_response();
    }
    require_script(request, next).await
}

/// Lets a write through that no form can send: the launch and return pages
/// prove the rest with what they know.
pub(super) async fn written_by_script(request: Request, next: Next) -> Response {
    if writes(request.method()) {
        require_script(request, next).await
    } else {
        next.run(request).await
    }
}

async fn require_script(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if text(headers, REQUEST_HEADER) != Some("1") {
        return ApiError::Forbidden.into_response();
    }
    if !request.body().is_end_stream() && !is_json(headers) {
        return ApiError::UnsupportedMediaType.into_response();
    }
    next.run(request).await
}

fn writes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Lets a request through, or answers with the seconds to wait.
pub(super) async fn by_rate(
    Extension(app): Extension<App>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Peer(address)) = Peer::from_request_parts(&mut parts, &app).await;
    match app.limits().requests.check(network_of(address), app.now()) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(retry_after) => ApiError::from(retry_after).into_response(),
    }
}
