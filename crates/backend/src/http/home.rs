//! `GET /home`: what stands on the first screen besides the balance.

use api_types::Home;
use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::error::ApiError;
use super::etag::Reading;
use crate::app::App;
use crate::db::{ReadTx, home};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read))
}

/// The next event, what there is to do, and the customer's services.
#[utoipa::path(
    get,
    path = "/home",
    tag = "home",
    responses(
        (status = OK, body = Home),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn read(State(app): State<App>, reading: Reading) -> Result<Response, ApiError> {
    let reading = reading.by_the_clock();
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let home = async {
        let read = async |tx: &ReadTx| home::read(tx, id, terms).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, home).await
}
