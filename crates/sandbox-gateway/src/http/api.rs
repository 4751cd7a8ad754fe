//! The merchant API: create a payment, read it, call it off, give its money back; and, for tests,
//! settle it, dispute it, and faults.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::problem::Problem;
use crate::clock;
use crate::faults::Faults;
use crate::gateway_state::{Conditions, Created, GatewayState, Refused};
use crate::shared::Shared;
use crate::signature::hex;
use crate::wire::{
    CreatePayment, DisputePayment, FieldErrors, PaymentView, RefundPayment, SettlePayment,
};

type Body = Result<Bytes, BytesRejection>;

/// `POST /api/payments`: creates a payment, once for each idempotency key.
///
/// # Errors
/// [`Problem`] if the `Idempotency-Key` header is missing or not 1 to 255 characters long, the body
/// cannot be read, is too large or is not the JSON that is asked for, a field of it is wrong, the
/// key was used with another body, or the change cannot be saved.
pub async fn create(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, Problem> {
    let key = idempotency_key(&headers).ok_or_else(Problem::key_missing)?;
    let body = body.map_err(|error| Problem::unreadable(error.status(), error.body_text()))?;
    let body_hash = hex(&Sha256::digest(&body));
    // A known key is answered before the body is judged: another body may be wrong in itself, and
    // is still told that the key was used.
    let answered = shared
        .with_state(|state, _| state.stored_answer(key, &body_hash))
        .await?;
    let created = match answered {
        Some(answered) => answered,
        None => {
            let asked: CreatePayment = read_json(&body)?;
            let order = asked.order(clock::now()).map_err(Problem::fields)?;
            shared
                .with_state(|state, at| state.create(key, &body_hash, order, at))
                .await?
        }
    };
    match created {
        Created::Answer(view) => {
            let location = [(LOCATION, format!("/api/payments/{}", view.id()))];
            Ok((StatusCode::CREATED, location, Json(view)))
        }
        Created::KeyReused => Err(Problem::key_reused()),
    }
}

/// `GET /api/payments/{id}`: reads a payment.
///
/// # Errors
/// [`Problem`] if there is no such payment, the fault `no-such-payment` is on, or what has become
/// due meanwhile cannot be saved.
pub async fn read(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<PaymentView>, Problem> {
    if shared.faults().no_such_payment {
        return Err(Problem::not_found());
    }
    act(&shared, &id, |_, _| Ok(())).await
}

/// The query of a list.
#[derive(Deserialize)]
pub struct ByReference {
    reference: Option<String>,
}

/// A list.
#[derive(Serialize)]
pub struct List {
    data: Vec<PaymentView>,
}

/// `GET /api/payments?reference=R`: lists the payments with a reference, for a merchant that
/// crashed before it could note the id.
///
/// # Errors
/// [`Problem`] if the query names no reference, or what has become due meanwhile cannot be saved.
pub async fn by_reference(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<ByReference>,
) -> Result<Json<List>, Problem> {
    let missing = || Problem::fields(FieldErrors::from([("reference", "missing")]));
    let reference = query.reference.ok_or_else(missing)?;
    if shared.faults().no_such_payment {
        return Ok(Json(List { data: Vec::new() }));
    }
    let data = shared
        .with_state(|state, at| state.by_reference(&reference, at))
        .await?;
    Ok(Json(List { data }))
}

/// `POST /api/payments/{id}/cancel`: cancels a payment for the merchant.
///
/// # Errors
/// [`Problem`] if there is no such payment, its money is on its way or has arrived, the fault
/// `cannot-cancel` or `no-such-payment` is on, or the change cannot be saved.
pub async fn cancel(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<PaymentView>, Problem> {
    let faults = shared.faults();
    if faults.cannot_cancel {
        return Err(Problem::method_not_allowed());
    }
    if faults.no_such_payment {
        return Err(Problem::not_found());
    }
    act(&shared, &id, |state, at| state.cancel(&id, at)).await
}

/// `POST /api/payments/{id}/settle`: a test decides whether money that is on its way arrives.
///
/// # Errors
/// [`Problem`] if the body cannot be read, is too large or is not the JSON that is asked for, there
/// is no such payment, its state does not allow it (see [`GatewayState::settle`]), or the change cannot be
/// saved.
pub async fn settle(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: Body,
) -> Result<Json<PaymentView>, Problem> {
    let body = body.map_err(|error| Problem::unreadable(error.status(), error.body_text()))?;
    let asked: SettlePayment = read_json(&body)?;
    act(&shared, &id, |state, at| {
        state.settle(&id, asked.status, at)
    })
    .await
}

/// `POST /api/payments/{id}/refunds`: refunds an amount, or all that is left.
///
/// # Errors
/// [`Problem`] if the body cannot be read, is too large or is not the JSON that is asked for, its
/// amount is zero or no amount, there is no such payment, less than that is left of it, or the
/// change cannot be saved.
pub async fn refund(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: Body,
) -> Result<impl IntoResponse, Problem> {
    let body = body.map_err(|error| Problem::unreadable(error.status(), error.body_text()))?;
    let asked: RefundPayment = read_json(&body)?;
    let amount = asked.amount().map_err(Problem::fields)?;
    let view = act(&shared, &id, |state, at| state.refund(&id, amount, at)).await?;
    Ok((StatusCode::CREATED, view))
}

/// `POST /api/payments/{id}/refunds/{refund}/fail`: a test plays the customer's bank, which sends a
/// refund back.
///
/// # Errors
/// [`Problem`] if there is no such payment, it has no such refund, the refund has failed already,
/// or the change cannot be saved.
pub async fn fail_refund(
    State(shared): State<Arc<Shared>>,
    Path((id, refund)): Path<(String, String)>,
) -> Result<Json<PaymentView>, Problem> {
    act(&shared, &id, |state, at| {
        state.fail_refund(&id, &refund, at)
    })
    .await
}

/// `POST /api/payments/{id}/dispute`: a test plays the customer's bank, which asks for the money
/// back and then decides.
///
/// # Errors
/// [`Problem`] if the body cannot be read, is too large or is not the JSON that is asked for, there
/// is no such payment, it cannot be disputed or decided now (see [`GatewayState::dispute`]), or the change
/// cannot be saved.
pub async fn dispute(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: Body,
) -> Result<Json<PaymentView>, Problem> {
    let body = body.map_err(|error| Problem::unreadable(error.status(), error.body_text()))?;
    let asked: DisputePayment = read_json(&body)?;
    act(&shared, &id, |state, at| {
        state.dispute(&id, asked.status, at)
    })
    .await
}

/// `GET /api/faults`.
pub async fn faults(State(shared): State<Arc<Shared>>) -> Json<Faults> {
    Json(shared.faults())
}

/// `PUT /api/faults`: switches these faults on and all others off.
///
/// # Errors
/// [`Problem`] if the body cannot be read, is too large or is not the JSON that is asked for.
pub async fn set_faults(
    State(shared): State<Arc<Shared>>,
    body: Body,
) -> Result<Json<Faults>, Problem> {
    let body = body.map_err(|error| Problem::unreadable(error.status(), error.body_text()))?;
    shared.set_faults(read_json(&body)?);
    Ok(Json(shared.faults()))
}

/// The fault `api-away`. Faults themselves can still be switched.
pub async fn away_when_asked(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    if shared.faults().api_away {
        return Problem::away().into_response();
    }
    next.run(request).await
}

/// Does something with a payment and answers with it as it is then.
async fn act(
    shared: &Shared,
    id: &str,
    change: impl FnOnce(&mut GatewayState, &Conditions<'_>) -> Result<(), Refused>,
) -> Result<Json<PaymentView>, Problem> {
    let view = shared.with_state(|state, at| {
        change(state, at)?;
        let payment = state.payment(id, at).ok_or(Refused::Unknown)?;
        Ok::<_, Refused>(PaymentView::of(payment, (at.public_url, at.faults)))
    });
    Ok(Json(view.await??))
}

fn idempotency_key(headers: &HeaderMap) -> Option<&str> {
    let key = headers.get("idempotency-key")?.to_str().ok()?;
    (1..=255).contains(&key.len()).then_some(key)
}

fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body)
        .map_err(|error| Problem::unreadable(StatusCode::BAD_REQUEST, error))
}
