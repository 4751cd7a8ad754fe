//! `/session`: sign in, who is signed in, sign out.

use api_types::{CreateSession, Session};
use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cookie::{SessionToken, clear_cookie};
use super::customer::{self, Ends, SignedIn};
use super::error::ApiError;
use super::json::JsonBody;
use super::peer::Peer;
use super::sign_in::sign_in;
use crate::app::App;
use crate::db::sessions::StoredSession;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create, read, delete))
}

const NO_STORE: (axum::http::HeaderName, HeaderValue) =
    (CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// Signs in. The answer sets the session's cookie.
#[utoipa::path(
    post,
    path = "/session",
    tag = "session",
    request_body = CreateSession,
    responses(
        (
            status = OK,
            body = Session,
            headers(("Set-Cookie" = String, description = "The session's cookie."))
        ),
        (
            status = UNAUTHORIZED,
            description = "`wrong_credentials`: e-mail and password do not fit each other.\n\
                `signed_out`: the session has ended at once."
        ),
        (status = TOO_MANY_REQUESTS, description = "`too_many_tries`: wait before the next try."),
    )
)]
async fn create(
    State(app): State<App>,
    Peer(address): Peer,
    headers: HeaderMap,
    body: JsonBody<CreateSession>,
) -> Result<Response, ApiError> {
    let url = &app.settings().public_url;
    let old = SessionToken::of_request(&headers, url);
    let token = sign_in(&app, body.value, address, old).await?;
    let session = customer::live_session(&app, &token.hash()).await?;
    let session = session.ok_or(ApiError::SignedOut)?;
    let cookie = AppendHeaders([(SET_COOKIE, token.set_cookie(url)), NO_STORE]);
    Ok((cookie, Json(session_view(&app, session))).into_response())
}

/// Who is signed in, and until when.
#[utoipa::path(
    get,
    path = "/session",
    tag = "session",
    responses(
        (status = OK, body = Session),
        (status = NO_CONTENT, description = "Nobody is signed in.")
    )
)]
async fn read(
    State(app): State<App>,
    signed_in: Result<SignedIn, ApiError>,
) -> Result<Response, ApiError> {
    let no_store = AppendHeaders([NO_STORE]);
    match signed_in {
        Ok(SignedIn { session }) => {
            Ok((no_store, Json(session_view(&app, session))).into_response())
        }
        // To ask is no mistake: it is how a page finds out that it has to offer a sign-in.
        Err(ApiError::SignedOut) => Ok((StatusCode::NO_CONTENT, no_store).into_response()),
        Err(error) => Err(error),
    }
}

/// Signs out here: the session and its streams end, and the cookie is taken
/// away. Whoever is not signed in gets the same answer.
#[utoipa::path(
    delete,
    path = "/session",
    tag = "session",
    responses((
        status = NO_CONTENT,
        description = "Nobody is signed in any more.",
        headers(("Set-Cookie" = String, description = "Takes the session's cookie away."))
    ))
)]
async fn delete(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let url = &app.settings().public_url;
    if let Some(token) = SessionToken::of_request(&headers, url) {
        customer::end_session(&app, &token.hash()).await?;
    }
    let cookie = AppendHeaders([(SET_COOKIE, clear_cookie(url)), NO_STORE]);
    Ok((StatusCode::NO_CONTENT, cookie).into_response())
}

fn session_view(app: &App, session: StoredSession) -> Session {
    let ends = Ends::of(&session, &app.settings().session);
    Session {
        customer: session.customer,
        name: session.name,
        email: session.email,
        idle_ends_at: ends.idle_at,
        ends_at: ends.at,
    }
}
