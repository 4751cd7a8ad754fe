//! `/history` and `/statement`: what moved the account.

use api_types::{HistoryEntry, HistoryQuery, Page, Statement, StatementQuery};
use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Query;
use super::error::ApiError;
use super::etag::Reading;
use crate::app::App;
use crate::db::{ReadTx, history};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(statement))
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

/// A statement that ends before it begins is about nothing.
pub(super) fn check(query: &StatementQuery) -> Result<(), ApiError> {
    if query.to < query.from {
        return Err(ApiError::field("to", "invalid"));
    }
    Ok(())
}
