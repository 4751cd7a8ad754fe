//! The documents as PDF: what the screen shows, in the portal's own words.

use api_types::{
    CreditNote, CreditNoteId, HistoryEntry, HistoryQuery, Invoice, InvoiceId, PaymentDetail,
    PaymentId, Statement, StatementQuery,
};
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use documents::RenderContext;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use words::key;

use super::address::{Id, Query};
use super::download::attachment;
use super::error::ApiError;
use super::etag::Reading;
use super::history;
use crate::app::App;
use crate::db::{self, DbError, ReadTx, credit_notes, invoices, payments};

/// A statement of more entries than this is for a spreadsheet, not for paper.
const MOST_ENTRIES: usize = 5_000;
/// How many entries are read at once.
const ROWS_AT_ONCE: u64 = 500;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(invoice))
        .routes(routes!(receipt))
        .routes(routes!(credit_note))
        .routes(routes!(statement_pdf))
}

/// An invoice as tagged PDF.
#[utoipa::path(
    get,
    path = "/invoices/{id}/pdf",
    tag = "invoices",
    params(("id" = InvoiceId, Path, description = "The invoice.")),
    responses((status = OK, body = Vec<u8>, content_type = "application/pdf"))
)]
async fn invoice(
    State(app): State<App>,
    reading: Reading,
    Id(id): Id<InvoiceId>,
) -> Result<Response, ApiError> {
    let (customer, terms) = (&reading.customer.id, &reading.terms);
    let read = async |tx: &ReadTx| Ok(invoices::find(tx, customer, &id, terms).await?);
    let name = |invoice: &Invoice| {
        let number = [("number", invoice.number.as_str())];
        app.words().fill(key::invoices::INVOICE_TITLE, number)
    };
    pdf(&app, read, name, documents::invoice).await
}

/// The receipt of a completed payment as tagged PDF; what has none is not found.
#[utoipa::path(
    get,
    path = "/payments/{id}/receipt",
    tag = "payments",
    params(("id" = PaymentId, Path, description = "The payment.")),
    responses((status = OK, body = Vec<u8>, content_type = "application/pdf"))
)]
async fn receipt(
    State(app): State<App>,
    reading: Reading,
    Id(id): Id<PaymentId>,
) -> Result<Response, ApiError> {
    let (customer, terms) = (&reading.customer.id, &reading.terms);
    let read = async |tx: &ReadTx| {
        let detail = payments::detail(tx, customer, &id, terms).await?;
        Ok(detail.filter(|detail| detail.receipt))
    };
    let name = |_: &PaymentDetail| {
        let number = [("number", id.as_str())];
        app.words().fill(key::documents::RECEIPT_TITLE, number)
    };
    pdf(&app, read, name, documents::receipt).await
}

/// A credit note as tagged PDF.
#[utoipa::path(
    get,
    path = "/credit-notes/{id}/pdf",
    tag = "credit_notes",
    params(("id" = CreditNoteId, Path, description = "The credit note.")),
    responses((status = OK, body = Vec<u8>, content_type = "application/pdf"))
)]
async fn credit_note(
    State(app): State<App>,
    reading: Reading,
    Id(id): Id<CreditNoteId>,
) -> Result<Response, ApiError> {
    let (customer, terms) = (&reading.customer.id, &reading.terms);
    let read = async |tx: &ReadTx| Ok(credit_notes::find(tx, customer, &id, terms).await?);
    let name = |note: &CreditNote| {
        let number = [("number", note.number.as_str())];
        app.words().fill(key::credit_notes::TITLE, number)
    };
    pdf(&app, read, name, documents::credit_note).await
}

/// The statement of some days with its entries, as tagged PDF. One of more than 5000
/// entries is refused with `too_many` on the field `to`: the CSV has no bound.
#[utoipa::path(
    get,
    path = "/statement/pdf",
    tag = "history",
    params(StatementQuery),
    responses(
        (status = OK, body = Vec<u8>, content_type = "application/pdf"),
        (status = NOT_FOUND, description = "`not_found`: there is no such account any more."),
    )
)]
async fn statement_pdf(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<StatementQuery>,
) -> Result<Response, ApiError> {
    history::check(&query)?;
    let read = async |tx: &ReadTx| {
        let found = with_entries(tx, &reading, &query).await?;
        match found {
            Some((_, entries)) if entries.len() > MOST_ENTRIES => {
                Err(ApiError::field("to", "too_many"))
            }
            found => Ok(found),
        }
    };
    let name = |_: &(Statement, Vec<HistoryEntry>)| {
        let (from, to) = (query.from.to_string(), query.to.to_string());
        let days = [("from", from.as_str()), ("to", to.as_str())];
        app.words().fill(key::documents::FILE_STATEMENT, days)
    };
    let set = |(statement, entries): &(Statement, Vec<HistoryEntry>), around: &RenderContext| {
        documents::statement(statement, entries, around)
    };
    pdf(&app, read, name, set).await
}

/// The statement and its entries out of one snapshot, so that they add up; a few more
/// than there may be where there are too many.
async fn with_entries(
    tx: &ReadTx,
    reading: &Reading,
    query: &StatementQuery,
) -> Result<Option<(Statement, Vec<HistoryEntry>)>, DbError> {
    let (customer, terms) = (&reading.customer.id, &reading.terms);
    let Some(statement) = db::history::statement(tx, customer, query, terms).await? else {
        return Ok(None);
    };
    let of_its_days = HistoryQuery {
        from: Some(query.from),
        to: Some(query.to),
        currency: query.currency,
        ..HistoryQuery::default()
    };
    let mut all = db::history::All::of(customer, &of_its_days, terms)?;
    let mut entries = Vec::new();
    while entries.len() <= MOST_ENTRIES {
        let rows = all.next(tx, ROWS_AT_ONCE, terms).await?;
        if rows.is_empty() {
            break;
        }
        entries.extend(rows);
    }
    Ok(Some((statement, entries)))
}

/// Reads a record in one snapshot, sets its document where it holds up no request, and answers with
/// it as a file under a name.
async fn pdf<T: Send + 'static>(
    app: &App,
    read: impl AsyncFnOnce(&ReadTx) -> Result<Option<T>, ApiError>,
    name: impl FnOnce(&T) -> String,
    set: impl FnOnce(&T, &RenderContext) -> Result<Vec<u8>, documents::Error> + Send + 'static,
) -> Result<Response, ApiError> {
    let record = app.db().read(read).await?.ok_or(ApiError::NotFound)?;
    let name = name(&record);
    let turn = app.typesetters().acquire_owned().await;
    let turn = turn.map_err(anyhow::Error::from)?;
    let own = app.clone();
    let work = move || {
        // Who has gone away does not free the processor that is still at work.
        let _turn = turn;
        set(&record, own.render_context())
    };
    let made = tokio::task::spawn_blocking(work).await;
    let bytes = made
        .map_err(anyhow::Error::from)?
        .map_err(anyhow::Error::from)?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (CONTENT_DISPOSITION, attachment(&format!("{name}.pdf"))),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}
