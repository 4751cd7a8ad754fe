//! `/webhooks`: notifications of payment providers, which their signatures prove.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Id;
use super::error::ApiError;
use crate::app::App;
use crate::gateways::{BadNotification, Reply};
use crate::payments::webhooks::{self, WebhookError, WebhookOutcome};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(receive))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// The most bytes of a notification: they contain whole objects of the provider's, with whatever
/// else uses the account has noted in them.
const MOST_BYTES: usize = 256 * 1024;

/// Takes a notification of a payment provider. It is a hint: the payment that it names is
/// read from the provider. 503 asks the provider to tell again later.
#[utoipa::path(
    post,
    path = "/webhooks/{gateway}",
    tag = "webhooks",
    params(("gateway" = String, Path, description = "The gateway, by its id in the settings.")),
    responses(
        (status = NO_CONTENT, description = "Taken."),
        (status = BAD_REQUEST, description = "`invalid`: the notification cannot be read."),
        (status = FORBIDDEN, description = "`forbidden`: the signature is not the provider's."),
        (status = PAYLOAD_TOO_LARGE, description = "`too_large`: it has more than 256 KiB."),
        (
            status = SERVICE_UNAVAILABLE,
            description = "`gateway_away`: the provider is to tell it again later."
        ),
    )
)]
async fn receive(
    State(app): State<App>,
    Id(gateway): Id<String>,
    request: Request,
) -> Result<Response, ApiError> {
    let headers = request.headers().clone();
    let body = Bytes::from_request(request, &app).await;
    let body = body.map_err(|e| match e.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        _ => ApiError::Malformed,
    })?;
    let result = webhooks::receive(&app, &gateway, &headers, &body).await;
    if let Some(Reply {
        status,
        content_type,
        body,
    }) = webhooks::reply(&app, &gateway, &result)
    {
        return Ok((status, [(CONTENT_TYPE, content_type)], body).into_response());
    }
    match result {
        Ok(WebhookOutcome::Done) => Ok(StatusCode::NO_CONTENT.into_response()),
        Ok(WebhookOutcome::Later) => Err(ApiError::GatewayAway),
        Err(WebhookError::NoGateway) => Err(ApiError::NotFound),
        Err(WebhookError::Bad(BadNotification::Unreadable)) => Err(ApiError::Malformed),
        Err(WebhookError::Bad(BadNotification::Unverified)) => Err(ApiError::GatewayAway),
        Err(WebhookError::Bad(_)) => Err(ApiError::Forbidden),
        Err(WebhookError::Broken(error)) => Err(error.into()),
    }
}
