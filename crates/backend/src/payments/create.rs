//! Makes a checkout: checks the displayed total, locks what it pays for, and commits all of it
//! before the provider is asked.

use api_types::{
    AttemptId, CheckoutId, CheckoutStatus, CreateCheckout, CustomerId, PaymentStepKind,
};
use tracing::Instrument as _;

use super::CheckoutError;
use super::launch::add_token;
use super::plan::{Choice, Plan, plan};
use super::posting::Posting;
use super::reconcile::reconcile_within;
use super::{place_order, times};
use crate::app::App;
use crate::db::attempts::{self, NewAttempt, PaymentTerms};
use crate::db::checkout_steps::{self, Step};
use crate::db::checkouts::{self, NewCheckout};
use crate::db::{DbError, ReadTx, WriteTx, customers};
use crate::failpoints::failpoint;
use crate::ids;

/// Records what a request makes in the transaction that makes it, so that a repeated request finds
/// it.
pub trait RecordResult: Sync {
    /// Records that the request has made a checkout.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    fn record_created(
        &self,
        tx: &WriteTx,
        id: &CheckoutId,
    ) -> impl Future<Output = Result<(), DbError>> + Send;
}

/// What has been made.
struct Created {
    checkout: CheckoutId,
    /// The attempt at a payment provider; a bank transfer has none.
    attempt: Option<AttemptId>,
    version: u64,
}

/// Makes a checkout and asks the provider for its page. Waits for the provider for two seconds at
/// most; after that the request is answered, and the call goes on in the background.
///
/// If another checkout of the customer holds one of the items, that one is read from its provider
/// first, because it may be over.
///
/// # Errors
/// [`CheckoutError::Off`] if paying, or paying a part, is switched off,
/// [`CheckoutError::UnknownMethod`] if there is no such method, [`CheckoutError::Field`] if the
/// option or the invoices are invalid or a currency does not fit, [`CheckoutError::BadToken`] if
/// the launch token is missing, malformed, used for another checkout, or given for a bank transfer,
/// [`CheckoutError::NotFound`] if the customer has no such invoice or event,
/// [`CheckoutError::NotPayable`] if it cannot be paid now, [`CheckoutError::TooSmall`] or
/// [`CheckoutError::TooLarge`] if the amount is beyond a limit, [`CheckoutError::TotalChanged`] if
/// the total is not the one displayed, [`CheckoutError::Open`] if another checkout holds an item,
/// [`CheckoutError::TooManyOpen`] if the customer has as many open checkouts as are allowed,
/// [`CheckoutError::Broken`] if the database fails. Nothing is made then.
pub async fn create(
    app: &App,
    customer: &CustomerId,
    request: &CreateCheckout,
    record: &impl RecordResult,
) -> Result<CheckoutId, CheckoutError> {
    if !app.settings().features.pay {
        return Err(CheckoutError::Off);
    }
    let choice = Choice::of(app, request)?;
    let made = match make(app, customer, request, choice, record).await {
        Err(CheckoutError::Open(other)) => {
            recheck(app, &other).await?;
            make(app, customer, request, choice, record).await?
        }
        made => made?,
    };
    let (checkout, version) = (&made.checkout, made.version);
    let attempt = made.attempt.as_ref().map(AttemptId::as_str);
    failpoint!("create.committed");
    tracing::info!(%checkout, attempt, version, "a checkout has been made");
    app.publish_checkout(customer, made.checkout.clone(), version);
    if let Some(attempt) = made.attempt {
        ask_for_page(app, choice, attempt).await;
    }
    Ok(made.checkout)
}

/// Makes a checkout in one transaction.
async fn make(
    app: &App,
    customer: &CustomerId,
    request: &CreateCheckout,
    choice: Choice<'_>,
    record: &impl RecordResult,
) -> Result<Created, CheckoutError> {
    let id = ids::checkout().map_err(|e| DbError::Refused(e.to_string()))?;
    app.db()
        .write(async |tx| {
            let plan = plan(app, tx, customer, &request.pays_for).await?;
            let terms = choice.terms(plan.amount)?;
            let new = new_checkout(app, &id, customer, (request, choice), (plan, terms));
            let locks: Vec<_> = new.locks().into_iter().map(|(lock, _)| lock).collect();
            if let Some(other) = checkouts::holder(tx, &locks).await? {
                return Err(CheckoutError::Open(other));
            }
            if new.total != request.displayed_total {
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
                let attempt = add_attempt(app, tx, choice, &id, (1, &new.payment_terms())).await?;
                if let Some(token) = &request.launch_token {
                    add_token(app, tx, token, &id).await?;
                }
                Some(attempt)
            };
            record.record_created(tx, &id).await?;
            let version = customers::touch(tx, customer).await?;
            failpoint!("create.writing");
            Ok(Created {
                checkout: id.clone(),
                attempt,
                version,
            })
        })
        .await
}

/// Adds an attempt to a checkout. It is committed before its provider is asked, so that no payment
/// exists there without an attempt here.
///
/// # Errors
/// [`CheckoutError::UnknownMethod`] if the method has no gateway, [`CheckoutError::Broken`] if the
/// checkout has a current attempt or one of this number, or the database fails.
pub(super) async fn add_attempt(
    app: &App,
    tx: &WriteTx,
    choice: Choice<'_>,
    checkout: &CheckoutId,
    (number, terms): (u32, &PaymentTerms),
) -> Result<AttemptId, CheckoutError> {
    let now = app.now();
    let id = ids::attempt().map_err(|e| DbError::Refused(e.to_string()))?;
    let gateway = choice.method.gateway.as_deref();
    let details = place_order::details(app, tx, checkout, terms).await?;
    let new = NewAttempt {
        id: &id,
        checkout,
        number,
        gateway: gateway.ok_or(CheckoutError::UnknownMethod)?,
        terms,
        details: &details,
        next_read_at: now.plus(times::FIRST_LOOK),
    };
    attempts::insert(tx, &new, now).await?;
    Ok(id)
}

/// Adds the pending payment of a bank transfer and marks the checkout as confirming at once,
/// because nobody here can see when the money leaves the customer's bank.
///
/// # Errors
/// [`CheckoutError::Broken`] if there is no such checkout, an amount or a sum is beyond its bound,
/// or the database fails.
pub(super) async fn expect_transfer(
    app: &App,
    tx: &WriteTx,
    id: &CheckoutId,
) -> Result<(), CheckoutError> {
    let checkout = checkouts::find(tx, id).await?;
    let checkout = checkout.ok_or_else(|| DbError::Unreadable(format!("checkout {id}")))?;
    let now = app.now();
    let at = (app.settings().calendar.requests, now);
    let posting = Posting::by_transfer(&checkout, (checkout.payment_terms(), None), at);
    posting.expect_transfer(tx).await?;
    checkouts::set_status(tx, id, CheckoutStatus::Confirming, None, now).await?;
    checkouts::release(tx, id).await?;
    Ok(())
}

fn new_checkout(
    app: &App,
    id: &CheckoutId,
    customer: &CustomerId,
    (request, choice): (&CreateCheckout, Choice<'_>),
    (plan, terms): (Plan, PaymentTerms),
) -> NewCheckout {
    let now = app.now();
    NewCheckout {
        id: id.clone(),
        customer: customer.clone(),
        pays_for: request.pays_for.clone(),
        total: terms.total,
        surcharge: terms.surcharge,
        invoices: plan.invoices,
        event: plan.event,
        account: plan.account,
        credit: plan.credit,
        method: terms.method,
        paid_by: terms.paid_by,
        option: terms.option,
        description: description(&plan.names, &app.settings().portal.name),
        created_at: now,
        expires_at: choice.expires_at(now),
    }
}

/// What is paid for, by the numbers of the invoices or the title of the event; it has no sentences,
/// because the server has no language. A `#` is left out, since what follows one never leaves the
/// server.
fn description(numbers: &[String], merchant: &str) -> String {
    if numbers.is_empty() {
        return merchant.to_owned();
    }
    numbers.join(", ").replace('#', "")
}

/// Reads the checkout that holds an item from its provider.
async fn recheck(app: &App, other: &CheckoutId) -> Result<(), CheckoutError> {
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

/// Asks the provider for the page of an attempt in a background task, and waits two seconds at most
/// for it.
pub(super) async fn ask_for_page(app: &App, choice: Choice<'_>, attempt: AttemptId) {
    let name = choice.method.gateway.as_deref().unwrap_or_default();
    let Some(gateway) = app.gateways().find(name).cloned() else {
        // The settings are checked at the start, so every method has its gateway.
        tracing::error!(gateway = name, "there is no such gateway");
        return;
    };
    let task = {
        let app = app.clone();
        async move {
            if let Err(error) = place_order::place_order(&app, &gateway, &attempt).await {
                tracing::error!(%attempt, %error, "the provider could not be asked");
            }
        }
    };
    let task = app
        .gateways()
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
