//! The stand-in's addresses: the APIs, and the pages for customers.

mod call;
mod disputes;
mod guard;
mod orders;
mod page_forms;
mod pages;
mod payments;
mod token;
mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::refusal::Refusal;
use super::shared::Shared;

/// What the addresses of the APIs begin with.
pub(super) const APIS: &[&str] = &["/v1/", "/v2/"];

/// All that the stand-in answers.
pub(super) fn router(shared: &Arc<Shared>) -> Router {
    let bearers_only = from_fn_with_state(Arc::clone(shared), guard::bearers_only);
    let not_too_fast = from_fn_with_state(Arc::clone(shared), guard::not_too_fast);
    let page_headers = from_fn_with_state(Arc::clone(shared), pages::headers);
    let apis = Router::new()
        .route("/v2/checkout/orders", post(orders::create))
        .route("/v2/checkout/orders/{id}", get(orders::read))
        .route("/v2/checkout/orders/{id}/capture", post(orders::capture))
        .route("/v2/payments/captures/{id}", get(payments::capture))
        .route("/v2/payments/captures/{id}/refund", post(payments::refund))
        .route("/v2/payments/refunds/{id}", get(payments::read_refund))
        .route(
            "/v1/notifications/verify-webhook-signature",
            post(webhooks::verify),
        )
        .route("/v1/customer/disputes", get(disputes::list))
        .route("/v1/customer/disputes/{id}", get(disputes::read))
        .route("/v1/{*rest}", get(nothing).fallback(nothing))
        .route("/v2/{*rest}", get(nothing).fallback(nothing))
        .method_not_allowed_fallback(async || Refusal::plain(StatusCode::METHOD_NOT_ALLOWED))
        .layer(bearers_only)
        .route("/v1/oauth2/token", post(token::token))
        .layer(not_too_fast);
    let pages = Router::new()
        .route("/checkoutnow", get(pages::sign_in).post(pages::choose))
        .route("/checkoutnow/approve", post(pages::approve))
        .route("/checkoutnow/cancel", post(pages::cancel))
        .route("/assets/checkout.css", get(pages::style))
        .fallback(pages::missing)
        .layer(page_headers);
    apis.merge(pages).with_state(Arc::clone(shared))
}

/// An address that the APIs do not have.
async fn nothing() -> Refusal {
    Refusal::plain(StatusCode::NOT_FOUND)
}
