//! `GET /calendar`: the events of some days, by the days of the reader's zone.

use api_types::{CalendarDays, CalendarQuery};
use axum::extract::State;
use axum::response::Response;
use jiff::Span;
use jiff::tz::TimeZone;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Query;
use super::error::ApiError;
use super::etag::Reading;
use crate::app::App;
use crate::db::{ReadTx, events};
use crate::zones::zone_named;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(days))
}

/// The events that touch some days of a zone, at most 500, and how the clocks change on them.
#[utoipa::path(
    get,
    path = "/calendar",
    tag = "calendar",
    params(CalendarQuery),
    responses(
        (status = OK, body = CalendarDays),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn days(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<CalendarQuery>,
) -> Result<Response, ApiError> {
    let zone = check(&query)?;
    let reading = reading.by_the_clock();
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let days = async {
        let read = async |tx: &ReadTx| events::days(tx, id, &query, &zone, terms).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, days).await
}

/// The zone of the days, where there is one and the days are not too many.
fn check(query: &CalendarQuery) -> Result<TimeZone, ApiError> {
    let (from, to) = (query.from.date(), query.to.date());
    let last = from.checked_add(Span::new().days(i64::from(CalendarQuery::MOST_DAYS)));
    if to < from {
        return Err(ApiError::field("to", "invalid"));
    }
    // A day at the end of time has no day after it, so it has no end in any zone.
    if last.is_err() || to.tomorrow().is_err() || from.yesterday().is_err() {
        return Err(ApiError::field("from", "invalid"));
    }
    if last.is_ok_and(|last| to > last) {
        return Err(ApiError::field("to", "too_many"));
    }
    zone_named(&query.zone).map_err(|_| ApiError::field("zone", "invalid"))
}
