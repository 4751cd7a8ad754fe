//! `/balance`: what is owed, per currency, what makes it up, and credit that covers it.

use api_types::{
    ApplyCredit, Balance, Change, Changed, CustomerId, FigureEntry, FigureQuery, Money, Page,
};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Query;
use super::customer::Customer;
use super::error::ApiError;
use super::etag::Reading;
use super::idempotency::{Answer, FirstRun, IdempotencyKey, once};
use super::json::JsonBody;
use crate::app::App;
use crate::db::balance::{self, NotCovered};
use crate::db::{DbError, ReadTx};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read))
        .routes(routes!(entries))
        .routes(routes!(apply_credit))
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
    let reading = reading.by_events();
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let balance = async {
        let read = async |tx: &ReadTx| balance::read(tx, id, terms).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, balance).await
}

/// The entries that make up one figure of the balance: over all pages they add up to it.
#[utoipa::path(
    get,
    path = "/balance/entries",
    tag = "balance",
    params(FigureQuery),
    responses(
        (status = OK, body = Page<FigureEntry>),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn entries(
    State(app): State<App>,
    reading: Reading,
    Query(query): Query<FigureQuery>,
) -> Result<Response, ApiError> {
    let (id, terms) = (&reading.customer.id, &reading.terms);
    let page = async {
        let read = async |tx: &ReadTx| balance::entries(tx, id, &query, terms).await;
        Ok(app.db().read(read).await?)
    };
    reading.answer(&app, page).await
}

/// Uses credit where it covers everything that could be paid in its currency.
#[utoipa::path(
    post,
    path = "/balance/credit",
    tag = "balance",
    params(IdempotencyKey),
    request_body = ApplyCredit,
    responses(
        (status = OK, body = Balance),
        (status = NOT_FOUND, description = "`feature_off`: nothing can be paid here."),
        (
            status = CONFLICT,
            description = "`checkout_open`: a checkout is open on the balance.\n\
                `total_changed`: the credit is another by now.\n\
                `not_payable`: the credit does not cover it."
        ),
    )
)]
async fn apply_credit(
    State(app): State<App>,
    customer: Customer,
    key: IdempotencyKey,
    body: JsonBody<ApplyCredit>,
) -> Result<Response, ApiError> {
    if !app.settings().features.pay {
        return Err(ApiError::FeatureOff);
    }
    let (of, id, displayed) = (
        app.clone(),
        customer.id.clone(),
        body.value.displayed_credit,
    );
    let run = move |first| cover(of, id, displayed, first);
    once(
        &app,
        &customer,
        "POST /balance/credit",
        key,
        &body.hash,
        run,
    )
    .await
}

async fn cover(
    app: App,
    customer: CustomerId,
    displayed: Money,
    first: FirstRun,
) -> Result<Answer, ApiError> {
    let (terms, id) = (app.terms(), &customer);
    let done_before = first.created_before().is_some();
    let covered = app
        .db()
        .write(async |tx| {
            if !done_before {
                if let Err(why) = balance::cover(tx, id, displayed, &terms).await? {
                    return Ok(Err(why));
                }
                first.record_created(tx, "credit").await?;
            }
            Ok::<_, DbError>(Ok(balance::read(tx, id, &terms).await?))
        })
        .await?;
    let balance = covered.map_err(|why| match why {
        NotCovered::CheckoutOpen(checkout) => ApiError::CheckoutOpen(Some(checkout)),
        NotCovered::CreditChanged => ApiError::TotalChanged,
        NotCovered::NotEnough => ApiError::NotPayable,
    })?;
    app.publish(
        id,
        Change {
            changed: Changed::Account,
            checkout: None,
            version: balance.version,
        },
    );
    Answer::new(StatusCode::OK, &balance)
}
