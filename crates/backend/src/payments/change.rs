//! Paying the same another way: the attempt that a checkout is at is closed at its payment
//! provider, and another one, or a bank transfer, takes its place in the same checkout. The
//! locks stay with the checkout the whole time.
//!
//! Nobody reads the old attempt meanwhile: that it has been closed would read as the end of
//! the checkout.

use std::sync::Arc;

use api_types::{AttemptId, ChangeMethod, CheckoutId, CheckoutStatus, CustomerId, PaymentStepKind};

use super::booking::is_pointless;
use super::checkouts::{CheckoutError, Mark, add_token, find};
use super::choice::Choice;
use super::create::{add_attempt, ask_for_page, expect_transfer};
use super::gateway::{Gateway, GatewayError, ProviderPayment, ProviderState};
use super::reconcile::{reconcile_within, take_in};
use super::{apply, times};
use crate::app::App;
use crate::db::attempts::{self, Attempt, Way};
use crate::db::checkout_steps::{self, Step};
use crate::db::checkouts;
use crate::db::{ReadTx, WriteTx, customers};
use crate::points::point;

/// A wish to pay a checkout another way.
#[derive(Clone, Copy)]
struct Wish<'a> {
    customer: &'a CustomerId,
    checkout: &'a CheckoutId,
    asks: &'a ChangeMethod,
    choice: Choice<'a>,
}

/// What can be changed.
struct Changeable {
    /// The attempt that it is at.
    attempt: Attempt,
    /// What is asked for from now on.
    way: Way,
}

/// How the page that was open has been closed.
enum Closed {
    /// The provider says that nobody can pay on it any more.
    There(Box<ProviderPayment>),
    /// It may still be paid on, or it is not known here: it is watched.
    NotThere,
    /// It was past closing, and something has become of it.
    TooLate,
}

/// What has been changed.
struct Changed {
    attempt: Option<AttemptId>,
    version: u64,
}

/// Changes the way to pay, and asks the provider of the new one for its page. The provider is
/// waited for a little, as for a new checkout.
pub async fn change(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
    asks: &ChangeMethod,
    mark: &impl Mark,
) -> Result<(), CheckoutError> {
    if !app.settings().features.pay {
        return Err(CheckoutError::Off);
    }
    let wish = Wish {
        customer,
        checkout: id,
        asks,
        choice: Choice::another(app, asks)?,
    };
    let old = app
        .db()
        .read(async |tx: &ReadTx| changeable(tx, &wish).await)
        .await?;
    let old = old.attempt.id;
    let changed = app
        .payments()
        .turns
        .alone(&old, replace(app, &wish, &old, mark))
        .await?;
    let Some(Changed { attempt, version }) = changed else {
        // Pay was pressed: what has become of it is what the customer has to see.
        reconcile_within(app, &old, times::READ_ANSWERS_WITHIN).await;
        return Err(CheckoutError::Over);
    };
    let new = attempt.as_ref().map(AttemptId::as_str);
    tracing::info!(checkout = %id, attempt = %old, new, version, "another way to pay was chosen");
    point!("change.made");
    apply::publish(app, customer, id.clone(), version);
    if let Some(attempt) = attempt {
        ask_for_page(app, wish.choice, attempt).await;
    }
    Ok(())
}

/// What a wish would change, if it can be: reckoned anew, whatever was on screen.
async fn changeable(tx: &ReadTx, wish: &Wish<'_>) -> Result<Changeable, CheckoutError> {
    let (checkout, attempt) = find(tx, wish.customer, wish.checkout).await?;
    let can_be_paid = [CheckoutStatus::Created, CheckoutStatus::Open].contains(&checkout.status);
    let attempt = attempt.filter(|_| can_be_paid).ok_or(CheckoutError::Over)?;
    let items = checkouts::items(tx, &checkout).await?;
    let is_gone = |item: &checkouts::Item| item.remaining.is_some_and(|left| !left.is_positive());
    if items.iter().any(is_gone) {
        return Err(CheckoutError::NotPayable);
    }
    if is_pointless(&items) {
        return Err(CheckoutError::TotalChanged);
    }
    let amount = checkout.total.checked_sub(checkout.surcharge);
    let way = wish
        .choice
        .way(amount.map_err(|_| CheckoutError::TotalChanged)?)?;
    if way.total != wish.asks.displayed_total {
        return Err(CheckoutError::TotalChanged);
    }
    Ok(Changeable { attempt, way })
}

/// Closes the page and puts another attempt in its place; `None` where pay was pressed on it.
async fn replace(
    app: &App,
    wish: &Wish<'_>,
    old: &AttemptId,
    mark: &impl Mark,
) -> Result<Option<Changed>, CheckoutError> {
    // Somebody else may have changed it while this waited for its turn.
    let now_at = app
        .db()
        .read(async |tx: &ReadTx| changeable(tx, wish).await)
        .await?;
    if now_at.attempt.id != *old {
        return Err(CheckoutError::Over);
    }
    let closed = close(app, &now_at.attempt, wish.asks.although_open).await?;
    if matches!(closed, Closed::TooLate) {
        return Ok(None);
    }
    let changed = app
        .db()
        .write(async |tx| {
            let found = changeable(tx, wish).await?;
            if found.attempt.id != *old {
                return Err(CheckoutError::Over);
            }
            point!("change.writing");
            let attempt = put_in_place(app, tx, wish, (&found, &closed)).await?;
            mark.made(tx, wish.checkout).await?;
            let version = customers::touch(tx, wish.customer).await?;
            Ok(Changed { attempt, version })
        })
        .await?;
    Ok(Some(changed))
}

/// Closes the page that is open at its payment provider.
async fn close(app: &App, attempt: &Attempt, although_open: bool) -> Result<Closed, CheckoutError> {
    let Some(at) = &attempt.at_provider else {
        // Nobody has been given the address of a page that is not known here yet. Should the
        // provider make it all the same, it is called off then.
        return Ok(Closed::NotThere);
    };
    let gateway = app.payments().gateway(&attempt.gateway).cloned();
    let gateway = gateway.ok_or(CheckoutError::GatewayAway)?;
    point!("change.closing");
    let answer = gateway.cancel(&at.id).await;
    point!("change.closed");
    match answer {
        Ok(payment) => closed_by(app, &gateway, attempt, payment).await,
        Err(GatewayError::TooLate | GatewayError::Refused) => Ok(Closed::TooLate),
        Err(GatewayError::Unsupported) if although_open => Ok(Closed::NotThere),
        Err(GatewayError::Unsupported) => Err(CheckoutError::PageStillOpen),
        Err(GatewayError::Away) => Err(CheckoutError::GatewayAway),
    }
}

/// The provider answered with what the payment is now, which need not be what was asked for.
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
    take_in(app, gateway, &attempt.id, &payment).await?;
    Ok(Closed::TooLate)
}

/// Another attempt, or a transfer, takes the place of the one that was closed.
async fn put_in_place(
    app: &App,
    tx: &WriteTx,
    wish: &Wish<'_>,
    (found, closed): (&Changeable, &Closed),
) -> Result<Option<AttemptId>, CheckoutError> {
    let (now, id, old) = (app.now(), wish.checkout, &found.attempt);
    if let Closed::There(payment) = closed {
        apply::note(tx, old, payment, &payment.state, now).await?;
    }
    attempts::supersede(tx, &old.id, now).await?;
    let step = Step::of_checkout(id, PaymentStepKind::Superseded, now);
    checkout_steps::note(tx, &step.at_attempt(&old.id)).await?;
    checkouts::set_way(tx, id, &found.way).await?;
    checkouts::set_expiry(tx, id, wish.choice.expires_at(now)).await?;
    let attempt = if wish.choice.is_transfer() {
        expect_transfer(app, tx, id).await?;
        None
    } else {
        checkouts::set_status(tx, id, CheckoutStatus::Created, None, now).await?;
        let next = (old.number + 1, &found.way);
        let attempt = add_attempt(app, tx, wish.choice, id, next).await?;
        if let Some(token) = &wish.asks.launch_token {
            add_token(app, tx, token, id).await?;
        }
        Some(attempt)
    };
    Ok(attempt)
}
