//! `/balance`: what is owed, per currency.

use api_types::Balance;
use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::error::ApiError;
use super::etag::Reading;
use crate::app::App;
use crate::db::{ReadTx, balance};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read))
}

/// What is owed, per currency.
#[utoipa::path(
    get,
    path = "/balance",
    tag = "balance",
    responses(
        (status = OK, body = Balance),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn read(State(app): State<App>, reading: Reading) -> Result<Response, ApiError> {
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let balance = async {
        let read = async |tx: &ReadTx| balance::read(tx, id, terms).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, balance).await
}
