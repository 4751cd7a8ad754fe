//! The session cookie: its name, its attributes, and the token in it.

use std::fmt;

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;

use crate::digest::sha256_hex;
use crate::settings::PublicUrl;

/// The secret in the cookie: 256 random bits. It has no way to be shown.
pub struct SessionToken(String);

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

impl SessionToken {
    /// A new one.
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What is stored. The token is random enough to need no salt.
    pub fn hash(&self) -> String {
        sha256_hex(&self.0)
    }

    /// The token that a request brings along.
    pub fn of_request(headers: &HeaderMap, url: &PublicUrl) -> Option<Self> {
        let wanted = name(url);
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == wanted)
            .map(|(_, token)| Self(token.to_owned()))
    }

    /// The header that gives the token to the browser, until it is closed.
    pub fn set_cookie(&self, url: &PublicUrl) -> HeaderValue {
        header(&format!("{}={}; {}", name(url), self.0, attributes(url)))
    }
}

/// The header that takes the token away.
pub fn clear_cookie(url: &PublicUrl) -> HeaderValue {
    header(&format!("{}=; Max-Age=0; {}", name(url), attributes(url)))
}

/// `__Host-` makes browsers refuse the cookie from any other host or path. It
/// wants `Secure`, which some browsers do not take over http on this machine.
fn name(url: &PublicUrl) -> &'static str {
    if url.is_secure() {
        "__Host-portico"
    } else {
        "portico"
    }
}

fn attributes(url: &PublicUrl) -> &'static str {
    if url.is_secure() {
        "Path=/; HttpOnly; SameSite=Strict; Secure"
    } else {
        "Path=/; HttpOnly; SameSite=Strict"
    }
}

fn header(text: &str) -> HeaderValue {
    // Name, token and attributes are plain ASCII, so this always reads.
    let mut value = HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_the_hosts_own_unless_it_is_this_machine() {
        for (url, begins, ends) in [
            (
                "https://clinic.example.com/portal",
                "__Host-portico=",
                "; Path=/; HttpOnly; SameSite=Strict; Secure",
            ),
            (
                "http://localhost:8080",
                "portico=",
                "; Path=/; HttpOnly; SameSite=Strict",
            ),
        ] {
            let url = PublicUrl::parse(url).unwrap();
            let value = SessionToken::random().set_cookie(&url);
            let value = value.to_str().unwrap().to_owned();
            assert!(
                value.starts_with(begins) && value.ends_with(ends),
                "{value}"
            );
        }
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let url = PublicUrl::loopback(8080);
        let token = SessionToken::random();
        let pair = token.set_cookie(&url).to_str().unwrap().to_owned();
        let pair = pair.split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=b; xportico=1"));
        let second = format!("c=d;{pair}; portico=late");
        headers.append(COOKIE, HeaderValue::from_str(&second).unwrap());
        let found = SessionToken::of_request(&headers, &url).unwrap();
        assert_eq!(found.hash(), token.hash());
        assert!(!format!("{found:?}").contains(&found.0));
    }

    #[test]
    fn a_token_has_256_bits_and_no_two_are_the_same() {
        let (one, other) = (SessionToken::random(), SessionToken::random());
        assert_eq!(one.0.len(), 43);
        assert_ne!(one.hash(), other.hash());
    }
}
