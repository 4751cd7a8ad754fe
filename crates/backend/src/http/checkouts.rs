//! `/checkouts`: a payment by a customer, from the button to its end.

use api_types::{
    ChangeMethod, Checkout, CheckoutId, CreateCheckout, CreateLaunch, CustomerId, Page,
};
use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Id;
use super::customer::Customer;
use super::error::ApiError;
use super::idempotency::{Answer, FirstRun, IdempotencyKey, once};
use super::json::JsonBody;
use crate::app::App;
use crate::db::{DbError, WriteTx};
use crate::payments::CheckoutError;
use crate::payments::change;
use crate::payments::checkouts;
use crate::payments::create::{self, RecordResult};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create, live))
        .routes(routes!(read))
        .routes(routes!(cancel))
        .routes(routes!(launch_again))
        .routes(routes!(change_method))
}

const NO_STORE: [(HeaderName, HeaderValue); 1] =
    [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];

impl From<CheckoutError> for ApiError {
    fn from(error: CheckoutError) -> Self {
        match error {
            CheckoutError::NotFound => Self::NotFound,
            CheckoutError::Off => Self::FeatureOff,
            CheckoutError::UnknownMethod => Self::field("method", "invalid"),
            CheckoutError::BadToken => Self::field("launch_token", "invalid"),
            CheckoutError::Field(name, code) => Self::field(name, code),
            CheckoutError::TooSmall(least) => Self::beyond("amount", "too_small", least),
            CheckoutError::TooLarge(most) => Self::beyond("amount", "too_large", most),
            CheckoutError::NotPayable => Self::NotPayable,
            CheckoutError::TotalChanged => Self::TotalChanged,
            CheckoutError::Open(checkout) => Self::CheckoutOpen(Some(checkout)),
            CheckoutError::TooManyOpen => Self::TooManyOpen,
            CheckoutError::Over => Self::CheckoutOver,
            CheckoutError::PageStillOpen => Self::PageStillOpen,
            CheckoutError::GatewayAway => Self::GatewayAway,
            CheckoutError::Broken(error) => error.into(),
        }
    }
}

impl RecordResult for FirstRun {
    async fn record_created(&self, tx: &WriteTx, id: &CheckoutId) -> Result<(), DbError> {
        Self::record_created(self, tx, id.as_str()).await
    }
}

/// Makes a checkout, and asks the payment provider for its page. Where the provider is slow,
/// the answer is a checkout that is `created` and becomes `open` by itself.
#[utoipa::path(
    post,
    path = "/checkouts",
    tag = "checkouts",
    params(IdempotencyKey),
    request_body = CreateCheckout,
    responses(
        (status = CREATED, body = Checkout),
        (
            status = NOT_FOUND,
            description = "`not_found`: what it is to pay for is not there.\n\
                `feature_off`: nothing can be paid here, or no parts."
        ),
        (
            status = CONFLICT,
            description = "`checkout_open`: a checkout is open on it already.\n\
                `total_changed`: the total is another by now.\n\
                `not_payable`: it cannot be paid now."
        ),
    )
)]
async fn create(
    State(app): State<App>,
    customer: Customer,
    key: IdempotencyKey,
    body: JsonBody<CreateCheckout>,
) -> Result<Response, ApiError> {
    let (of, id, request) = (app.clone(), customer.id.clone(), body.value);
    let run = move |first| make(of, id, request, first);
    once(&app, &customer, "POST /checkouts", key, &body.hash, run).await
}

async fn make(
    app: App,
    customer: CustomerId,
    request: CreateCheckout,
    first: FirstRun,
) -> Result<Answer, ApiError> {
    let created_before = first
        .created_before()
        .and_then(|id| CheckoutId::parse(id).ok());
    let id = match created_before {
        Some(id) => id,
        None => create::create(&app, &customer, &request, &first).await?,
    };
    let checkout = checkouts::stored_view(&app, &customer, &id).await?;
    Answer::new(StatusCode::CREATED, &checkout)
}

/// The checkouts that are not over, the newest first.
#[utoipa::path(
    get,
    path = "/checkouts",
    tag = "checkouts",
    responses((status = OK, body = Page<Checkout>))
)]
async fn live(State(app): State<App>, customer: Customer) -> Result<Response, ApiError> {
    let page = checkouts::live(&app, &customer.id).await?;
    Ok(no_store_json(StatusCode::OK, &page))
}

/// How a checkout stands. Where it is not over, the payment provider is asked first, but not
/// more often than every few seconds and not for long.
#[utoipa::path(
    get,
    path = "/checkouts/{id}",
    tag = "checkouts",
    params(("id" = CheckoutId, Path, description = "The checkout.")),
    responses((status = OK, body = Checkout))
)]
async fn read(
    State(app): State<App>,
    customer: Customer,
    Id(id): Id<CheckoutId>,
) -> Result<Response, ApiError> {
    let checkout = checkouts::look(&app, &customer.id, &id).await?;
    Ok(no_store_json(StatusCode::OK, &checkout))
}

/// Turns back, at the payment provider first. Refused once pay was pressed.
#[utoipa::path(
    post,
    path = "/checkouts/{id}/cancel",
    tag = "checkouts",
    params(("id" = CheckoutId, Path, description = "The checkout.")),
    responses(
        (status = OK, body = Checkout),
        (status = CONFLICT, description = "`checkout_over`: pay was pressed."),
        (
            status = SERVICE_UNAVAILABLE,
            description = "`gateway_away`: the payment provider cannot be reached."
        ),
    )
)]
async fn cancel(
    State(app): State<App>,
    customer: Customer,
    Id(id): Id<CheckoutId>,
) -> Result<Response, ApiError> {
    let checkout = checkouts::cancel(&app, &customer.id, &id).await?;
    Ok(no_store_json(StatusCode::OK, &checkout))
}

/// Prepares another window, link or QR code to the same checkout.
#[utoipa::path(
    post,
    path = "/checkouts/{id}/launches",
    tag = "checkouts",
    params(("id" = CheckoutId, Path, description = "The checkout.")),
    request_body = CreateLaunch,
    responses(
        (status = CREATED, body = Checkout),
        (status = CONFLICT, description = "`checkout_over`: it cannot be paid any more."),
    )
)]
async fn launch_again(
    State(app): State<App>,
    customer: Customer,
    Id(id): Id<CheckoutId>,
    body: JsonBody<CreateLaunch>,
) -> Result<Response, ApiError> {
    let checkout = checkouts::launch_again(&app, &customer.id, &id, &body.value).await?;
    Ok(no_store_json(StatusCode::CREATED, &checkout))
}

/// Pays the same another way: the page that is open is closed at its payment provider first,
/// and a new attempt takes its place in the same checkout. Refused once pay was pressed, and
/// with `page_still_open` where the page cannot be closed and the customer has not said that
/// it may stay open.
#[utoipa::path(
    post,
    path = "/checkouts/{id}/attempts",
    tag = "checkouts",
    params(("id" = CheckoutId, Path, description = "The checkout."), IdempotencyKey),
    request_body = ChangeMethod,
    responses(
        (status = OK, body = Checkout),
        (status = NOT_FOUND, description = "`feature_off`: nothing can be paid here."),
        (
            status = CONFLICT,
            description = "`total_changed`: the total is another by now.\n\
                `not_payable`: it cannot be paid now.\n\
                `checkout_over`: pay was pressed.\n\
                `page_still_open`: the page that is open cannot be closed."
        ),
        (
            status = SERVICE_UNAVAILABLE,
            description = "`gateway_away`: the payment provider cannot be reached."
        ),
    )
)]
async fn change_method(
    State(app): State<App>,
    customer: Customer,
    Id(id): Id<CheckoutId>,
    key: IdempotencyKey,
    body: JsonBody<ChangeMethod>,
) -> Result<Response, ApiError> {
    let route = format!("POST /checkouts/{id}/attempts");
    let (of, whose, request) = (app.clone(), customer.id.clone(), body.value);
    let run = move |first| change_once(of, (whose, id), request, first);
    once(&app, &customer, &route, key, &body.hash, run).await
}

async fn change_once(
    app: App,
    (customer, id): (CustomerId, CheckoutId),
    request: ChangeMethod,
    first: FirstRun,
) -> Result<Answer, ApiError> {
    if first.created_before().is_none() {
        change::change(&app, &customer, &id, &request, &first).await?;
    }
    let checkout = checkouts::stored_view(&app, &customer, &id).await?;
    Answer::new(StatusCode::OK, &checkout)
}

fn no_store_json<T: Serialize>(status: StatusCode, value: &T) -> Response {
    (status, NO_STORE, Json(value)).into_response()
}
