//! `/credit-notes/{id}`: what was taken back of an invoice.

use api_types::{CreditNote, CreditNoteId};
use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Id;
use super::error::ApiError;
use super::etag::Reading;
use crate::app::App;
use crate::db::{ReadTx, credit_notes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read))
}

/// One credit note, as the document shows it.
#[utoipa::path(
    get,
    path = "/credit-notes/{id}",
    tag = "credit_notes",
    params(("id" = CreditNoteId, Path, description = "The credit note.")),
    responses(
        (status = OK, body = CreditNote),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn read(
    State(app): State<App>,
    reading: Reading,
    Id(note): Id<CreditNoteId>,
) -> Result<Response, ApiError> {
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let found = async {
        let read = async |tx: &ReadTx| credit_notes::find(tx, id, &note, terms).await;
        app.db().read(read).await?.ok_or(ApiError::NotFound)
    };
    reading.answer(&app, found).await
}
