//! What stands in an address: an id that is none does not exist, and a query that
//! does not read says which of its fields is wrong.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::error::ApiError;

/// The one id in the path.
#[derive(Clone, Debug)]
pub struct Id<T>(pub T);

impl<T, S> FromRequestParts<S> for Id<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        // What could never be an id is not there, as any other that is not there.
        let Path(id) = Path::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::NotFound)?;
        Ok(Self(id))
    }
}

/// What stands after the question mark.
#[derive(Clone, Debug)]
pub struct Query<T>(pub T);

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        read(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

/// Reads a query. Fields that the type does not have are left aside.
fn read<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let fields = serde_urlencoded::Deserializer::new(pairs);
    serde_path_to_error::deserialize(fields).map_err(|error| unread(&error))
}

/// A query that does not fit the type. Where a value is wrong the path names its field; where
/// a field is missing, or stands there twice, only the words do.
fn unread(error: &serde_path_to_error::Error<serde_urlencoded::de::Error>) -> ApiError {
    if let Some(Segment::Map { key }) = error.path().iter().next() {
        return ApiError::field(key, "invalid");
    }
    let says = error.inner().to_string();
    let field_after = |words: &str| {
        let rest = says.strip_prefix(words)?;
        rest.split_once('`').map(|(name, _)| name.to_owned())
    };
    if let Some(name) = field_after("missing field `") {
        ApiError::field(&name, "missing")
    } else if let Some(name) = field_after("duplicate field `") {
        ApiError::field(&name, "invalid")
    } else {
        ApiError::Malformed
    }
}

#[cfg(test)]
mod tests {
    use api_types::{EventQuery, InvoiceQuery, TimesQuery};

    use super::*;

    fn refused<T: DeserializeOwned + std::fmt::Debug>(query: &str) -> (u16, Vec<String>) {
        let problem = read::<T>(query).unwrap_err().into_problem();
        let fields = problem.field_errors.into_iter();
        let fields = fields.map(|(name, error)| format!("{name} {}", error.code));
        (problem.status, fields.collect())
    }

    #[test]
    fn the_field_that_is_wrong_is_named() {
        for (query, field) in [
            ("state=late", "state invalid"),
            ("sort=unknown", "sort invalid"),
            ("currency=euros", "currency invalid"),
            ("limit=many", "limit invalid"),
            ("limit=0", "limit invalid"),
            ("limit=201", "limit invalid"),
            ("limit=-1", "limit invalid"),
            ("cursor=a%20b", "cursor invalid"),
            ("from=yesterday", "from invalid"),
            ("search=x&to=2026-02-30", "to invalid"),
            ("sort=newest&sort=oldest", "sort invalid"),
        ] {
            let expected = (422, vec![field.to_owned()]);
            assert_eq!(refused::<InvoiceQuery>(query), expected, "{query}");
        }
        for (query, field) in [
            ("", "list missing"),
            ("list=tomorrow", "list invalid"),
            ("list=history&status=maybe", "status invalid"),
            ("list=history&unpaid=perhaps", "unpaid invalid"),
        ] {
            let expected = (422, vec![field.to_owned()]);
            assert_eq!(refused::<EventQuery>(query), expected, "{query}");
        }
        let days = "service=Yoga&from=2026-11-21&to=2026-11-22";
        for (query, field) in [
            (days.to_owned(), "zone missing"),
            (format!("{days}&zone=../etc/passwd"), "zone invalid"),
            (format!("{days}&zone=UTC&moving=a/b"), "moving invalid"),
        ] {
            let expected = (422, vec![field.to_owned()]);
            assert_eq!(refused::<TimesQuery>(&query), expected, "{query}");
        }
    }

    #[test]
    fn what_nobody_knows_is_left_aside() {
        let query: InvoiceQuery = read("utm_source=letter&limit=7").unwrap();
        assert_eq!(query.limit, Some(7));
    }
}
