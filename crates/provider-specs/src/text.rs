//! Percent-encoded text of paths, queries and forms. What is not encoded as it should be is
//! refused, where servers would guess.

use percent_encoding::percent_decode_str;

/// Decodes a segment of a path.
///
/// # Errors
/// Says what cannot be decoded.
pub(crate) fn segment(text: &str) -> Result<String, String> {
    let mut parts = text.split('%');
    // What precedes the first one is plain.
    let _ = parts.next();
    let is_encoded = |part: &str| {
        let mut bytes = part.bytes();
        let mut is_hex = || bytes.next().is_some_and(|b| b.is_ascii_hexdigit());
        is_hex() && is_hex()
    };
    if !parts.all(is_encoded) {
        return Err(format!("`{text}` has a percent sign that encodes nothing"));
    }
    let decoded = percent_decode_str(text).decode_utf8();
    let decoded = decoded.map_err(|_| format!("`{text}` encodes no UTF-8"))?;
    Ok(decoded.into_owned())
}

/// Decodes the pairs of a query or a form, in their order.
///
/// # Errors
/// Says which pair cannot be decoded.
pub(crate) fn pairs(text: &str) -> Result<Vec<(String, String)>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let pairs = text.split('&').map(|pair| {
        let (name, value) = pair
            .split_once('=')
            .ok_or_else(|| format!("`{pair}` is no pair of a name and a value"))?;
        let decode = |part: &str| segment(&part.replace('+', " "));
        Ok((decode(name)?, decode(value)?))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_encoded_is_refused() {
        for text in ["a", "a=1&", "a=1&&b=2", "a=%", "a=%2", "a=%zz", "a=%ff"] {
            assert!(pairs(text).is_err(), "{text}");
        }
        let decoded = pairs("a%5B0%5D=x+y&b=%C3%A9%2B").unwrap();
        let expected = [("a[0]", "x y"), ("b", "é+")];
        assert_eq!(
            decoded,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
