//! Checks a JSON body against the shape that it has to have, and names each thing that is wrong.

use serde_json::Value;

use super::money::is_amount;
use super::refusal::Detail;
use super::time::is_moment;

/// What a value has to look like.
pub(super) enum Shape {
    /// A text with at least and at most so many characters.
    Text(usize, usize, Form),
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// An object with these fields and no others.
    Object(&'static [Field]),
    /// An object with any fields.
    AnyObject,
    /// At least and at most so many items.
    List(usize, usize, &'static Shape),
    /// The field exists, and the account cannot use it.
    NotSupported,
}

/// How a text has to be written.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// In any way.
    Any,
    /// Digits with decimals.
    Amount,
    /// A whole number greater than zero.
    Count,
    /// Only digits.
    Digits,
    /// Only letters and digits.
    Alphanumeric,
    /// An absolute address.
    Url,
    /// A language tag, such as `en-US`.
    Language,
    /// An e-mail address.
    Email,
    /// An account's id.
    Account,
    /// Two capital letters.
    Country,
    /// A day, such as `1990-01-31`.
    Day,
    /// A moment as RFC 3339 writes it.
    Moment,
    /// Not only digits, and without blanks: an id or a signature.
    Opaque,
}

/// A field of an object.
pub(super) struct Field {
    name: &'static str,
    required: bool,
    shape: Shape,
}

/// A field that has to be there.
pub(super) const fn required(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        required: true,
        shape,
    }
}

/// A field that may be there.
pub(super) const fn optional(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        required: false,
        shape,
    }
}

/// Everything that is wrong with a body.
pub(super) fn check(body: &Value, fields: &[Field]) -> Vec<Detail> {
    let mut wrong = Vec::new();
    object(body, fields, "", &mut wrong);
    wrong
}

/// The body as a whole, or something in it, is not the JSON that it should be.
pub(super) fn malformed(path: &str) -> Detail {
    let path = if path.is_empty() { "/" } else { path };
    Detail::body("MALFORMED_REQUEST_JSON", path, &Value::Null)
}

fn object(value: &Value, fields: &[Field], path: &str, wrong: &mut Vec<Detail>) {
    let Some(object) = value.as_object() else {
        wrong.push(malformed(path));
        return;
    };
    for name in object.keys() {
        if !fields.iter().any(|field| field.name == name) {
            wrong.push(malformed(&format!("{path}/{name}")));
        }
    }
    for field in fields {
        let path = format!("{path}/{}", field.name);
        match object.get(field.name) {
            Some(value) => look(value, &field.shape, &path, wrong),
            None if field.required => {
                wrong.push(Detail::body(
                    "MISSING_REQUIRED_PARAMETER",
                    path,
                    &Value::Null,
                ));
            }
            None => {}
        }
    }
}

fn look(value: &Value, shape: &Shape, path: &str, wrong: &mut Vec<Detail>) {
    match (shape, value) {
        (Shape::Text(least, most, form), Value::String(text)) => {
            let length = text.chars().count();
            if !(*least..=*most).contains(&length) {
                wrong.push(Detail::body("INVALID_STRING_LENGTH", path, value));
            } else if !form.fits(text) {
                wrong.push(Detail::body("INVALID_PARAMETER_SYNTAX", path, value));
            }
        }
        (Shape::OneOf(_), Value::String(text)) if text.is_empty() => {
            wrong.push(Detail::body("INVALID_STRING_LENGTH", path, value));
        }
        (Shape::OneOf(known), Value::String(text)) => {
            if !known.contains(&text.as_str()) {
                wrong.push(Detail::body("INVALID_PARAMETER_VALUE", path, value));
            }
        }
        (Shape::Flag, Value::Bool(_)) | (Shape::AnyObject, Value::Object(_)) => {}
        (Shape::Object(fields), _) => object(value, fields, path, wrong),
        (Shape::List(least, most, shape), Value::Array(items)) => {
            if items.len() < *least {
                wrong.push(Detail::body("INVALID_ARRAY_MIN_ITEMS", path, value));
            }
            if items.len() > *most {
                wrong.push(Detail::body("INVALID_ARRAY_MAX_ITEMS", path, value));
            }
            for (place, item) in items.iter().enumerate() {
                look(item, shape, &format!("{path}/{place}"), wrong);
            }
        }
        (Shape::NotSupported, _) => wrong.push(Detail::body("NOT_SUPPORTED", path, value)),
        _ => wrong.push(malformed(path)),
    }
}

impl Form {
    fn fits(self, text: &str) -> bool {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::Any => true,
            Self::Amount => is_amount(text),
            Self::Count => digits(text) && !text.starts_with('0'),
            Self::Digits => digits(text),
            Self::Alphanumeric => text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            Self::Url => reqwest::Url::parse(text).is_ok(),
            Self::Language => is_language(text),
            Self::Email => is_email(text),
            Self::Account => text.bytes().all(|byte| {
                matches!(byte, b'2'..=b'9') || byte.is_ascii_uppercase() && !b"IO".contains(&byte)
            }),
            Self::Country => text == "C2" || text.bytes().all(|byte| byte.is_ascii_uppercase()),
            Self::Day => text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10,
            Self::Moment => is_moment(text),
            Self::Opaque => !digits(text) && !text.contains(char::is_whitespace),
        }
    }
}

/// Two small letters, perhaps a script, perhaps a country or a region.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let mut rest: Vec<_> = parts.collect();
    if rest.first().is_some_and(|part| is_script(part)) {
        rest.remove(0);
    }
    let small = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    let place = |text: &&str| {
        text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
            || text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    language.len() == 2 && small(language) && rest.len() <= 1 && rest.iter().all(place)
}

fn is_script(text: &str) -> bool {
    let (first, rest) = text.split_at_checked(1).unwrap_or_default();
    rest.len() == 3
        && first.bytes().all(|byte| byte.is_ascii_uppercase())
        && rest.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether a text looks like an e-mail address.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let plain = |text: &str, others: &[u8]| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte))
    };
    let whole = |text: &str| !text.is_empty() && text.split('.').all(|part| !part.is_empty());
    whole(name)
        && plain(name, b"!#$%&'*+/=?^_`{|}~-.")
        && whole(host)
        && host.contains('.')
        && plain(host, b"-.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_have_a_language_perhaps_a_script_and_perhaps_a_place() {
        for tag in ["en", "en-US", "zh-Hant", "zh-Hant-TW", "es-419"] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in ["", "EN", "en-us", "en_US", "eng", "en-", "en-US-US", "ü"] {
            assert!(!is_language(tag), "{tag}");
        }
    }

    #[test]
    fn email_addresses_have_a_name_and_a_host() {
        assert!(is_email("ann.lee+paypal@mail.example.com"));
        for text in [
            "",
            "ann",
            "ann@",
            "@example.com",
            "a b@example.com",
            "a@b",
            "a@b..c",
        ] {
            assert!(!is_email(text), "{text}");
        }
    }
}
