//! `/history` and `/statement`: what moved the account, on screen and as a file.

use api_types::{HistoryEntry, HistoryQuery, Page, Statement, StatementQuery};
use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use words::key;

use super::address::Query;
use super::download;
use super::error::ApiError;
use super::etag::Reading;
use crate::app::App;
use crate::csv::What;
use crate::db::{ReadTx, history};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(statement))
        .routes(routes!(statement_csv))
}

/// What moved the account, with the running balance.
#[utoipa::path(
    get,
    path = "/history",
    tag = "history",
    params(HistoryQuery),
    responses(
        (status = OK, body = Page<HistoryEntry>),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn list(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<HistoryQuery>,
) -> Result<Response, ApiError> {
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let page = async {
        let read = async |tx: &ReadTx| history::list(tx, id, &query, terms).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, page).await
}

/// The sums of some days; their entries are those of the history.
#[utoipa::path(
    get,
    path = "/statement",
    tag = "history",
    params(StatementQuery),
    responses(
        (status = OK, body = Statement),
        (status = NOT_MODIFIED, description = "The caller has it already."),
        (status = NOT_FOUND, description = "`not_found`: there is no such account any more."),
    )
)]
async fn statement(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<StatementQuery>,
) -> Result<Response, ApiError> {
    check(&query)?;
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let found = async {
        let read = async |tx: &ReadTx| history::statement(tx, id, &query, terms).await;
        app.db().read(read).await?.ok_or(ApiError::NotFound)
    };
    reading.answer(&app, found).await
}

/// The statement with its entries, for a spreadsheet: the opening balance, the entries, the
/// oldest first, and the closing balance of each currency.
#[utoipa::path(
    get,
    path = "/statement/csv",
    tag = "history",
    params(StatementQuery),
    responses((status = OK, body = String, content_type = "text/csv"))
)]
async fn statement_csv(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<StatementQuery>,
) -> Result<Response, ApiError> {
    check(&query)?;
    let (from, to) = (query.from.to_string(), query.to.to_string());
    let days = [("from", from.as_str()), ("to", to.as_str())];
    let name = app.words().fill(key::csv::STATEMENT_FILE, days);
    let what = What::Statement(query);
    download::csv(&app, reading.customer.id, reading.terms, what, &name).await
}

/// Refuses a statement that ends before it begins.
///
/// # Errors
/// [`ApiError::Fields`] for `to` if the last day is before the first.
pub(super) fn check(query: &StatementQuery) -> Result<(), ApiError> {
    if query.to < query.from {
        return Err(ApiError::field("to", "invalid"));
    }
    Ok(())
}
