//! `/events`: lists of them, one of them, as a file for other calendars too, and the customer's
//! word that they come. What else a customer does about an event stands elsewhere.

use api_types::{Change, Changed, Confirmation, Event, EventId, EventPage, EventQuery};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::{Id, Query};
use super::customer::Customer;
use super::download::attachment;
use super::error::ApiError;
use super::etag::Reading;
use crate::app::App;
use crate::db::{DbError, ReadTx, customers, events};
use crate::ics;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(file))
        .routes(routes!(confirm))
}

/// A page of `Upcoming`, the first first, or of `History`, the last first.
#[utoipa::path(
    get,
    path = "/events",
    tag = "events",
    params(EventQuery),
    responses(
        (status = OK, body = EventPage),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn list(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<EventQuery>,
) -> Result<Response, ApiError> {
    let reading = reading.by_the_clock();
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let page = async {
        let read = async |tx: &ReadTx| events::list(tx, id, &query, terms).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, page).await
}

/// One event, its money, and what can be done about it.
#[utoipa::path(
    get,
    path = "/events/{id}",
    tag = "events",
    params(("id" = EventId, Path, description = "The event.")),
    responses(
        (status = OK, body = Event),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn read(
    State(app): State<App>,
    reading: Reading,
    Id(event): Id<EventId>,
) -> Result<Response, ApiError> {
    let reading = reading.by_the_clock();
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let found = async {
        let read = async |tx: &ReadTx| events::find(tx, id, &event, terms).await;
        app.db().read(read).await?.ok_or(ApiError::NotFound)
    };
    reading.answer(&app, found).await
}

/// One event as an iCalendar file (RFC 5545).
#[utoipa::path(
    get,
    path = "/events/{id}/ics",
    tag = "events",
    params(("id" = EventId, Path, description = "The event.")),
    responses((status = OK, body = String, content_type = "text/calendar"))
)]
async fn file(
    State(app): State<App>,
    customer: Customer,
    Id(id): Id<EventId>,
) -> Result<Response, ApiError> {
    let (of, terms) = (&customer.id, app.terms());
    let read = async |tx: &ReadTx| events::entry(tx, of, &id, &terms).await;
    let entry = app.db().read(read).await?.ok_or(ApiError::NotFound)?;
    let text = ics::Writer::of(&app).single(&entry)?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(ics::CONTENT_TYPE)),
        (CONTENT_DISPOSITION, attachment(&format!("{id}.ics"))),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, text).into_response())
}

/// Confirms an event, also one that is over. Saying it again changes nothing; what does not
/// take place cannot be confirmed.
#[utoipa::path(
    post,
    path = "/events/{id}/confirmation",
    tag = "events",
    params(("id" = EventId, Path, description = "The event.")),
    responses(
        (status = OK, body = Confirmation),
        (
            status = UNPROCESSABLE_ENTITY,
            description = "`invalid`: the event does not take place; `field_errors` names `event`."
        ),
    )
)]
async fn confirm(
    State(app): State<App>,
    customer: Customer,
    Id(id): Id<EventId>,
) -> Result<Response, ApiError> {
    let (now, of) = (app.now(), &customer.id);
    let said = app
        .db()
        .write(async |tx| {
            if events::owner(tx, &id).await?.as_ref() != Some(of) {
                return Ok::<_, DbError>(Err(ApiError::NotFound));
            }
            let Some((confirmed_at, is_new)) = events::confirm(tx, &id, now).await? else {
                return Ok(Err(ApiError::field("event", "invalid")));
            };
            let version = if is_new {
                customers::touch(tx, of).await?
            } else {
                customers::version(tx, of).await?
            };
            Ok(Ok((confirmed_at, is_new, version)))
        })
        .await?;
    let (confirmed_at, is_new, version) = said?;
    if is_new {
        let change = Change {
            changed: Changed::Account,
            checkout: None,
            version,
        };
        app.publish(of, change);
    }
    let confirmation = Confirmation {
        event: id,
        confirmed_at,
        version,
    };
    let no_store = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((no_store, Json(confirmation)).into_response())
}
