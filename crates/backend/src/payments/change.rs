//! Changes the method of a checkout: the current attempt is closed at its payment provider, and
//! another attempt, or a bank transfer, takes its place in the same checkout. The checkout keeps
//! its locks all the time.
//!
//! The old attempt is not read meanwhile, because reading that it was closed would end the
//! checkout.

use std::sync::Arc;

use api_types::{AttemptId, ChangeMethod, CheckoutId, CheckoutStatus, CustomerId, PaymentStepKind};

use super::CheckoutError;
use super::abandoned::exceeds_remaining;
use super::create::{RecordResult, add_attempt, ask_for_page, expect_transfer};
use super::launch::add_token;
use super::lookup::find_own;
use super::plan::Choice;
use super::reconcile::reconcile_within;
use super::record_answer::record_answer;
use super::{apply, provider, times};
use crate::app::App;
use crate::db::attempts::{self, Attempt, PaymentTerms};
use crate::db::checkout_steps::{self, Step};
use crate::db::checkouts;
use crate::db::{ReadTx, WriteTx, customers};
use crate::failpoints::failpoint;
use crate::gateways::{Closing, Gateway, GatewayError, ProviderPayment, ProviderState};

/// A request to pay a checkout by another method.
#[derive(Clone, Copy)]
struct ChangeRequest<'a> {
    customer: &'a CustomerId,
    checkout: &'a CheckoutId,
    asks: &'a ChangeMethod,
    choice: Choice<'a>,
}

/// What can be changed.
struct Changeable {
    /// The current attempt of the checkout.
    attempt: Attempt,
    /// What is asked for from now on.
    terms: PaymentTerms,
}

/// How the page that was open has been closed.
enum Closed {
    /// The provider says that nobody can pay on it any more.
    There(Box<ProviderPayment>),
    /// The page may still be paid on, or its address is not known here. The attempt is still read,
    /// so that late money is found.
    NotThere,
    /// Pay was pressed before, or the payment is in another state than closed.
    TooLate,
}

/// What has been changed.
struct Changed {
    attempt: Option<AttemptId>,
    version: u64,
}

/// Changes the method of a checkout, and asks the new provider for its page. Waits for the provider
/// for a short time, as for a new checkout.
///
/// # Errors
/// [`CheckoutError::Off`] if paying is switched off, [`CheckoutError::NotFound`] if the customer
/// has no such checkout, [`CheckoutError::UnknownMethod`] if there is no such method,
/// [`CheckoutError::Field`] if the option is missing or unknown or the method does not take the
/// currency, [`CheckoutError::BadToken`] if the launch token is missing, malformed, used for
/// another checkout, or given for a bank transfer, [`CheckoutError::TooSmall`] or
/// [`CheckoutError::TooLarge`] if the method does not take the amount,
/// [`CheckoutError::NotPayable`] if nothing remains of an item, [`CheckoutError::TotalChanged`] if
/// the total is not the one displayed, [`CheckoutError::Over`] if the checkout cannot be paid any
/// more, another request has changed it, or pay was pressed, [`CheckoutError::PageStillOpen`] if
/// the provider cannot close the page and the customer has not agreed to that,
/// [`CheckoutError::GatewayAway`] if the provider cannot be reached, [`CheckoutError::Broken`] if
/// the database fails.
pub async fn change(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
    asks: &ChangeMethod,
    record: &impl RecordResult,
) -> Result<(), CheckoutError> {
    if !app.settings().features.pay {
        return Err(CheckoutError::Off);
    }
    let request = ChangeRequest {
        customer,
        checkout: id,
        asks,
        choice: Choice::another(app, asks)?,
    };
    let old = app
        .db()
        .read(async |tx: &ReadTx| changeable(tx, &request).await)
        .await?;
    let old = old.attempt.id;
    let changed = app
        .gateways()
        .reads
        .run_exclusively(&old, replace(app, &request, &old, record))
        .await?;
    let Some(Changed { attempt, version }) = changed else {
        // Pay was pressed: what has become of it is what the customer has to see.
        reconcile_within(app, &old, times::READ_ANSWERS_WITHIN).await;
        return Err(CheckoutError::Over);
    };
    let new = attempt.as_ref().map(AttemptId::as_str);
    tracing::info!(checkout = %id, attempt = %old, new, version, "another way to pay was chosen");
    failpoint!("change.committed");
    app.publish_checkout(customer, id.clone(), version);
    if let Some(attempt) = attempt {
        ask_for_page(app, request.choice, attempt).await;
    }
    Ok(())
}

/// Reads what a request would change, and computes its total again instead of trusting the one that
/// was displayed.
async fn changeable(tx: &ReadTx, request: &ChangeRequest<'_>) -> Result<Changeable, CheckoutError> {
    let (checkout, attempt) = find_own(tx, request.customer, request.checkout).await?;
    let can_be_paid = [CheckoutStatus::Created, CheckoutStatus::Open].contains(&checkout.status);
    let attempt = attempt.filter(|_| can_be_paid).ok_or(CheckoutError::Over)?;
    let items = checkouts::items(tx, &checkout).await?;
    let is_gone = |item: &checkouts::Item| item.remaining.is_some_and(|left| !left.is_positive());
    if items.iter().any(is_gone) {
        return Err(CheckoutError::NotPayable);
    }
    if exceeds_remaining(&items) {
        return Err(CheckoutError::TotalChanged);
    }
    let amount = checkout.total.checked_sub(checkout.surcharge);
    let terms = request
        .choice
        .terms(amount.map_err(|_| CheckoutError::TotalChanged)?)?;
    if terms.total != request.asks.displayed_total {
        return Err(CheckoutError::TotalChanged);
    }
    Ok(Changeable { attempt, terms })
}

/// Closes the page and replaces the attempt; `None` where pay was pressed on the page.
async fn replace(
    app: &App,
    request: &ChangeRequest<'_>,
    old: &AttemptId,
    record: &impl RecordResult,
) -> Result<Option<Changed>, CheckoutError> {
    loop {
        // Another request may have changed it while this one waited.
        let now_at = app
            .db()
            .read(async |tx: &ReadTx| changeable(tx, request).await)
            .await?;
        if now_at.attempt.id != *old {
            return Err(CheckoutError::Over);
        }
        let closed = close(app, &now_at.attempt, request.asks.although_open).await?;
        if matches!(closed, Closed::TooLate) {
            return Ok(None);
        }
        let was_known = now_at.attempt.at_provider.is_some();
        let changed = app
            .db()
            .write(async |tx| {
                let found = changeable(tx, request).await?;
                if found.attempt.id != *old {
                    return Err(CheckoutError::Over);
                }
                // The provider has answered since its page was looked for: it is closed first.
                if found.attempt.at_provider.is_some() && !was_known {
                    return Ok(None);
                }
                failpoint!("change.writing");
                let attempt = put_in_place(app, tx, request, (&found, &closed)).await?;
                record.record_created(tx, request.checkout).await?;
                let version = customers::touch(tx, request.customer).await?;
                Ok(Some(Changed { attempt, version }))
            })
            .await?;
        if changed.is_some() {
            return Ok(changed);
        }
    }
}

/// Closes the page that is open at the payment provider.
async fn close(app: &App, attempt: &Attempt, although_open: bool) -> Result<Closed, CheckoutError> {
    if attempt.at_provider.is_none() {
        // Nobody has been given the address of a page that is not known here yet. Should the
        // provider make it all the same, it is cancelled then.
        return Ok(Closed::NotThere);
    }
    let gateway = app.gateways().find(&attempt.gateway).cloned();
    let gateway = gateway.ok_or(CheckoutError::GatewayAway)?;
    let answer = match gateway.abilities().closing {
        Closing::ByCall => {
            let known = app
                .db()
                .read(async |tx: &ReadTx| provider::known(tx, attempt).await)
                .await?;
            failpoint!("change.closing");
            let answer = gateway.cancel(&known).await;
            failpoint!("change.closed");
            answer
        }
        // What is agreed to on the old page is never captured.
        Closing::ByNotCapturing => return Ok(Closed::NotThere),
        Closing::Never => Err(GatewayError::Unsupported),
    };
    match answer {
        Ok(payment) => closed_by(app, &gateway, attempt, payment).await,
        Err(GatewayError::TooLate | GatewayError::Refused) => Ok(Closed::TooLate),
        Err(GatewayError::Unsupported) if although_open => Ok(Closed::NotThere),
        Err(GatewayError::Unsupported) => Err(CheckoutError::PageStillOpen),
        Err(GatewayError::Away) => Err(CheckoutError::GatewayAway),
    }
}

/// Checks the provider's answer to closing a page. If the payment is in another state than closed,
/// that state is applied.
async fn closed_by(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    attempt: &Attempt,
    payment: ProviderPayment,
) -> Result<Closed, CheckoutError> {
    let is_ours = payment.reference == attempt.id.as_str();
    if is_ours && matches!(payment.state, ProviderState::Ended(_)) {
        return Ok(Closed::There(Box::new(payment)));
    }
    apply::apply_answer(app, gateway, &attempt.id, &payment).await?;
    Ok(Closed::TooLate)
}

/// Replaces the closed attempt by another attempt or a bank transfer.
async fn put_in_place(
    app: &App,
    tx: &WriteTx,
    request: &ChangeRequest<'_>,
    (found, closed): (&Changeable, &Closed),
) -> Result<Option<AttemptId>, CheckoutError> {
    let (now, id, old) = (app.now(), request.checkout, &found.attempt);
    if let Closed::There(payment) = closed {
        let next = app.gateways().next_read(&old.gateway, old.created_at, now);
        record_answer(tx, old, payment, &payment.state, (now, next)).await?;
    }
    attempts::supersede(tx, &old.id, now).await?;
    let step = Step::of_checkout(id, PaymentStepKind::Superseded, now);
    checkout_steps::note(tx, &step.at_attempt(&old.id)).await?;
    checkouts::set_payment_terms(tx, id, &found.terms).await?;
    checkouts::set_expiry(tx, id, request.choice.expires_at(now)).await?;
    let attempt = if request.choice.is_transfer() {
        expect_transfer(app, tx, id).await?;
        None
    } else {
        checkouts::set_status(tx, id, CheckoutStatus::Created, None, now).await?;
        let next = (old.number + 1, &found.terms);
        let attempt = add_attempt(app, tx, request.choice, id, next).await?;
        if let Some(token) = &request.asks.launch_token {
            add_token(app, tx, token, id).await?;
        }
        Some(attempt)
    };
    Ok(attempt)
}
