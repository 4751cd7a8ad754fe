//! `/booking`: what can be asked for, and when. Asking itself is `POST /events`.

use api_types::{BookingChoices, Event, OfferedTimes, RequestEvent, TimesQuery};
use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Query;
use super::customer::Customer;
use super::error::ApiError;
use super::event_changes::{EventCommand, perform};
use super::idempotency::{IdempotencyKey, once};
use super::json::JsonBody;
use crate::app::App;
use crate::db::booking::{self, BookingError};
use crate::db::{DbError, ReadTx};
use crate::ids;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(choices))
        .routes(routes!(times))
        .routes(routes!(ask))
}

/// What is free is free until somebody else takes it, so no answer is kept.
const NO_STORE: [(HeaderName, HeaderValue); 1] =
    [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];

impl From<BookingError> for ApiError {
    fn from(error: BookingError) -> Self {
        match error {
            BookingError::NotFound => Self::NotFound,
            BookingError::Off => Self::FeatureOff,
            BookingError::Field(name, code) => Self::field(name, code),
            BookingError::TimeTaken => Self::TimeTaken,
            BookingError::TermsChanged => Self::TermsChanged,
            BookingError::NotChangeable => Self::NotChangeable,
            BookingError::WaitForAnswer => Self::WaitForAnswer,
            BookingError::Broken(error) => error.into(),
        }
    }
}

/// The services that are offered to the customer, who may come along, and why nothing can be
/// asked for where that is so.
#[utoipa::path(
    get,
    path = "/booking",
    tag = "booking",
    responses(
        (status = OK, body = BookingChoices),
        (status = NOT_FOUND, description = "`feature_off`: nothing can be asked for."),
    )
)]
async fn choices(State(app): State<App>, customer: Customer) -> Result<Response, ApiError> {
    let (id, terms) = (&customer.id, app.terms());
    let choices = app
        .db()
        .read(async |tx: &ReadTx| booking::choices(tx, id, &terms).await)
        .await?;
    Ok((NO_STORE, Json(choices)).into_response())
}

/// The times at which a service can be had, by the days of a zone, at most 43 of them. Where
/// an event is to be moved, its own service counts.
#[utoipa::path(
    get,
    path = "/booking/times",
    tag = "booking",
    params(TimesQuery),
    responses(
        (status = OK, body = OfferedTimes),
        (
            status = NOT_FOUND,
            description = "`feature_off`: nothing can be asked for, or moved.\n\
                `not_found`: there is no such event to be moved."
        ),
    )
)]
async fn times(
    State(app): State<App>,
    customer: Customer,
    Query(query): Query<TimesQuery>,
) -> Result<Response, ApiError> {
    let (id, terms) = (&customer.id, app.terms());
    let times = app
        .db()
        .read(async |tx: &ReadTx| booking::times(tx, id, &query, &terms).await)
        .await?;
    Ok((NO_STORE, Json(times)).into_response())
}

/// Asks for an offered time. What comes of it is the event's status: booked, held for its
/// deposit, or requested. A time that somebody else has by now is refused.
#[utoipa::path(
    post,
    path = "/events",
    tag = "booking",
    params(IdempotencyKey),
    request_body = RequestEvent,
    responses(
        (status = CREATED, body = Event),
        (status = NOT_FOUND, description = "`feature_off`: nothing can be asked for."),
        (
            status = CONFLICT,
            description = "`time_taken`: the time is not offered, or not any more.\n\
                `terms_changed`: it costs something else by now.\n\
                `not_changeable`: as many requests are open as may be."
        ),
    )
)]
async fn ask(
    State(app): State<App>,
    customer: Customer,
    key: IdempotencyKey,
    body: JsonBody<RequestEvent>,
) -> Result<Response, ApiError> {
    let id = ids::event().map_err(|e| DbError::Refused(e.to_string()))?;
    let (of, who, request) = (app.clone(), customer.id.clone(), body.value);
    let run = move |first| perform(of, who, id, EventCommand::Ask(request), first);
    once(&app, &customer, "POST /events", key, &body.hash, run).await
}
