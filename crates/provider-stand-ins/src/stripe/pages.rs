//! The hosted pages: the form to pay with, the bank's question, and what became of it.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};

use super::cards::Card;
use super::entry::{Entry, Wrong};
use super::paying::Outcome;
use super::session::{Session, Status};
use super::shared::Shared;
use super::templates::{AuthenticatePage, NoticePage, PayPage};

/// Pages carry no script. After paying a form leads on to the merchant, wherever that is.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; form-action *; \
     frame-ancestors 'none'; base-uri 'none'";

const STYLE: &str = include_str!("../../assets/stripe/style.css");

type Pages = State<Arc<Shared>>;

/// The routes of the pages.
pub(super) fn routes(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    let headers = middleware::from_fn_with_state(shared.clone(), set_headers);
    Router::new()
        .route("/c/pay/{id}", get(show).post(pay))
        .route("/c/pay/{id}/accept", post(accept))
        .route("/c/pay/{id}/authenticate", get(question).post(authenticate))
        .route("/c/pay/{id}/back", post(back))
        .route("/c/pay/{id}/debit", post(debit))
        .route("/assets/stripe.css", get(style))
        .fallback(missing)
        .layer(headers)
}

async fn set_headers(State(shared): Pages, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    shared.deliveries.go_first().await;
    let headers = response.headers_mut();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CACHE_CONTROL, "no-store");
    set(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    if let Some(coop) = &shared.options.coop {
        set(HeaderName::from_static("cross-origin-opener-policy"), coop);
    }
    response
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

fn html(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => (status, Html(text)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn missing() -> Response {
    notice(
        StatusCode::NOT_FOUND,
        "Something went wrong",
        "The page you were looking for could not be found. Please check the URL.",
    )
}

fn notice(status: StatusCode, heading: &'static str, text: &'static str) -> Response {
    html(status, &NoticePage { heading, text })
}

/// What is shown of a session that nobody can pay any more.
fn over(session: &Session) -> Response {
    match session.status {
        Status::Complete => notice(
            StatusCode::OK,
            "You're all done here",
            "You have completed this checkout. You can close this window.",
        ),
        Status::Open | Status::Expired => notice(
            StatusCode::OK,
            "This checkout has expired",
            "No money was taken. Return to where you came from, and start again.",
        ),
    }
}

/// The session, and why its last payment failed.
fn find(shared: &Shared, id: &str) -> Option<(Session, Option<&'static str>)> {
    shared.act(|state, _| {
        let session = state.session(id)?.clone();
        let intent = session.intent.as_deref();
        let intent = intent.and_then(|intent| state.intent(intent));
        let error = intent.and_then(|intent| intent.error.as_ref());
        Some((session, error.map(|(failure, _)| failure.message)))
    })
}

fn form(session: &Session, declined: Option<&str>, (entry, wrong): (Entry, Wrong)) -> Response {
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    html(status, &PayPage::new(session, declined, entry, wrong))
}

async fn show(State(shared): Pages, Path(id): Path<String>) -> Response {
    match find(&shared, &id) {
        None => missing().await,
        Some((session, declined)) if session.status == Status::Open => {
            form(&session, declined, Default::default())
        }
        Some((session, _)) => over(&session),
    }
}

/// Leads on after a try: to the merchant, to the bank's question, or to the form with the reason.
fn lead_on(shared: &Shared, id: &str, outcome: Option<Outcome>) -> Response {
    let page = format!("/c/pay/{id}");
    match outcome {
        Some(Outcome::Paid | Outcome::Processing) => match find(shared, id) {
            Some((session, _)) => Redirect::to(&session.success_url()).into_response(),
            None => Redirect::to(&page).into_response(),
        },
        Some(Outcome::NeedsAuthentication) => {
            Redirect::to(&format!("{page}/authenticate")).into_response()
        }
        Some(Outcome::Declined(_)) | None => Redirect::to(&page).into_response(),
    }
}

async fn pay(State(shared): Pages, Path(id): Path<String>, Form(entry): Form<Entry>) -> Response {
    let Some((session, _)) = find(&shared, &id) else {
        return missing().await;
    };
    if session.status != Status::Open {
        return over(&session);
    }
    let now = shared.moment().now;
    let card = Card::read(&entry.number, &entry.expiry, now);
    let card = match (entry.card_error(&session), card) {
        (Some(wrong), _) => return form(&session, None, (entry, Some(wrong))),
        (None, Err(wrong)) => return form(&session, None, (entry, Some(wrong))),
        (None, Ok(card)) => card,
    };
    let payer = entry.payer();
    let outcome = shared.act(|state, at| state.pay(&id, (card, &payer), at));
    lead_on(&shared, &id, outcome)
}

async fn accept(
    State(shared): Pages,
    Path(id): Path<String>,
    Form(entry): Form<Entry>,
) -> Response {
    let Some((session, _)) = find(&shared, &id) else {
        return missing().await;
    };
    if let Some(wrong) = entry.payer_error(&session, ("name", "email")) {
        return form(&session, None, (entry, Some(wrong)));
    }
    let payer = entry.payer();
    let outcome = shared.act(|state, at| state.accept(&id, &payer, at));
    lead_on(&shared, &id, outcome)
}

async fn debit(State(shared): Pages, Path(id): Path<String>, Form(entry): Form<Entry>) -> Response {
    let Some((session, _)) = find(&shared, &id) else {
        return missing().await;
    };
    if let Some(wrong) = entry.payer_error(&session, ("holder", "holder-email")) {
        return form(&session, None, (entry, Some(wrong)));
    }
    let (payer, word) = (entry.payer(), entry.method.as_str());
    let outcome = shared.act(|state, at| state.start_debit(&id, (word, &payer), at));
    lead_on(&shared, &id, outcome)
}

async fn question(State(shared): Pages, Path(id): Path<String>) -> Response {
    let waits = shared.act(|state, _| {
        let session = state.session(&id)?;
        let intent = state.intent(session.intent.as_deref()?)?;
        let asked = session.status == Status::Open && intent.waiting.is_some();
        asked.then(|| session.amount())
    });
    match waits {
        Some(amount) => html(StatusCode::OK, &AuthenticatePage { id, amount }),
        None => Redirect::to(&format!("/c/pay/{id}")).into_response(),
    }
}

async fn authenticate(
    State(shared): Pages,
    Path(id): Path<String>,
    Form(entry): Form<Entry>,
) -> Response {
    let proved = entry.action == "complete";
    let outcome = shared.act(|state, at| state.authenticate(&id, proved, at));
    lead_on(&shared, &id, outcome)
}

async fn back(State(shared): Pages, Path(id): Path<String>) -> Response {
    let session = find(&shared, &id);
    let url = session.and_then(|(session, _)| session.asked.cancel_url);
    match url {
        // Going back leaves the session open.
        Some(url) => Redirect::to(&url).into_response(),
        None => missing().await,
    }
}
