//! `GET /portal`: whose portal it is, for everyone.

use api_types::Portal;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::etag;
use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read))
}

/// Whose portal it is, and what is switched on.
#[utoipa::path(
    get,
    path = "/portal",
    tag = "portal",
    responses(
        (status = OK, body = Portal),
        (status = NOT_MODIFIED, description = "The caller has it already."),
    )
)]
async fn read(State(app): State<App>, headers: HeaderMap) -> Response {
    let tag = format!("\"{}\"", app.settings_version());
    let mut answer = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(&tag) {
        answer.insert(ETAG, value);
    }
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let known = headers.get(IF_NONE_MATCH);
    if known.is_some_and(|known| etag::lists(known, &tag)) {
        return (StatusCode::NOT_MODIFIED, answer).into_response();
    }
    (answer, Json(portal(&app))).into_response()
}

fn portal(app: &App) -> Portal {
    let settings = app.settings();
    Portal {
        name: settings.portal.name.clone(),
        locales: settings.portal.locales.clone(),
        time_zone: settings.portal.time_zone.clone(),
        currencies: settings.portal.currencies.clone(),
        support: settings.portal.support.clone(),
        legal: settings.portal.legal.clone(),
        notices: settings.portal.notices.clone(),
        features: settings.features(),
        methods: app.gateways().methods().to_vec(),
        links: settings.portal.links.clone(),
        test_mode: app.gateways().test_mode(),
        checkout: settings.checkout,
    }
}
