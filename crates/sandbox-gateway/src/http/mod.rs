//! The gateway's addresses: the merchant API, the customer's pages, and their assets.

mod api;
mod assets;
mod auth;
mod headers;
mod pages;
mod problem;
mod template;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::shared::Shared;
use problem::Problem;

/// How many bytes a body may have. Orders and forms are small, so a larger one is a mistake.
const LARGEST_BODY: usize = 64 * 1024;

/// All that the gateway answers.
pub fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .merge(pages(&shared))
        .nest("/api", merchant_api(&shared))
        .route("/healthz", get(|| async { StatusCode::NO_CONTENT }))
        .route("/assets/style.css", get(assets::style))
        .route("/assets/icon.svg", get(assets::icon))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(headers::everywhere))
        .with_state(shared)
}

fn pages(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(pages::front))
        .route("/pay/{id}", get(pages::show).post(pages::pay))
        .route("/pay/{id}/back", post(pages::back))
        .route("/open", post(pages::open))
        .fallback(pages::missing)
        .layer(from_fn_with_state(shared.clone(), headers::of_pages))
}

fn merchant_api(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    let payments = Router::new()
        .route("/payments", post(api::create).get(api::by_reference))
        .route("/payments/{id}", get(api::read))
        .route("/payments/{id}/cancel", post(api::cancel))
        .route("/payments/{id}/settle", post(api::settle))
        .route("/payments/{id}/refunds", post(api::refund))
        .route(
            "/payments/{id}/refunds/{refund}/fail",
            post(api::fail_refund),
        )
        .route("/payments/{id}/dispute", post(api::dispute))
        .layer(from_fn_with_state(shared.clone(), api::away_when_asked));
    Router::new()
        .route("/faults", get(api::faults).put(api::set_faults))
        .merge(payments)
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(from_fn_with_state(shared.clone(), auth::merchants_only))
}
