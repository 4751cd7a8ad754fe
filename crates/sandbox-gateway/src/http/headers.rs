//! Headers that go with every answer, and what faults do to the customer's pages.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::shared::Shared;

/// Pages carry no script at all. A form may go only to this origin: what leads back to the
/// merchant is a link or a refresh, never the answer to a form, because browsers hold redirects
/// that follow a form to `form-action` too.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// For every answer: nothing is guessed, and nothing is kept unless it says so itself.
pub async fn everywhere(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// For the customer's pages. There is no `Cross-Origin-Opener-Policy` but by fault.
pub async fn of_pages(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let faults = shared.faults();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set(headers, header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
    set(headers, header::REFERRER_POLICY, "no-referrer");
    set(headers, header::X_FRAME_OPTIONS, "DENY");
    set(
        headers,
        HeaderName::from_static("permissions-policy"),
        PERMISSIONS,
    );
    if let Some(coop) = faults.coop {
        set(
            headers,
            HeaderName::from_static("cross-origin-opener-policy"),
            coop.as_str(),
        );
    }
    // The page is late, not what it does: a payment may be made long before its page shows.
    if faults.slow.is_some() {
        tokio::select! {
            () = tokio::time::sleep(faults.page_delay()) => {}
            () = shared.stop.requested() => {}
        }
    }
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
