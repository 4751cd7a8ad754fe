//! The headers of a request, each of which may stand there once.

use crate::call::Call;

/// A header's value; `None` if it is not there.
///
/// # Errors
/// Says that it stands there twice, which leaves open which one counts.
pub(crate) fn one<'a>(call: &Call<'a>, name: &str) -> Result<Option<&'a str>, String> {
    let named = |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
    let mut found = call.headers.iter().filter(named);
    let first = found.next().map(|header| header.1.as_str());
    match found.next() {
        Some(_) => Err(format!("the header {name} stands there twice")),
        None => Ok(first),
    }
}

/// The token of the `Authorization` header.
///
/// # Errors
/// Says what is wrong with the header.
pub(crate) fn bearer<'a>(call: &Call<'a>) -> Result<&'a str, String> {
    let value = one(call, "authorization")?.ok_or("there is no Authorization header")?;
    let token = value.split_once(' ').filter(|(scheme, _)| {
        // The names of schemes have no case, by RFC 9110.
        scheme.eq_ignore_ascii_case("bearer")
    });
    let (_, token) = token.ok_or("the Authorization header has no Bearer")?;
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/=".contains(&b);
    match !token.is_empty() && token.bytes().all(is_plain) {
        true => Ok(token),
        false => Err("the Bearer of the Authorization header is no token".to_owned()),
    }
}

/// Whether the body is of a media type.
///
/// # Errors
/// Says what the `Content-Type` header has instead.
pub(crate) fn has_media_type(call: &Call, types: &[&str]) -> Result<(), String> {
    let value = one(call, "content-type")?.unwrap_or_default();
    // Parameters such as the charset follow a semicolon.
    let found = value.split(';').next().unwrap_or_default().trim();
    match types.iter().any(|known| found.eq_ignore_ascii_case(known)) {
        true => Ok(()),
        false => Err(format!(
            "the Content-Type is `{value}`, and not {}",
            types.join(" or ")
        )),
    }
}
