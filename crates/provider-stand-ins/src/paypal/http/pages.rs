//! The pages for customers: they sign in, choose how to pay, and go back to the merchant. No
//! scripts.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::page_forms::{self, ChoosePage, NoticePage, SignInPage};
use crate::paypal::options::Funding;
use crate::paypal::order::{Order, Progress};
use crate::paypal::paying::NotApproved;
use crate::paypal::shape::is_email;
use crate::paypal::shared::Shared;

/// Browsers hold redirects that follow a form to `form-action` too, and the forms here lead back to
/// any merchant.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action *; \
     frame-ancestors 'none'; base-uri 'none'";

/// Customers of the stand-in are made up, and so are their addresses.
const CUSTOMERS: &str = "@example.com";

/// `GET /assets/checkout.css`.
pub(super) async fn style() -> impl IntoResponse {
    let style = include_str!("../../../templates/paypal/checkout.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], style)
}

/// Adds the headers that all pages have.
pub(super) async fn headers(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    shared.deliveries.go_first().await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CACHE_CONTROL, "no-store");
    if let Some(coop) = &shared.options.coop {
        set(HeaderName::from_static("cross-origin-opener-policy"), coop);
    }
    response
}

/// What the address or a form of a page says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    token: String,
    email: String,
    funding: String,
}

type Sent = Result<Form<Entry>, FormRejection>;

/// A form that cannot be read is like an empty one: its order is not found.
fn entry(form: Sent) -> Entry {
    form.map(|Form(entry)| entry).unwrap_or_default()
}

fn page(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Every address that there is not.
pub(super) async fn missing() -> Response {
    let notice = NoticePage {
        title: "This page does not exist",
        text: "Start again from the merchant.",
        back: None,
    };
    page(StatusCode::NOT_FOUND, &notice)
}

/// Why an order cannot be approved, as a page says it.
struct NotOpen {
    status: StatusCode,
    title: &'static str,
    text: &'static str,
    back: Option<String>,
}

impl IntoResponse for NotOpen {
    fn into_response(self) -> Response {
        let notice = NoticePage {
            title: self.title,
            text: self.text,
            back: self.back.as_deref(),
        };
        page(self.status, &notice)
    }
}

/// Finds an order that can be approved.
fn open_order(shared: &Shared, id: &str) -> Result<Order, NotOpen> {
    let order = shared.with(|account, _| account.order(id).cloned());
    let order = order.ok_or(NotOpen {
        status: StatusCode::NOT_FOUND,
        title: "This payment is not open any more",
        text: "It has expired, or never was. No money was taken. Start again from the merchant.",
        back: None,
    })?;
    let (title, text) = match order.progress {
        Progress::Open => return Ok(order),
        Progress::Approved(_) if order.wants_other_funding => return Ok(order),
        Progress::Approved(_) => (
            "You have approved this payment",
            "The merchant completes it. There is nothing left to do here.",
        ),
        Progress::Completed => (
            "This payment is complete",
            "There is nothing left to do here.",
        ),
    };
    Err(NotOpen {
        status: StatusCode::OK,
        title,
        text,
        back: way_back(&order),
    })
}

/// Where the merchant wants an approved order's customer to go.
fn way_back(order: &Order) -> Option<String> {
    let payer = order.payer.as_ref()?;
    let url = order.experience.return_url.as_deref()?;
    with_query(url, &[("token", &order.id), ("PayerID", &payer.id)])
}

/// Adds to the query of an address.
fn with_query(url: &str, pairs: &[(&str, &str)]) -> Option<String> {
    let mut url = reqwest::Url::parse(url).ok()?;
    url.query_pairs_mut().extend_pairs(pairs);
    Some(url.into())
}

fn sign_in_page(shared: &Shared, order: &Order, (email, error): (&str, Option<&str>)) -> Response {
    let sign_in = SignInPage {
        merchant: &page_forms::merchant(order, &shared.options),
        amount: &page_forms::amount(order),
        order: &order.id,
        email,
        error,
        declined: order.wants_other_funding,
    };
    page(status(error), &sign_in)
}

fn choose_page(
    shared: &Shared,
    order: &Order,
    (email, chosen): (&str, &str),
    error: Option<&str>,
) -> Response {
    let choose = ChoosePage {
        merchant: &page_forms::merchant(order, &shared.options),
        amount: &page_forms::amount(order),
        order: &order.id,
        email,
        error,
        choices: page_forms::choices(order),
        chosen,
        approve: page_forms::approve(order),
    };
    page(status(error), &choose)
}

fn status(error: Option<&str>) -> StatusCode {
    match error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    }
}

/// `GET /checkoutnow?token=`: asks who is paying.
pub(super) async fn sign_in(
    State(shared): State<Arc<Shared>>,
    Query(entry): Query<Entry>,
) -> Response {
    match open_order(&shared, &entry.token) {
        Ok(order) => sign_in_page(&shared, &order, ("", None)),
        Err(closed) => closed.into_response(),
    }
}

/// What is wrong with an e-mail address, if anything is.
fn wrong_email(email: &str) -> Option<&'static str> {
    let known = is_email(email) && email.ends_with(CUSTOMERS);
    (!known).then_some("Enter an e-mail address that ends with @example.com.")
}

/// `POST /checkoutnow`: asks how to pay.
pub(super) async fn choose(State(shared): State<Arc<Shared>>, form: Sent) -> Response {
    let entry = entry(form);
    let email = entry.email.trim();
    match (open_order(&shared, &entry.token), wrong_email(email)) {
        (Err(closed), _) => closed.into_response(),
        (Ok(order), Some(error)) => sign_in_page(&shared, &order, (email, Some(error))),
        (Ok(order), None) => {
            let first = Funding::default().form_value();
            choose_page(&shared, &order, (email, first), None)
        }
    }
}

/// `POST /checkoutnow/approve`: approves, and leads back to the merchant.
pub(super) async fn approve(State(shared): State<Arc<Shared>>, form: Sent) -> Response {
    let entry = entry(form);
    let email = entry.email.trim();
    let order = match open_order(&shared, &entry.token) {
        Ok(order) => order,
        Err(closed) => return closed.into_response(),
    };
    if let Some(error) = wrong_email(email) {
        return sign_in_page(&shared, &order, (email, Some(error)));
    }
    let again = |error| choose_page(&shared, &order, (email, &entry.funding), Some(error));
    let mut all = Funding::ALL.into_iter();
    let Some(funding) = all.find(|funding| funding.form_value() == entry.funding) else {
        return again("Choose how to pay.");
    };
    let approved = shared.with(|account, now| {
        account.approve(&order.id, (email, funding), now)?;
        Ok(account.order(&order.id).cloned())
    });
    match approved {
        Ok(Some(order)) => leave(&shared, &order),
        Err(NotApproved::NotImmediate) => {
            again("The merchant needs the money at once. Choose another way to pay.")
        }
        // The order has changed meanwhile, which the page then says.
        Ok(None) | Err(NotApproved::NoSuchOrder | NotApproved::Over) => {
            match open_order(&shared, &order.id) {
                Ok(order) => sign_in_page(&shared, &order, (email, None)),
                Err(closed) => closed.into_response(),
            }
        }
    }
}

fn leave(shared: &Shared, order: &Order) -> Response {
    if let Some(url) = way_back(order) {
        return Redirect::to(&url).into_response();
    }
    match open_order(shared, &order.id) {
        Ok(order) => sign_in_page(shared, &order, ("", None)),
        Err(closed) => closed.into_response(),
    }
}

/// `POST /checkoutnow/cancel`: leads back to the merchant, and changes nothing: the customer may
/// come again.
pub(super) async fn cancel(State(shared): State<Arc<Shared>>, form: Sent) -> Response {
    let order = match open_order(&shared, &entry(form).token) {
        Ok(order) => order,
        Err(closed) => return closed.into_response(),
    };
    let url = order.experience.cancel_url.as_deref();
    if let Some(url) = url.and_then(|url| with_query(url, &[("token", &order.id)])) {
        return Redirect::to(&url).into_response();
    }
    let notice = NoticePage {
        title: "You have cancelled",
        text: "No money was taken. Close this window, or go back to the merchant.",
        back: None,
    };
    page(StatusCode::OK, &notice)
}
