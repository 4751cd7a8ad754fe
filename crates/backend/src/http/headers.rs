//! Security headers: what browsers are told about every answer, and about each
//! kind of document.

use axum::Extension;
use axum::extract::Request;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

/// The portal's own document. Scripts and styles are files of its own origin;
/// the one thing beyond is that the app's WebAssembly may be compiled.
const PORTAL_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; \
    base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
/// The launch and return pages: a script, a style sheet, and calls home. The launch page may also
/// post the form that opens a payment provider's page, to the providers' own origins.
const PAY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; base-uri 'self'; frame-ancestors 'none'; form-action";
/// Everything else is data: should a browser ever show it as a document, it can do nothing.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// Nothing that the portal does needs any of these.
const NO_PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
    encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), \
    screen-wake-lock=(), usb=(), xr-spatial-tracking=()";
/// Two years, as the preload lists ask for; sub-domains are not ours to decide about.
const HTTPS_ONLY: &str = "max-age=63072000";

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// The kinds of document there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Document {
    /// The app.
    Portal,
    /// The launch or the return page. They must reach their opener, so they
    /// have no COOP header, whatever the settings say.
    Pay,
}

impl Document {
    /// The headers that make a document what it is.
    pub(super) fn headers(self, app: &App) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let policy = match self {
            Self::Portal => PORTAL_POLICY.to_owned(),
            Self::Pay => pay_policy(app),
        };
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        if self == Self::Portal
            && let Ok(coop) = HeaderValue::from_str(&app.settings().security.coop)
        {
            headers.insert(COOP, coop);
        }
        headers
    }
}

fn pay_policy(app: &App) -> String {
    let mut policy = PAY_POLICY.to_owned();
    let mut origins = app.gateways().page_origins().peekable();
    if origins.peek().is_none() {
        policy.push_str(" 'none'");
    }
    for origin in origins {
        policy.push(' ');
        policy.push_str(origin);
    }
    policy
}

/// Puts the headers on every answer, but never over one that a handler has set.
pub(super) async fn guarded(
    Extension(app): Extension<App>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    default(CONTENT_SECURITY_POLICY, DATA_POLICY);
    default(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Other origins learn nothing; our own still get `Origin` on every write.
    default(REFERRER_POLICY, "same-origin");
    default(PERMISSIONS, NO_PERMISSIONS);
    default(CORP, "same-origin");
    let settings = app.settings();
    if settings.public_url.is_secure() && settings.security.hsts {
        default(STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    response
}
