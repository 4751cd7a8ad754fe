//! `/pay`: what the payment window asks when it opens and when it returns. It has no session; its
//! token, its nonce, or the proof in its return address takes the place of one.

use api_types::{AttemptId, LaunchAnswer, LaunchRequest, ReturnAnswer, ReturnRequest};
use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, LOCATION, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::{Id, Query};
use super::error::ApiError;
use super::json::JsonBody;
use crate::app::App;
use crate::payments::{launch, returns};

/// What the launch and return pages ask, by script.
pub(super) fn script_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(where_to))
        .routes(routes!(status))
}

/// Where payment providers send the window back to, by whatever method they like.
pub(super) fn return_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(returned, returned_by_form))
}

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Where the window may go to. A token that is unknown, expired or spent is told to ask
/// again, as one whose page is not there yet.
#[utoipa::path(
    post,
    path = "/pay/launch",
    tag = "pay",
    request_body = LaunchRequest,
    responses((status = OK, body = LaunchAnswer))
)]
async fn where_to(
    State(app): State<App>,
    body: JsonBody<LaunchRequest>,
) -> Result<Response, ApiError> {
    let answer = launch::launch(&app, &body.value.token).await?;
    Ok(([(CACHE_CONTROL, NO_STORE)], Json(answer)).into_response())
}

/// How a checkout stands, in one word, for who has its nonce.
#[utoipa::path(
    post,
    path = "/pay/status",
    tag = "pay",
    request_body = ReturnRequest,
    responses(
        (status = OK, body = ReturnAnswer),
        (status = NOT_FOUND, description = "`not_found`: the nonce is not the checkout's."),
    )
)]
async fn status(
    State(app): State<App>,
    body: JsonBody<ReturnRequest>,
) -> Result<Response, ApiError> {
    let ReturnRequest { c, n } = body.value;
    let status = returns::status(&app, &c, &n).await?;
    let status = status.ok_or(ApiError::NotFound)?;
    Ok(([(CACHE_CONTROL, NO_STORE)], Json(ReturnAnswer { status })).into_response())
}

/// The proof in a return address.
#[derive(Deserialize)]
struct Proof {
    #[serde(default)]
    s: String,
    /// The proof that the customer turned back.
    cancelled: Option<String>,
}

/// The window comes back from the payment provider and goes on to the return page.
#[utoipa::path(
    get,
    path = "/pay/{attempt}/return",
    tag = "return",
    params(
        ("attempt" = AttemptId, Path, description = "The attempt."),
        ("s" = String, Query, description = "The proof that the address is ours."),
        (
            "cancelled" = Option<String>,
            Query,
            description = "The proof that the customer turned back at the provider."
        ),
    ),
    responses((status = SEE_OTHER, description = "On to the return page."))
)]
async fn returned(
    State(app): State<App>,
    Id(attempt): Id<AttemptId>,
    Query(proof): Query<Proof>,
) -> Result<Response, ApiError> {
    go_back(&app, &attempt, &proof).await
}

/// The same for providers that send a form; nothing in it is read.
#[utoipa::path(
    post,
    path = "/pay/{attempt}/return",
    tag = "return",
    params(
        ("attempt" = AttemptId, Path, description = "The attempt."),
        ("s" = String, Query, description = "The proof that the address is ours."),
        (
            "cancelled" = Option<String>,
            Query,
            description = "The proof that the customer turned back at the provider."
        ),
    ),
    responses((status = SEE_OTHER, description = "On to the return page."))
)]
async fn returned_by_form(
    State(app): State<App>,
    Id(attempt): Id<AttemptId>,
    Query(proof): Query<Proof>,
) -> Result<Response, ApiError> {
    go_back(&app, &attempt, &proof).await
}

async fn go_back(app: &App, attempt: &AttemptId, proof: &Proof) -> Result<Response, ApiError> {
    let back = returns::returned(app, attempt, &proof.s, proof.cancelled.as_deref()).await?;
    let back = back.ok_or(ApiError::NotFound)?;
    // The target comes from the settings alone, and what it is told stands in the fragment,
    // which no server sees.
    let page = app.settings().public_url.join("/pay/return");
    let target = format!("{page}#c={}&n={}", back.checkout, back.nonce);
    let target = HeaderValue::from_str(&target).map_err(|e| ApiError::Internal(e.into()))?;
    let headers = [
        (LOCATION, target),
        (CACHE_CONTROL, NO_STORE),
        // The provider's own address must not travel on either.
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}
