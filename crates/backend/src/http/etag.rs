//! Reads of an account: an unchanged one is answered without reading it.
//!
//! The tag is made of the customer's version, the portal's day (overdue changes at midnight with no
//! transaction), the settings, the person and the address. It is weak: `as_of` differs where all
//! else is the same, and a 304 renews it from its `Date`. What changes by the clock alone, such as
//! an event that is over, is in the tag by the minute and by the last hold that has run out.

use api_types::{CustomerId, Versioned};
use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::customer::Customer;
use super::error::ApiError;
use crate::app::App;
use crate::db::{DbError, ReadTx, Terms, customers, events};
use crate::digest::sha256_hex;

/// One `GET` of a customer. Its terms are fixed when it begins, so that the tag and what is read
/// agree at midnight.
#[derive(Debug)]
pub struct Reading {
    /// Who asks.
    pub customer: Customer,
    /// The day in the portal's time zone, and the other terms by which figures are computed.
    pub terms: Terms,
    uri: Uri,
    known: Option<HeaderValue>,
    changes_by: ChangesBy,
}

/// What makes a reading change by the clock, besides the portal's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ChangesBy {
    /// Nothing.
    Never,
    /// Events that begin, and holds that run out.
    ByEvents,
    /// The same, and every minute.
    ByTheMinute,
}

impl FromRequestParts<App> for Reading {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let customer = Customer::from_request_parts(parts, app).await?;
        Ok(Self {
            customer,
            terms: app.terms(),
            uri: parts.uri.clone(),
            known: parts.headers.get(IF_NONE_MATCH).cloned(),
            changes_by: ChangesBy::Never,
        })
    }
}

impl Reading {
    /// The same reading of something that changes by the minute: an event that begins or ends, a
    /// hold that runs out.
    #[must_use]
    pub fn by_the_clock(mut self) -> Self {
        self.changes_by = ChangesBy::ByTheMinute;
        self
    }

    /// The same reading of something that changes when an event begins or a hold runs out, and at
    /// no other moment.
    #[must_use]
    pub fn by_events(mut self) -> Self {
        self.changes_by = ChangesBy::ByEvents;
        self
    }

    /// Answers 304 if the caller has the current version, and runs `read` otherwise.
    ///
    /// # Errors
    /// The error of `read`; or [`ApiError::Internal`] if there is no such customer, a stored value
    /// cannot be read, or the database fails.
    pub async fn answer<T: Versioned + Serialize>(
        &self,
        app: &App,
        read: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<Response, ApiError> {
        let id = &self.customer.id;
        let (version, moment) = app
            .db()
            .read(async |tx: &ReadTx| {
                let version = customers::version(tx, id).await?;
                Ok::<_, DbError>((version, self.moment(tx).await?))
            })
            .await?;
        let tag = self.tag(app, version, &moment);
        if self.known.as_ref().is_some_and(|known| lists(known, &tag)) {
            return Ok((StatusCode::NOT_MODIFIED, self.headers(&tag)).into_response());
        }
        let value = read.await?;
        // Something may have changed since the version was looked at: the tag
        // is that of what was read.
        let tag = self.tag(app, value.version(), &moment);
        Ok((self.headers(&tag), Json(value)).into_response())
    }

    /// The part of the tag that changes by the clock within a day.
    async fn moment(&self, tx: &ReadTx) -> Result<String, DbError> {
        let (id, now) = (&self.customer.id, self.terms.now);
        let since = match self.changes_by {
            ChangesBy::Never => return Ok(String::new()),
            ChangesBy::ByEvents => events::begun_last(tx, id, now).await?,
            ChangesBy::ByTheMinute => Some(now.as_millis().div_euclid(60_000)),
        };
        let run_out = events::run_out_last(tx, id, now).await?;
        let (since, run_out) = (since.unwrap_or_default(), run_out.unwrap_or_default());
        Ok(format!(".{since:x}.{run_out:x}"))
    }

    fn tag(&self, app: &App, version: u64, moment: &str) -> String {
        tag(
            version,
            &format!("{}{moment}", self.terms.today),
            app.settings_version(),
            &self.customer.id,
            &self.uri,
        )
    }

    fn headers(&self, tag: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_str(tag) {
            headers.insert(ETAG, value);
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers
    }
}

fn tag(version: u64, moment: &str, settings: &str, person: &CustomerId, uri: &Uri) -> String {
    let about = sha256_hex(format!("{person}\n{uri}"));
    let about: String = about.chars().take(16).collect();
    format!("W/\"{version}-{moment}-{settings}-{about}\"")
}

/// Whether `If-None-Match` lists the tag, compared weakly (RFC 9110, 13.1.2).
pub(super) fn lists(known: &HeaderValue, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known
        .to_str()
        .is_ok_and(|known| known.split(',').any(|one| bare(one) == bare(tag)))
}
