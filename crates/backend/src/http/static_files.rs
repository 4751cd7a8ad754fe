//! The built app: documents, their assets, and what is missing.
//!
//! Files under `/assets` are named by their content and never change. The app's
//! document answers only a browser that navigates, and only outside `/assets`,
//! `/api`, `/provider` and `/pay`: a missing file is 404, never the app.

use std::path::{Path, PathBuf};

use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::error::ApiError;
use super::etag;
use super::headers::Document;
use crate::app::App;
use crate::brand::Brand;
use crate::digest::sha256_hex;

/// For what is named by its content.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// What the build writes, for a portal at the root of its host.
const BASE: &str = "<base href=\"/\">";
const API: &str = "<meta name=\"portico-api\" content=\"/api/v1\">";
/// For what keeps its name: ask every time whether it is still the same.
const ASK: &str = "no-cache";

/// Whatever the API does not answer.
pub(super) async fn serve(State(app): State<App>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ApiError::NotFound.into_response();
    }
    let headers = request.headers();
    let answer = match request.uri().path() {
        "/brand.css" => brand(&app, headers),
        "/pay/launch" => document(&app, "pay/launch.html", Document::Pay, headers).await,
        "/pay/return" => document(&app, "pay/return.html", Document::Pay, headers).await,
        path => match file_named(path) {
            Some(file) => match answer_file(&app, &file, headers).await {
                None if is_screen(path) && navigates(headers) => app_document(&app, headers).await,
                other => other,
            },
            None if is_screen(path) && navigates(headers) => app_document(&app, headers).await,
            None => None,
        },
    };
    answer.unwrap_or_else(|| ApiError::NotFound.into_response())
}

/// The portal's first screen.
pub(super) async fn home(State(app): State<App>, headers: HeaderMap) -> Response {
    let answer = match navigates(&headers) {
        true => app_document(&app, &headers).await,
        false => None,
    };
    answer.unwrap_or_else(|| ApiError::NotFound.into_response())
}

async fn app_document(app: &App, headers: &HeaderMap) -> Option<Response> {
    document(app, "index.html", Document::Portal, headers).await
}

/// One of the three documents, the app, the launch page and the return page; nothing where the
/// build has not made it.
async fn document(
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
        (document_below(&path, below).await?, None)
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

/// The document for a portal that lies under a path of its host: one build serves every place,
/// so where the portal lies is written in when the document leaves.
async fn document_below(file: &Path, below: &str) -> Option<Vec<u8>> {
    let text = tokio::fs::read_to_string(file).await.ok()?;
    let base = format!("<base href=\"{below}/\">");
    let api = format!("<meta name=\"portico-api\" content=\"{below}/api/v1\">");
    Some(text.replace(BASE, &base).replace(API, &api).into_bytes())
}

/// Whether the app may have a screen at a path.
fn is_screen(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next();
    !matches!(first, Some("assets" | "api" | "provider" | "pay"))
}

/// Whether a browser asks for a document to show. Browsers that say what they
/// want the answer for are taken at their word.
fn navigates(headers: &HeaderMap) -> bool {
    if let Some(wanted) = headers.get("sec-fetch-dest") {
        return wanted == "document";
    }
    headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"))
}

/// The file that a path names, if it can name one: plain names only, so that
/// no path leads out of the folder, and only kinds that the build makes.
fn file_named(path: &str) -> Option<PathBuf> {
    let plain = |name: &str| {
        !name.starts_with('.')
            && !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    let path = path.strip_prefix('/')?;
    if !path.split('/').all(plain) {
        return None;
    }
    let file = PathBuf::from(path);
    content_type(&file).is_some().then_some(file)
}

/// The kinds of file that are given out. Documents are not among them: they
/// have answers of their own.
fn content_type(file: &Path) -> Option<&'static str> {
    Some(match file.extension()?.to_str()? {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" if file.starts_with("assets") => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

async fn answer_file(app: &App, file: &Path, headers: &HeaderMap) -> Option<Response> {
    let path = app.settings().dist.join(file);
    let (bytes, encoding) = read_encoded(&path, headers).await?;
    let cache = if file.starts_with("assets") {
        FOREVER
    } else {
        ASK
    };
    let mut about = HeaderMap::new();
    about.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(file)?));
    about.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    about.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        about.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(answer_bytes(bytes, about, headers))
}

/// The tokens of the provider's colour.
fn brand(app: &App, headers: &HeaderMap) -> Option<Response> {
    let css = Brand::parse(&app.settings().portal.brand).ok()?.css();
    let mut about = HeaderMap::new();
    about.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/css; charset=utf-8"),
    );
    about.insert(CACHE_CONTROL, HeaderValue::from_static(ASK));
    Some(answer_bytes(css.into_bytes(), about, headers))
}

/// Answers with the bytes, or with 304 where the caller has them already.
fn answer_bytes(bytes: Vec<u8>, mut about: HeaderMap, headers: &HeaderMap) -> Response {
    let hash: String = sha256_hex(&bytes).chars().take(16).collect();
    let tag = format!("\"{hash}\"");
    if let Ok(value) = HeaderValue::from_str(&tag) {
        about.insert(ETAG, value);
    }
    let known = headers.get(IF_NONE_MATCH);
    if known.is_some_and(|known| etag::lists(known, &tag)) {
        about.remove(CONTENT_TYPE);
        about.remove(CONTENT_ENCODING);
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    let mut response = bytes.into_response();
    response.headers_mut().extend(about);
    response
}

/// Reads the smallest form of a file that the caller understands; the build has
/// put them side by side.
async fn read_encoded(path: &Path, headers: &HeaderMap) -> Option<(Vec<u8>, Option<&'static str>)> {
    for (coding, ending) in [("br", "br"), ("gzip", "gz")] {
        if !understands(headers, coding) {
            continue;
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        if let Ok(bytes) = tokio::fs::read(PathBuf::from(name)).await {
            return Some((bytes, Some(coding)));
        }
    }
    let bytes = tokio::fs::read(path).await.ok()?;
    Some((bytes, None))
}

/// Whether `Accept-Encoding` names a coding and does not refuse it by `q=0`.
fn understands(headers: &HeaderMap, coding: &str) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| {
            let (name, weight) = one.split_once(';').unwrap_or((one, ""));
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            let refused = weight.bytes().all(|b| matches!(b, b'0' | b'.'));
            name.trim().eq_ignore_ascii_case(coding) && !refused
        })
}
