//! Readings of an account: unchanged ones cost no reading.
//!
//! The tag is the customer's version, the portal's day (overdue changes at
//! midnight with no transaction), the settings, the person and the address
//! asked for. It is weak: `as_of` differs where all else is the same, and a 304
//! renews it from its `Date`. What the clock alone turns, such as an event that
//! is over, is known by the minute, and by which kept times have run out.

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

/// One `GET` of a customer's. The terms are fixed when it begins, so that the tag
/// and what is read agree at midnight.
#[derive(Debug)]
pub struct Reading {
    /// Who asks.
    pub customer: Customer,
    /// The day in the portal's time zone, and what else figures are reckoned by.
    pub terms: Terms,
    uri: Uri,
    known: Option<HeaderValue>,
    turns: Turns,
}

/// What of the clock a reading turns by, beside the portal's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turns {
    /// Nothing.
    Never,
    /// Events that begin, and kept times that run out.
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
            turns: Turns::Never,
        })
    }
}

impl Reading {
    /// The same reading of something that the clock turns: an event that begins or ends, a
    /// time that is kept no longer.
    #[must_use]
    pub fn by_the_clock(mut self) -> Self {
        self.turns = Turns::ByTheMinute;
        self
    }

    /// The same reading of something that turns when an event begins, or a time is kept no
    /// longer, and at no other moment.
    #[must_use]
    pub fn by_events(mut self) -> Self {
        self.turns = Turns::ByEvents;
        self
    }

    /// Answers 304 where the caller has it already, and reads it where not.
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

    /// The moment that the reading is of, as far as it turns by the clock within a day.
    async fn moment(&self, tx: &ReadTx) -> Result<String, DbError> {
        let (id, now) = (&self.customer.id, self.terms.now);
        let since = match self.turns {
            Turns::Never => return Ok(String::new()),
            Turns::ByEvents => events::begun_last(tx, id, now).await?,
            Turns::ByTheMinute => Some(now.as_millis().div_euclid(60_000)),
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
