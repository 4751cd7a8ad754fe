//! `/events`: the customer's word that they come.

use api_types::{Change, Changed, Confirmation, EventId};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Id;
use super::customer::Customer;
use super::error::ApiError;
use crate::app::App;
use crate::db::{DbError, customers, events};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(confirm))
}

/// Confirms an event. Saying it again changes nothing; a cancelled event cannot be confirmed.
#[utoipa::path(
    post,
    path = "/events/{id}/confirmation",
    tag = "events",
    params(("id" = EventId, Path, description = "The event.")),
    responses((status = OK, body = Confirmation))
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
