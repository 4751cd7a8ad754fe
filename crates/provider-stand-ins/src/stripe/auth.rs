//! Who calls: the merchant's server with its secret key.

use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq as _;

use super::error::{ApiError, wrong_key};
use super::options::{Options, mode_of_key};

/// Whether the caller's key is of live mode.
pub(super) fn check(headers: &HeaderMap, options: &Options) -> Result<bool, ApiError> {
    let Some(key) = key(headers) else {
        return Err(ApiError::invalid(
            "You did not provide an API key. You need to provide your API key in the Authorization \
             header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See \
             https://stripe.com/docs/api#authentication for details, or we can help at \
             https://support.stripe.com/.",
        )
        .status(StatusCode::UNAUTHORIZED));
    };
    if key.starts_with("pk_") {
        return Err(ApiError::invalid(
            "This API call cannot be made with a publishable API key. Please use a secret API key. \
             You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
        )
        .code("secret_key_required")
        .status(StatusCode::UNAUTHORIZED));
    }
    let own = std::iter::once(&options.secret_key).chain(&options.other_mode_key);
    for known in own {
        if bool::from(known.as_bytes().ct_eq(key.as_bytes())) {
            return Ok(mode_of_key(known).unwrap_or_default());
        }
    }
    Err(wrong_key(&key))
}

/// The key of a `Bearer` header, or the user of a `Basic` one.
fn key(headers: &HeaderMap) -> Option<String> {
    let header = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = header.split_once(' ')?;
    let rest = rest.trim();
    let key = if scheme.eq_ignore_ascii_case("bearer") {
        rest.to_owned()
    } else if scheme.eq_ignore_ascii_case("basic") {
        let text = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
        let (user, _) = text.split_once(':')?;
        user.to_owned()
    } else {
        return None;
    };
    (!key.is_empty()).then_some(key)
}
