//! The query of an address, as pairs of names and values, escaped as RFC 3986 wants.

/// What an address says beyond its path; what is not there is left out.
pub type Pairs = Vec<(&'static str, Option<String>)>;

/// A path with its query.
pub fn with_query(path: &str, pairs: Pairs) -> String {
    let present = pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    let query: Vec<String> = present
        .map(|(name, value)| format!("{name}={}", escape(&value)))
        .collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

/// What a query says under a name; nothing where it says nothing.
pub fn value_of(query: &str, name: &str) -> Option<String> {
    let pairs = query.strip_prefix('?').unwrap_or(query).split('&');
    let mut named = pairs
        .filter_map(|pair| pair.split_once('='))
        .filter(|(key, _)| *key == name);
    named
        .next()
        .map(|(_, value)| unescape(value))
        .filter(|value| !value.is_empty())
}

/// A text as it stands in a query.
pub fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let decoded = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (first, decoded) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
