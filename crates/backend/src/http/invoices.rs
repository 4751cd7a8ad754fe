//! `/invoices`: the list and one of them.

use api_types::{Invoice, InvoiceId, InvoiceQuery, InvoiceSummary, Page};
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
use crate::db::{ReadTx, invoices};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(csv))
}

/// Invoices, the newest first; or the outstanding ones, the first due first.
#[utoipa::path(
    get,
    path = "/invoices",
    tag = "invoices",
    params(InvoiceQuery),
    responses(
        (status = OK, body = Page<InvoiceSummary>),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn list(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<InvoiceQuery>,
) -> Result<Response, ApiError> {
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let page = async {
        let read = async |tx: &ReadTx| invoices::list(tx, id, &query, terms).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, page).await
}

/// One invoice, as the document shows it.
#[utoipa::path(
    get,
    path = "/invoices/{id}",
    tag = "invoices",
    params(("id" = InvoiceId, Path, description = "The invoice.")),
    responses(
        (status = OK, body = Invoice),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn read(
    State(app): State<App>,
    reading: Reading,
    Id(invoice): Id<InvoiceId>,
) -> Result<Response, ApiError> {
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let found = async {
        let read = async |tx: &ReadTx| invoices::find(tx, id, &invoice, terms).await;
        app.db().read(read).await?.ok_or(ApiError::NotFound)
    };
    reading.answer(&app, found).await
}

/// The lines of one invoice, for a spreadsheet.
#[utoipa::path(
    get,
    path = "/invoices/{id}/csv",
    tag = "invoices",
    params(("id" = InvoiceId, Path, description = "The invoice.")),
    responses((status = OK, body = String, content_type = "text/csv"))
)]
async fn csv(
    State(app): State<App>,
    reading: Reading,
    Id(invoice): Id<InvoiceId>,
) -> Result<Response, ApiError> {
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let find = async |tx: &ReadTx| invoices::find(tx, id, &invoice, terms).await;
    let found = app.db().read(find).await?.ok_or(ApiError::NotFound)?;
    let number = [("number", found.number.as_str())];
    let name = app.words().fill(key::csv::INVOICE_FILE, number);
    let what = What::Invoice(invoice);
    download::csv(&app, reading.customer.id, reading.terms, what, &name).await
}
