//! The three documents: the app, the launch page and the return page. One build
//! serves every place, so where the portal lies is written in when they leave.

use std::path::Path;

use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use super::headers::Document;
use super::static_files::{answer_bytes, read_encoded};
use crate::app::App;

/// What the build writes, for a portal at the root of its host.
const BASE: &str = "<base href=\"/\">";
const API: &str = "<meta name=\"portico-api\" content=\"/api/v1\">";

/// A document, or nothing where the build has not made it.
pub(super) async fn answer(
    app: &App,
    file: &str,
    document: Document,
    headers: &HeaderMap,
) -> Option<Response> {
    let path = app.settings().dist.join(file);
    let below = app.settings().public_url.path();
    let (bytes, encoding) = if below.is_empty() {
        read_encoded(&path, headers).await?
    } else {
        (placed(&path, below).await?, None)
    };
    let mut about = document.headers(app);
    about.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    about.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    about.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        about.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(answer_bytes(bytes, about, headers))
}

/// The document for a portal that lies under a path of its host.
async fn placed(file: &Path, below: &str) -> Option<Vec<u8>> {
    let text = tokio::fs::read_to_string(file).await.ok()?;
    let base = format!("<base href=\"{below}/\">");
    let api = format!("<meta name=\"portico-api\" content=\"{below}/api/v1\">");
    Some(text.replace(BASE, &base).replace(API, &api).into_bytes())
}
