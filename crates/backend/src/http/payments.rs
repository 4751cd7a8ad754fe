//! `/payments`: payments, purchases and refunds, the newest first.

use api_types::{Cursor, Page, Payment};
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Query;
use super::error::ApiError;
use super::etag::Reading;
use crate::app::App;
use crate::db::{ReadTx, payments};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Where the page starts and how long it is.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct PageQuery {
    /// Where the page starts.
    cursor: Option<Cursor>,
    /// Rows a page: 50 unless told, at most 200.
    limit: Option<u32>,
}

/// Payments, purchases and refunds, the newest first.
#[utoipa::path(
    get,
    path = "/payments",
    tag = "payments",
    params(PageQuery),
    responses(
        (status = OK, body = Page<Payment>),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn list(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<PageQuery>,
) -> Result<Response, ApiError> {
    let id = &reading.customer.id;
    let page = async {
        let read =
            async |tx: &ReadTx| payments::list(tx, id, query.cursor.as_ref(), query.limit).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, page).await
}
