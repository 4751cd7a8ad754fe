//! How the fields of queries are read. What a newer backend answers may be a word that this
//! build does not know; what is asked of a backend may not: a filter that it would leave out
//! would list what nobody asked for.

use std::borrow::Cow;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::word::Word;
use crate::{Cursor, MOST_ROWS};

/// A word of a closed set.
pub(crate) fn parse_word<'de, D: Deserializer<'de>, W: Word>(from: D) -> Result<W, D::Error> {
    let word = <Cow<'de, str>>::deserialize(from)?;
    W::of_word(&word).ok_or_else(|| D::Error::custom("no word of the set"))
}

/// A word of a closed set, where there is one.
pub(crate) fn parse_word_if_any<'de, D, W>(from: D) -> Result<Option<W>, D::Error>
where
    D: Deserializer<'de>,
    W: Word,
{
    let word = Option::<Cow<'de, str>>::deserialize(from)?;
    word.map(|word| W::of_word(&word).ok_or_else(|| D::Error::custom("no word of the set")))
        .transpose()
}

/// A cursor, where there is one.
pub(crate) fn cursor<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cursor>, D::Error> {
    let text = Option::<Cow<'de, str>>::deserialize(from)?;
    text.map(|text| Cursor::parse(&text).map_err(D::Error::custom))
        .transpose()
}

/// How many rows a page has, where that is said.
pub(crate) fn limit<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    let rows = Option::<u32>::deserialize(from)?;
    match rows {
        Some(rows) if !(1..=MOST_ROWS).contains(&rows) => Err(D::Error::custom(format!(
            "a page has 1 to {MOST_ROWS} rows"
        ))),
        rows => Ok(rows),
    }
}

/// The name of a time zone.
pub(crate) fn zone<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let name = String::deserialize(from)?;
    if crate::is_zone_name(&name) {
        Ok(name)
    } else {
        Err(D::Error::custom("a zone is named as in Europe/Dublin"))
    }
}

#[cfg(feature = "openapi")]
pub(crate) use described::limit_schema;

#[cfg(feature = "openapi")]
mod described {
    use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, SchemaFormat, Type};

    use crate::{MOST_ROWS, USUAL_ROWS};

    pub(crate) fn limit_schema() -> Object {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .description(Some("Rows a page."))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
            .minimum(Some(1))
            .maximum(Some(MOST_ROWS as usize))
            .default(Some(USUAL_ROWS.into()))
            .build()
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use crate::{EventQuery, FigureQuery, HistoryQuery, InvoiceQuery, PaymentQuery};

    fn takes<Q: DeserializeOwned>(query: serde_json::Value) -> bool {
        serde_json::from_value::<Q>(query).is_ok()
    }

    #[test]
    fn a_word_that_is_not_known_is_refused_and_so_is_the_word_unknown() {
        assert!(takes::<InvoiceQuery>(
            json!({"state": "overdue", "sort": "number"})
        ));
        for word in ["late", "unknown", "", "Overdue"] {
            assert!(!takes::<InvoiceQuery>(json!({"state": word})), "{word}");
            assert!(!takes::<InvoiceQuery>(json!({"sort": word})), "{word}");
            assert!(!takes::<PaymentQuery>(json!({"status": word})), "{word}");
            assert!(!takes::<PaymentQuery>(json!({"kind": word})), "{word}");
            assert!(!takes::<PaymentQuery>(json!({"sort": word})), "{word}");
            assert!(!takes::<HistoryQuery>(json!({"order": word})), "{word}");
            assert!(!takes::<EventQuery>(json!({"list": word})), "{word}");
            let figure = json!({"figure": word, "currency": "EUR"});
            assert!(!takes::<FigureQuery>(figure), "{word}");
        }
    }

    #[test]
    fn a_page_has_as_many_rows_as_are_allowed() {
        for (rows, taken) in [(0, false), (1, true), (200, true), (201, false)] {
            assert_eq!(
                takes::<InvoiceQuery>(json!({"limit": rows})),
                taken,
                "{rows}"
            );
        }
    }

    #[test]
    fn what_could_be_no_cursor_is_refused() {
        for (cursor, taken) in [("abc-_9", true), ("", false), ("a b", false), ("a=", false)] {
            let query = json!({"cursor": cursor});
            assert_eq!(takes::<HistoryQuery>(query), taken, "{cursor}");
        }
    }
}
