//! Query strings, escaped as RFC 3986 wants.

use std::fmt::Write as _;

/// Builds `?name=value&…`, leaving out what is not there.
#[derive(Default)]
pub(crate) struct Query(String);

impl Query {
    pub(crate) fn with(mut self, name: &str, value: Option<impl ToString>) -> Self {
        if let Some(value) = value {
            self.0.push(if self.0.is_empty() { '?' } else { '&' });
            self.0.push_str(name);
            self.0.push('=');
            escape(&value.to_string(), &mut self.0);
        }
        self
    }

    pub(crate) fn on(self, path: &str) -> String {
        format!("{path}{}", self.0)
    }
}

fn escape(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_there_is_sent_and_it_is_escaped() {
        let query = Query::default()
            .with("cursor", Some("a+b/é"))
            .with("limit", None::<u32>);
        assert_eq!(query.on("/invoices"), "/invoices?cursor=a%2Bb%2F%C3%A9");
        assert_eq!(Query::default().on("/invoices"), "/invoices");
    }
}
