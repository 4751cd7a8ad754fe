//! `/payments`: payments, purchases and refunds: the list, also as a file, and one of them.

use api_types::{Page, Payment, PaymentDetail, PaymentId, PaymentQuery};
use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use words::key;

use super::address::{Id, Query};
use super::download;
use super::error::ApiError;
use super::etag::Reading;
use crate::app::App;
use crate::csv::What;
use crate::db::{ReadTx, payments};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(csv))
        .routes(routes!(read))
}

/// Payments, purchases and refunds; the newest first unless told otherwise.
#[utoipa::path(
    get,
    path = "/payments",
    tag = "payments",
    params(PaymentQuery),
    responses(
        (status = OK, body = Page<Payment>),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn list(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<PaymentQuery>,
) -> Result<Response, ApiError> {
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let page = async {
        let read = async |tx: &ReadTx| payments::list(tx, id, &query, terms).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, page).await
}

/// Everything that the query lists, for a spreadsheet. Cursor and limit do not count.
#[utoipa::path(
    get,
    path = "/payments/csv",
    tag = "payments",
    params(PaymentQuery),
    responses((status = OK, body = String, content_type = "text/csv"))
)]
async fn csv(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<PaymentQuery>,
) -> Result<Response, ApiError> {
    let day = reading.terms.today.to_string();
    let name = [("day", day.as_str())];
    let name = app.words().fill(key::csv::PAYMENTS_FILE, name);
    let what = What::Payments(query);
    download::csv(&app, reading.customer.id, reading.terms, what, &name).await
}

/// One payment with its story.
#[utoipa::path(
    get,
    path = "/payments/{id}",
    tag = "payments",
    params(("id" = PaymentId, Path, description = "The payment.")),
    responses(
        (status = OK, body = PaymentDetail),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn read(
    State(app): State<App>,
    reading: Reading,
    Id(payment): Id<PaymentId>,
) -> Result<Response, ApiError> {
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let found = async {
        let read = async |tx: &ReadTx| payments::detail(tx, id, &payment, terms).await;
        app.db().read(read).await?.ok_or(ApiError::NotFound)
    };
    reading.answer(&app, found).await
}
