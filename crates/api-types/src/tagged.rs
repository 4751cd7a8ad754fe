//! Enums that travel as one flat object with a `kind`.
//!
//! They are read through a struct of every field that any kind has. What serde derives for such
//! enums keeps the object in a buffer first, and reads every type in it by a second reader: in
//! the browser app that was a twentieth of all code.

use std::fmt;

/// Why an object is none of the kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BadTag {
    /// No such kind is known.
    Kind(String),
    /// The kind needs this field.
    Missing(&'static str),
}

impl fmt::Display for BadTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => write!(f, "there is no kind `{kind}`"),
            Self::Missing(field) => write!(f, "missing field `{field}`"),
        }
    }
}

/// A field that the kind needs.
pub(crate) fn need<T>(field: Option<T>, name: &'static str) -> Result<T, BadTag> {
    field.ok_or(BadTag::Missing(name))
}

#[cfg(test)]
mod tests {
    use crate::{AllocatedTo, CheckoutFor, EventPart, Record, ToDo};

    fn same<T>(json: &str) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned,
    {
        let value: T = serde_json::from_str(json).unwrap_or_else(|why| panic!("{json}: {why}"));
        let written: serde_json::Value = serde_json::to_value(&value).unwrap();
        assert_eq!(
            written,
            serde_json::from_str::<serde_json::Value>(json).unwrap()
        );
        value
    }

    #[test]
    fn every_kind_is_read_as_it_is_written() {
        for json in [
            r#"{"kind":"invoice","invoice":"I-1"}"#,
            r#"{"kind":"balance","currency":"EUR"}"#,
            r#"{"kind":"part","invoice":"I-1","amount":{"amount":"1.00","currency":"EUR"}}"#,
            r#"{"kind":"invoices","invoices":["I-1","I-2"]}"#,
            r#"{"kind":"account","amount":{"amount":"1","currency":"JPY"}}"#,
            r#"{"kind":"event","event":"E-1","part":"deposit"}"#,
        ] {
            same::<CheckoutFor>(json);
        }
        for json in [
            r#"{"kind":"invoice","invoice":"I-1"}"#,
            r#"{"kind":"payment","payment":"P-1"}"#,
            r#"{"kind":"credit_note","credit_note":"C-1"}"#,
            r#"{"kind":"event","event":"E-1"}"#,
        ] {
            same::<Record>(json);
        }
        for json in [
            r#"{"kind":"invoice","invoice":"I-1","number":"1"}"#,
            r#"{"kind":"event","event":"E-1","title":"Yoga"}"#,
        ] {
            same::<AllocatedTo>(json);
        }
        for json in [
            r#"{"kind":"pay_invoice","invoice":"I-1","number":"1","name":"Yoga",
                "due_on":"2026-11-22","overdue":true,
                "remaining":{"amount":"1.00","currency":"EUR"}}"#,
            r#"{"kind":"finish_checkout","checkout":"co_1","status":"open",
                "total":{"amount":"1.00","currency":"EUR"}}"#,
            r#"{"kind":"send_transfer","payment":"P-1",
                "total":{"amount":"1.00","currency":"EUR"},"created_at":"2026-11-22T10:00:00Z"}"#,
        ] {
            same::<ToDo>(json);
        }
    }

    #[test]
    fn all_of_an_event_is_paid_unless_a_part_is_named() {
        let whole: CheckoutFor = serde_json::from_str(r#"{"kind":"event","event":"E-1"}"#).unwrap();
        let CheckoutFor::Event { part, .. } = whole else {
            panic!("{whole:?} is for no event");
        };
        assert_eq!(part, EventPart::Balance);
    }

    #[test]
    fn what_a_kind_needs_is_named_and_so_is_a_kind_that_there_is_not() {
        for (json, says) in [
            (r#"{"kind":"event"}"#, "missing field `event`"),
            (r#"{"kind":"voucher"}"#, "there is no kind `voucher`"),
            (r#"{"event":"E-1"}"#, "missing field `kind`"),
        ] {
            let why = serde_json::from_str::<CheckoutFor>(json).unwrap_err();
            assert!(why.to_string().contains(says), "{json}: {why}");
        }
    }
}
