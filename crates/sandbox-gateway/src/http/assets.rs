//! The stylesheet and the icon, compiled into the binary.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

/// The stylesheet's text, also for the name that pages ask for it by.
pub const STYLE: &str = include_str!("../../assets/style.css");

const ICON: &str = include_str!("../../assets/icon.svg");

/// Pages name the stylesheet with a hash of its content, so it never has to be asked for again.
pub async fn style() -> impl IntoResponse {
    let kept = (CACHE_CONTROL, "public, max-age=31536000, immutable");
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), kept], STYLE)
}

/// The icon in the browser's tab.
pub async fn icon() -> impl IntoResponse {
    (
        [
            (CONTENT_TYPE, "image/svg+xml"),
            (CACHE_CONTROL, "public, max-age=86400"),
        ],
        ICON,
    )
}
