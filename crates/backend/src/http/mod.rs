//! Requests: one file per noun as in `api-types`, and what stands around them.

pub mod address;
mod balance;
mod booking;
mod calendar;
mod checkouts;
pub mod cookie;
mod credit_notes;
pub mod customer;
mod download;
pub mod error;
pub mod etag;
mod event_changes;
mod events;
mod feed;
mod guard;
mod headers;
mod history;
mod home;
pub mod idempotency;
mod invoices;
pub mod json;
mod openapi;
mod pay;
mod payments;
mod pdf;
pub mod peer;
mod portal;
mod session;
mod sign_in;
mod static_files;
mod stream;
mod trace;
mod webhooks;

use std::time::Duration;

use api_types::API_BASE;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::get;
use axum::{Extension, Router};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa_axum::router::OpenApiRouter;

pub use openapi::openapi;

use crate::app::App;

/// No body of the portal's own comes near this.
const MOST_BODY_BYTES: usize = 32 * 1024;
/// No handler takes this long; a stream's answer begins at once.
const LONGEST: Duration = Duration::from_secs(30);

/// The whole site: the API, the app and its pages, below the public path.
pub fn router(app: &App) -> Router {
    let (api, _) = api().split_for_parts();
    let site = api
        .fallback(static_files::serve)
        .layer(from_fn(guard::for_this_host))
        // Health checks use an address of their own.
        .route(trace::HEALTH, get(async || StatusCode::NO_CONTENT));
    let site = match app.settings().public_url.path() {
        "" => site,
        // What is nested below a path does not answer the path with a slash after it.
        path => Router::new()
            .route(&format!("{path}/"), get(static_files::home))
            .layer(from_fn(guard::for_this_host))
            .nest(path, site),
    };
    let around = ServiceBuilder::new()
        .layer(Extension(app.clone()))
        .layer(from_fn(headers::guarded))
        .layer(from_fn(trace::traced))
        .layer(from_fn(guard::with_one_host))
        .layer(CatchPanicLayer::custom(trace::after_panic))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST,
        ));
    site.layer(around).with_state(app.clone())
}

/// The API's endpoints, by what a request has to show; see `guard`.
fn api() -> OpenApiRouter<App> {
    let portal_only = OpenApiRouter::new()
        .merge(portal::routes())
        .merge(session::routes())
        .merge(home::routes())
        .merge(balance::routes())
        .merge(history::routes())
        .merge(invoices::routes())
        .merge(credit_notes::routes())
        .merge(payments::routes())
        .merge(pdf::routes())
        .merge(checkouts::routes())
        .merge(events::routes())
        .merge(event_changes::routes())
        .merge(booking::routes())
        .merge(calendar::routes())
        .merge(feed::routes())
        .merge(stream::routes())
        .route_layer(from_fn(guard::written_by_the_portal));
    let pages_of_the_window = pay::script_routes()
        .route_layer(from_fn(guard::written_by_script))
        .route_layer(from_fn(guard::by_rate));
    // Payment providers can show nothing but their signatures, or ours.
    let return_routes = pay::return_routes().route_layer(from_fn(guard::by_rate));
    let providers = return_routes.merge(webhooks::routes());
    // Other calendars can show nothing but the address that the customer gave them.
    let calendars = feed::read_by_calendars();
    OpenApiRouter::new().nest(
        API_BASE,
        OpenApiRouter::new()
            .merge(portal_only)
            .merge(pages_of_the_window)
            .merge(providers)
            .merge(calendars)
            .layer(DefaultBodyLimit::max(MOST_BODY_BYTES)),
    )
}
