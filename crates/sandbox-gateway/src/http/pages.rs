//! The customer's pages: the form, what became of it, and the way back. No scripts.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::template::{ClosingPage, NoticePage, PayPage, WalletPage};
use crate::card::{Card, CardEntry, EntryErrors};
use crate::clock;
use crate::gateway_state::Refused;
use crate::payment::{Payment, Status};
use crate::shared::Shared;
use crate::store::NotSaved;
use crate::wallet::WalletEntry;

/// Goes on to another page after a time. The header does what `<meta http-equiv="refresh">` does.
const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// Why a page cannot be shown.
pub enum PageError {
    /// There is no such payment.
    Missing,
    /// It could not be made or saved.
    Broken,
}

impl From<NotSaved> for PageError {
    fn from(_: NotSaved) -> Self {
        Self::Broken
    }
}

impl From<askama::Error> for PageError {
    fn from(_: askama::Error) -> Self {
        Self::Broken
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, page) = match self {
            Self::Missing => (
                StatusCode::NOT_FOUND,
                NoticePage::new(
                    "There is no such payment",
                    "The address is wrong or incomplete. Start again from the merchant.",
                ),
            ),
            Self::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                NoticePage::new(
                    "This page cannot be shown",
                    "Something broke on our side. Reload the page, or ask the merchant.",
                ),
            ),
        };
        (status, Html(page.render().unwrap_or_default())).into_response()
    }
}

/// `GET /`: shows the front page, with the cards that the gateway takes.
///
/// # Errors
/// [`PageError::Broken`] if the page cannot be rendered.
pub async fn front() -> Result<Html<String>, PageError> {
    Ok(Html(NoticePage::front().render()?))
}

/// Every address that there is not.
pub async fn missing() -> PageError {
    PageError::Missing
}

/// `GET /pay/{id}`: shows the form while the payment is open, and how it ended afterwards.
///
/// # Errors
/// [`PageError::Missing`] if there is no such payment. [`PageError::Broken`] if the page cannot be
/// rendered, what has become due meanwhile cannot be saved, or the return address fits in no
/// header.
pub async fn show(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let payment = payment(&shared, &id).await?;
    if payment.status == Status::Open {
        return Ok(Html(empty_form(&payment)?).into_response());
    }
    closing(&payment, shared.faults().no_return)
}

/// The form that opens a payment's page.
#[derive(Deserialize)]
pub struct Opening {
    payment: String,
}

/// `POST /open`: goes to the page of the payment that the form names.
///
/// # Errors
/// [`PageError::Missing`] if it names none.
pub async fn open(
    State(shared): State<Arc<Shared>>,
    form: Result<Form<Opening>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(opening) = form.map_err(|_| PageError::Missing)?;
    let payment = payment(&shared, &opening.payment).await?;
    Ok(Redirect::to(&format!("/pay/{}", payment.id)))
}

/// What a customer may type on either form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Entry {
    #[serde(flatten)]
    card: CardEntry,
    #[serde(flatten)]
    wallet: WalletEntry,
}

impl Entry {
    /// The card or wallet that was typed, or the form again with what is wrong about it.
    fn read(&self, payment: &Payment) -> Result<Card, askama::Result<String>> {
        match &payment.order.wallet {
            Some(name) => self.wallet.read().map_err(|error| {
                WalletPage::new(payment, name, &self.wallet, Some(error)).render()
            }),
            None => self
                .card
                .read(clock::now())
                .map_err(|errors| PayPage::new(payment, &self.card, &errors).render()),
        }
    }
}

fn empty_form(payment: &Payment) -> askama::Result<String> {
    match &payment.order.wallet {
        Some(name) => WalletPage::new(payment, name, &WalletEntry::default(), None).render(),
        None => PayPage::new(payment, &CardEntry::default(), &EntryErrors::default()).render(),
    }
}

/// `POST /pay/{id}`: tries a card or a wallet. What came of it is shown by a page of its own, so
/// that reloading that page does not try it again.
///
/// # Errors
/// [`PageError::Missing`] if there is no such payment. [`PageError::Broken`] if the try cannot be
/// saved, or the form with what is wrong cannot be rendered.
pub async fn pay(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    form: Result<Form<Entry>, FormRejection>,
) -> Result<Response, PageError> {
    // A form that cannot be read is like an empty one: each field says what it needs.
    let entry = form.map(|Form(entry)| entry).unwrap_or_default();
    let payment = payment(&shared, &id).await?;
    match entry.read(&payment) {
        Ok(card) => {
            let tried = shared
                .with_state(|state, at| state.pay(&id, &card, at))
                .await?;
            wait_for_webhook(&shared, &id).await;
            redirect_to_page(tried, &id)
        }
        Err(_) if payment.status != Status::Open => redirect_to_page(Ok(()), &id),
        Err(page) => Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page?)).into_response()),
    }
}

/// `POST /pay/{id}/back`: the customer gives up. The page that follows leads to the merchant.
///
/// # Errors
/// [`PageError::Missing`] if there is no such payment. [`PageError::Broken`] if the change cannot
/// be saved.
pub async fn back(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let left = shared.with_state(|state, at| state.leave(&id, at)).await?;
    wait_for_webhook(&shared, &id).await;
    redirect_to_page(left, &id)
}

/// The fault `webhook-first`: the merchant's server knows before the customer's window does.
async fn wait_for_webhook(shared: &Shared, id: &str) {
    if shared.faults().webhook_first {
        shared.wait_until_delivered(id).await;
    }
}

async fn payment(shared: &Shared, id: &str) -> Result<Payment, PageError> {
    let payment = shared
        .with_state(|state, at| state.payment(id, at).cloned())
        .await?;
    payment.ok_or(PageError::Missing)
}

/// Redirects to the page that shows the payment as it is now. That it was over already is no error
/// for the customer, who sees how it ended.
fn redirect_to_page(result: Result<(), Refused>, id: &str) -> Result<Response, PageError> {
    match result {
        Ok(()) | Err(Refused::Over) => Ok(Redirect::to(&format!("/pay/{id}")).into_response()),
        Err(Refused::Unknown) => Err(PageError::Missing),
    }
}

fn closing(payment: &Payment, no_return: bool) -> Result<Response, PageError> {
    let seconds = match payment.status {
        // Long enough to read two words, short enough not to be waited for.
        Status::Paid | Status::Processing => Some(1),
        // The customer asked to go back, or has been here before.
        Status::Open | Status::Failed | Status::Cancelled => Some(0),
        // What has expired is read first; the link is there.
        Status::Expired => None,
    };
    let seconds = seconds.filter(|_| !no_return);
    let page = ClosingPage::new(payment, !no_return, seconds.is_some()).render()?;
    let mut response = Html(page).into_response();
    if let Some(seconds) = seconds {
        let target = format!("{seconds}; url={}", payment.order.return_url);
        let target = HeaderValue::from_str(&target).map_err(|_| PageError::Broken)?;
        response.headers_mut().insert(REFRESH, target);
    }
    Ok(response)
}
