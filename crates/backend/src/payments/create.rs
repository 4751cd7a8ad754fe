//! Makes a checkout: the total on screen is checked, what it pays for is
//! locked, and all of it is committed before the provider is asked.

use api_types::{
    AttemptId, CheckoutId, CheckoutStatus, CreateCheckout, CustomerId, PaymentStepKind,
};
use tracing::Instrument as _;

use super::booking::Booking;
use super::checkouts::{CheckoutError, add_token};
use super::choice::Choice;
use super::plan::{Plan, plan};
use super::reconcile::reconcile_within;
use super::{apply, ask, times};
use crate::app::App;
use crate::db::attempts::{self, NewAttempt, Way};
use crate::db::checkout_steps::{self, Step};
use crate::db::checkouts::{self, NewCheckout};
use crate::db::{DbError, ReadTx, WriteTx, customers};
use crate::ids;
use crate::points::point;

/// Marks what is made in the transaction that makes it, so that a repeated request finds it.
pub trait Mark: Sync {
    /// Marks a checkout.
    fn made(
        &self,
        tx: &WriteTx,
        id: &CheckoutId,
    ) -> impl Future<Output = Result<(), DbError>> + Send;
}

/// What has been made.
struct Made {
    checkout: CheckoutId,
    /// The try at a payment provider; a bank transfer has none.
    attempt: Option<AttemptId>,
    version: u64,
}

/// Makes a checkout and asks the provider for its page. The provider is waited for a little;
/// then the answer is the checkout as it is, and asking goes on without the customer.
///
/// Where one of the customer's own checkouts is open on the same thing, the provider is
/// asked how that one stands first: it may be over.
pub async fn create(
    app: &App,
    customer: &CustomerId,
    wish: &CreateCheckout,
    mark: &impl Mark,
) -> Result<CheckoutId, CheckoutError> {
    if !app.settings().features.pay {
        return Err(CheckoutError::Off);
    }
    let choice = Choice::of(app, wish)?;
    let made = match make(app, customer, wish, choice, mark).await {
        Err(CheckoutError::Open(other)) => {
            look_again(app, &other).await?;
            make(app, customer, wish, choice, mark).await?
        }
        made => made?,
    };
    let (checkout, version) = (&made.checkout, made.version);
    let attempt = made.attempt.as_ref().map(AttemptId::as_str);
    point!("create.made");
    tracing::info!(%checkout, attempt, version, "a checkout has been made");
    apply::publish(app, customer, made.checkout.clone(), version);
    if let Some(attempt) = made.attempt {
        ask_for_page(app, choice, attempt).await;
    }
    Ok(made.checkout)
}

async fn make(
    app: &App,
    customer: &CustomerId,
    wish: &CreateCheckout,
    choice: Choice<'_>,
    mark: &impl Mark,
) -> Result<Made, CheckoutError> {
    let id = ids::checkout().map_err(|e| DbError::Refused(e.to_string()))?;
    app.db()
        .write(async |tx| {
            let plan = plan(app, tx, customer, &wish.pays_for).await?;
            let way = choice.way(plan.amount)?;
            let new = new_checkout(app, &id, customer, (wish, choice), (plan, way));
            let locks: Vec<_> = new.locks().into_iter().map(|(lock, _)| lock).collect();
            if let Some(other) = checkouts::holder(tx, &locks).await? {
                return Err(CheckoutError::Open(other));
            }
            if new.total != wish.displayed_total {
                return Err(CheckoutError::TotalChanged);
            }
            // Writes are one after another, so however many ask at once, none sees too few.
            let open = checkouts::count_open(tx, customer, new.created_at).await?;
            if open >= u64::from(app.settings().checkout_limits.most_open) {
                return Err(CheckoutError::TooManyOpen);
            }
            checkouts::insert(tx, &new).await?;
            let started = Step::of_checkout(&id, PaymentStepKind::Started, new.created_at);
            checkout_steps::note(tx, &started).await?;
            let attempt = if choice.is_transfer() {
                expect_transfer(app, tx, &id).await?;
                None
            } else {
                let attempt = add_attempt(app, tx, choice, &id, (1, &new.way())).await?;
                if let Some(token) = &wish.launch_token {
                    add_token(app, tx, token, &id).await?;
                }
                Some(attempt)
            };
            mark.made(tx, &id).await?;
            let version = customers::touch(tx, customer).await?;
            Ok(Made {
                checkout: id.clone(),
                attempt,
                version,
            })
        })
        .await
}

/// Adds an attempt, which is committed before its provider is asked.
pub(super) async fn add_attempt(
    app: &App,
    tx: &WriteTx,
    choice: Choice<'_>,
    checkout: &CheckoutId,
    (number, way): (u32, &Way),
) -> Result<AttemptId, CheckoutError> {
    let now = app.now();
    let id = ids::attempt().map_err(|e| DbError::Refused(e.to_string()))?;
    let gateway = choice.method.gateway.as_deref();
    let new = NewAttempt {
        id: &id,
        checkout,
        number,
        gateway: gateway.ok_or(CheckoutError::UnknownMethod)?,
        way,
        next_read_at: times::after(now, times::FIRST_LOOK).unwrap_or(now),
    };
    attempts::insert(tx, &new, now).await?;
    Ok(id)
}

/// Money at the customer's bank is on its way as soon as they say so: nobody here can see it
/// set off.
pub(super) async fn expect_transfer(
    app: &App,
    tx: &WriteTx,
    id: &CheckoutId,
) -> Result<(), CheckoutError> {
    let checkout = checkouts::find(tx, id).await?;
    let checkout = checkout.ok_or_else(|| DbError::Unreadable(format!("checkout {id}")))?;
    let now = app.now();
    let at = (app.settings().calendar.requests, now);
    let booking = Booking::by_transfer(&checkout, (checkout.way(), None), at);
    booking.expect_transfer(tx).await?;
    checkouts::set_status(tx, id, CheckoutStatus::Confirming, None, now).await?;
    checkouts::release(tx, id).await?;
    Ok(())
}

fn new_checkout(
    app: &App,
    id: &CheckoutId,
    customer: &CustomerId,
    (wish, choice): (&CreateCheckout, Choice<'_>),
    (plan, way): (Plan, Way),
) -> NewCheckout {
    let now = app.now();
    NewCheckout {
        id: id.clone(),
        customer: customer.clone(),
        pays_for: wish.pays_for.clone(),
        total: way.total,
        surcharge: way.surcharge,
        invoices: plan.invoices,
        event: plan.event,
        account: plan.account,
        credit: plan.credit,
        method: way.method,
        paid_by: way.paid_by,
        option: way.option,
        description: description(&plan.names, &app.settings().portal.name),
        created_at: now,
        expires_at: choice.expires_at(now),
    }
}

/// What is paid for, by the numbers on the invoices or the title of the event: the server has no sentences. What would
/// follow a `#` never leaves the server, so there is none.
fn description(numbers: &[String], merchant: &str) -> String {
    if numbers.is_empty() {
        return merchant.to_owned();
    }
    numbers.join(", ").replace('#', "")
}

/// Asks the provider how the checkout stands that is in the way.
async fn look_again(app: &App, other: &CheckoutId) -> Result<(), CheckoutError> {
    let attempt = app
        .db()
        .read(async |tx: &ReadTx| attempts::of_checkout(tx, other).await)
        .await?;
    if let Some(attempt) = attempt
        && attempt.at_provider.is_some()
    {
        reconcile_within(app, &attempt.id, times::READ_ANSWERS_WITHIN).await;
    }
    Ok(())
}

pub(super) async fn ask_for_page(app: &App, choice: Choice<'_>, attempt: AttemptId) {
    let name = choice.method.gateway.as_deref().unwrap_or_default();
    let Some(gateway) = app.payments().gateway(name).cloned() else {
        // The settings are checked at the start, so every method has its gateway.
        tracing::error!(gateway = name, "there is no such gateway");
        return;
    };
    let task = {
        let app = app.clone();
        async move {
            if let Err(error) = ask::ask(&app, &gateway, &attempt).await {
                tracing::error!(%attempt, %error, "the provider could not be asked");
            }
        }
    };
    let task = app
        .payments()
        .tasks
        .spawn(task.instrument(tracing::Span::current()));
    // Whether it has ended or goes on, the answer is what is known.
    let _ = tokio::time::timeout(times::CREATE_ANSWERS_WITHIN, task).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkout_is_for_the_numbers_on_its_invoices() {
        let numbers = |of: &[&str]| of.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        for (of, expected) in [
            (numbers(&["INV-1"]), "INV-1"),
            (numbers(&["INV-1", "#2"]), "INV-1, 2"),
            (numbers(&[]), "Harbour Clinic"),
        ] {
            assert_eq!(description(&of, "Harbour Clinic"), expected);
        }
    }
}
