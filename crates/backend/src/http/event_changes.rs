//! What customers do about an event: ask for it, move it, cancel it, write about it. All of these
//! write in one transaction, publish the change to the streams, and then read the event.

use std::collections::BTreeMap;

use api_types::{
    CancelEvent, CustomerId, Event, EventId, RequestEvent, RescheduleEvent, SendMessage,
};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use words::key;

use super::address::Id;
use super::customer::Customer;
use super::error::ApiError;
use super::idempotency::{Answer, FirstRun, IdempotencyKey, once};
use super::json::JsonBody;
use crate::app::App;
use crate::db::booking::{self, BookingError, Charge};
use crate::db::{DbError, ReadTx, Terms, WriteTx, customers, events};
use crate::ids;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(reschedule))
        .routes(routes!(cancel))
        .routes(routes!(send))
}

/// What a customer does.
#[derive(Debug)]
pub(super) enum EventCommand {
    /// Asks for an event.
    Ask(RequestEvent),
    /// Moves it.
    Move(RescheduleEvent),
    /// Cancels it.
    Cancel(Charge),
    /// Writes about it.
    Send(SendMessage),
}

/// Moves an event to another offered time. It keeps its id, its service and its money.
#[utoipa::path(
    post,
    path = "/events/{id}/time",
    tag = "events",
    params(("id" = EventId, Path, description = "The event."), IdempotencyKey),
    request_body = RescheduleEvent,
    responses(
        (status = OK, body = Event),
        (
            status = CONFLICT,
            description = "`time_taken`: the time is not offered, or not any more.\n\
                `not_changeable`: it cannot be moved any more."
        ),
    )
)]
async fn reschedule(
    State(app): State<App>,
    customer: Customer,
    Id(id): Id<EventId>,
    key: IdempotencyKey,
    body: JsonBody<RescheduleEvent>,
) -> Result<Response, ApiError> {
    let route = format!("POST /events/{id}/time");
    let (of, who, command) = (
        app.clone(),
        customer.id.clone(),
        EventCommand::Move(body.value),
    );
    let run = move |first| perform(of, who, id, command, first);
    once(&app, &customer, &route, key, &body.hash, run).await
}

/// Cancels an event. Money that was paid ahead is credit; what cancelling costs is charged to
/// the account.
#[utoipa::path(
    post,
    path = "/events/{id}/cancellation",
    tag = "events",
    params(("id" = EventId, Path, description = "The event."), IdempotencyKey),
    request_body = CancelEvent,
    responses(
        (status = OK, body = Event),
        (
            status = CONFLICT,
            description = "`terms_changed`: it costs something else by now.\n\
                `not_changeable`: it cannot be cancelled any more."
        ),
    )
)]
async fn cancel(
    State(app): State<App>,
    customer: Customer,
    Id(id): Id<EventId>,
    key: IdempotencyKey,
    body: JsonBody<CancelEvent>,
) -> Result<Response, ApiError> {
    let route = format!("POST /events/{id}/cancellation");
    let charge = Charge {
        payment: ids::payment().map_err(|e| DbError::Refused(e.to_string()))?,
        told: body.value.displayed_charge,
    };
    let (of, who, command) = (
        app.clone(),
        customer.id.clone(),
        EventCommand::Cancel(charge),
    );
    let run = move |first| perform(of, who, id, command, first);
    once(&app, &customer, &route, key, &body.hash, run).await
}

/// Writes to the provider about an event: at most three times until they answer.
#[utoipa::path(
    post,
    path = "/events/{id}/messages",
    tag = "events",
    params(("id" = EventId, Path, description = "The event."), IdempotencyKey),
    request_body = SendMessage,
    responses(
        (status = OK, body = Event),
        (status = NOT_FOUND, description = "`feature_off`: nothing can be written here."),
        (status = CONFLICT, description = "`wait_for_answer`: the provider answers first."),
    )
)]
async fn send(
    State(app): State<App>,
    customer: Customer,
    Id(id): Id<EventId>,
    key: IdempotencyKey,
    body: JsonBody<SendMessage>,
) -> Result<Response, ApiError> {
    let route = format!("POST /events/{id}/messages");
    let (of, who, command) = (
        app.clone(),
        customer.id.clone(),
        EventCommand::Send(body.value),
    );
    let run = move |first| perform(of, who, id, command, first);
    once(&app, &customer, &route, key, &body.hash, run).await
}

/// Runs a command, unless an earlier run with the same key has, and answers with the event.
///
/// # Errors
/// [`ApiError::NotFound`] if the customer has no such event, the [`ApiError`] of a command that is
/// refused (see [`BookingError`]), [`ApiError::AmountTooLarge`] if a sum of amounts is beyond its
/// bound, [`ApiError::Internal`] if the database fails or the answer cannot be serialised.
pub(super) async fn perform(
    app: App,
    customer: CustomerId,
    id: EventId,
    command: EventCommand,
    first: FirstRun,
) -> Result<Answer, ApiError> {
    let status = match command {
        EventCommand::Ask(_) => StatusCode::CREATED,
        _ => StatusCode::OK,
    };
    let made_before = first
        .created_before()
        .and_then(|id| EventId::parse(id).ok());
    let id = match made_before {
        Some(id) => id,
        None => {
            let versions = write(&app, &customer, &id, &command, &first).await?;
            app.publish_accounts(versions);
            id
        }
    };
    let terms = app.terms();
    let event = app
        .db()
        .read(async |tx: &ReadTx| events::find(tx, &customer, &id, &terms).await)
        .await?;
    Answer::new(status, &event.ok_or(ApiError::NotFound)?)
}

async fn write(
    app: &App,
    customer: &CustomerId,
    id: &EventId,
    command: &EventCommand,
    first: &FirstRun,
) -> Result<BTreeMap<CustomerId, u64>, BookingError> {
    let terms = app.terms();
    app.db()
        .write(async |tx| {
            // A time that ran out a moment ago is free, though the background has not said so.
            let mut versions = booking::let_lapse(tx, terms.now).await?;
            run_command(app, tx, customer, id, command, &terms).await?;
            first.record_created(tx, id.as_str()).await?;
            versions.insert(customer.clone(), customers::touch(tx, customer).await?);
            Ok::<_, BookingError>(versions)
        })
        .await
}

async fn run_command(
    app: &App,
    tx: &WriteTx,
    customer: &CustomerId,
    id: &EventId,
    command: &EventCommand,
    terms: &Terms,
) -> Result<(), BookingError> {
    match command {
        EventCommand::Ask(request) => booking::ask(tx, customer, id, request, terms).await,
        EventCommand::Move(to) => booking::reschedule(tx, customer, id, to, terms).await,
        EventCommand::Cancel(charge) => {
            let describe = |title: &str| {
                // What would follow a `#` never leaves the server, so there is none.
                let title = title.replace('#', "");
                app.words().fill(
                    key::payments::LATE_CANCELLATION,
                    [("title", title.as_str())],
                )
            };
            booking::cancel(tx, customer, id, charge, describe, terms).await
        }
        EventCommand::Send(message) => booking::send(tx, customer, id, message, terms).await,
    }
}
