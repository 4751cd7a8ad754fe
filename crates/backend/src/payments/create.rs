//! Makes a checkout: the total on screen is checked, what it pays for is
//! locked, and all of it is committed before the provider is asked.

use api_types::{
    AttemptId, CheckoutFor, CheckoutId, CreateCheckout, Currency, CustomerId, InvoiceId, Money,
    NotPayable,
};
use tracing::Instrument as _;

use super::checkouts::{CheckoutError, add_token};
use super::reconcile::reconcile_within;
use super::{apply, ask, ids, secrets, times};
use crate::app::App;
use crate::db::checkouts::{self, NewCheckout};
use crate::db::{DbError, ReadTx, WriteTx, attempts, balance, customers, invoices};
use crate::settings::Method;

/// Marks what is made in the transaction that makes it, so that a repeated request finds it.
pub trait Mark: Sync {
    /// Marks a checkout.
    fn made(
        &self,
        tx: &WriteTx,
        id: &CheckoutId,
    ) -> impl Future<Output = Result<(), DbError>> + Send;
}

/// What would be paid.
struct Plan {
    total: Money,
    invoices: Vec<(InvoiceId, Money)>,
    account: Money,
    credit: Money,
    numbers: Vec<String>,
}

/// What has been made.
struct Made {
    checkout: CheckoutId,
    attempt: AttemptId,
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
    if !secrets::is_launch_token(&wish.launch_token) {
        return Err(CheckoutError::BadToken);
    }
    let method = method(app, wish)?;
    let made = match make(app, customer, wish, method, mark).await {
        Err(CheckoutError::Open(other)) => {
            look_again(app, &other).await?;
            make(app, customer, wish, method, mark).await?
        }
        made => made?,
    };
    let (checkout, attempt) = (&made.checkout, &made.attempt);
    tracing::info!(%checkout, %attempt, version = made.version, "a checkout has been made");
    apply::publish(app, customer, made.checkout.clone(), made.version);
    ask_for_page(app, method, made.attempt).await;
    Ok(made.checkout)
}

fn method<'a>(app: &'a App, wish: &CreateCheckout) -> Result<&'a Method, CheckoutError> {
    let mut methods = app.settings().methods.iter();
    let method = methods
        .find(|method| method.id == wish.method)
        .ok_or(CheckoutError::UnknownMethod)?;
    if method.currencies.contains(&wish.displayed_total.currency()) {
        Ok(method)
    } else {
        Err(CheckoutError::NotPayable)
    }
}

async fn make(
    app: &App,
    customer: &CustomerId,
    wish: &CreateCheckout,
    method: &Method,
    mark: &impl Mark,
) -> Result<Made, CheckoutError> {
    let bad_id = |e: api_types::BadId| DbError::Refused(e.to_string());
    let id = ids::checkout().map_err(bad_id)?;
    let attempt = ids::attempt().map_err(bad_id)?;
    let now = app.now();
    app.db()
        .write(async |tx| {
            let plan = plan(app, tx, customer, wish).await?;
            let new = new_checkout(app, &id, customer, wish, plan);
            let locks: Vec<_> = new.locks().into_iter().map(|(lock, _)| lock).collect();
            if let Some(other) = checkouts::holder(tx, &locks).await? {
                return Err(CheckoutError::Open(other));
            }
            if new.total != wish.displayed_total {
                return Err(CheckoutError::TotalChanged);
            }
            checkouts::insert(tx, &new).await?;
            let first_look = times::after(now, times::FIRST_LOOK).unwrap_or(now);
            attempts::insert(tx, &attempt, &id, &method.gateway, now, first_look).await?;
            add_token(app, tx, &wish.launch_token, &id).await?;
            mark.made(tx, &id).await?;
            let version = customers::touch(tx, customer).await?;
            Ok(Made {
                checkout: id.clone(),
                attempt: attempt.clone(),
                version,
            })
        })
        .await
}

fn new_checkout(
    app: &App,
    id: &CheckoutId,
    customer: &CustomerId,
    wish: &CreateCheckout,
    plan: Plan,
) -> NewCheckout {
    let now = app.now();
    let lifetime = i64::try_from(times::LIFETIME.as_millis()).unwrap_or(i64::MAX);
    NewCheckout {
        id: id.clone(),
        customer: customer.clone(),
        pays_for: wish.pays_for.clone(),
        total: plan.total,
        invoices: plan.invoices,
        account: plan.account,
        credit: plan.credit,
        method: wish.method.clone(),
        description: description(&plan.numbers, &app.settings().portal.name),
        created_at: now,
        expires_at: times::after(now, lifetime).unwrap_or(now),
    }
}

async fn plan(
    app: &App,
    tx: &ReadTx,
    customer: &CustomerId,
    wish: &CreateCheckout,
) -> Result<Plan, CheckoutError> {
    match &wish.pays_for {
        CheckoutFor::Invoice { invoice } => for_invoice(app, tx, customer, invoice).await,
        CheckoutFor::Balance { currency } => for_balance(app, tx, customer, *currency).await,
    }
}

async fn for_invoice(
    app: &App,
    tx: &ReadTx,
    customer: &CustomerId,
    id: &InvoiceId,
) -> Result<Plan, CheckoutError> {
    let invoice = invoices::find(tx, customer, id, &app.terms()).await?;
    let invoice = invoice.ok_or(CheckoutError::NotFound)?;
    match (invoice.pay.reason, invoice.checkout) {
        (Some(NotPayable::CheckoutOpen), Some(other)) => return Err(CheckoutError::Open(other)),
        _ if !invoice.pay.allowed => return Err(CheckoutError::NotPayable),
        _ => {}
    }
    let amount = invoice.pay.amount;
    Ok(Plan {
        total: amount,
        invoices: vec![(invoice.id, amount)],
        account: Money::zero(amount.currency()),
        credit: Money::zero(amount.currency()),
        numbers: vec![invoice.number],
    })
}

async fn for_balance(
    app: &App,
    tx: &ReadTx,
    customer: &CustomerId,
    currency: Currency,
) -> Result<Plan, CheckoutError> {
    let quote = balance::quote(tx, customer, currency, app.today()).await?;
    if !quote.total.is_positive() {
        return Err(CheckoutError::NotPayable);
    }
    let numbers = quote.items.iter().map(|item| item.number.clone()).collect();
    let items = quote.items.into_iter();
    Ok(Plan {
        total: quote.total,
        invoices: items.map(|item| (item.invoice, item.amount)).collect(),
        account: quote.account,
        credit: quote.credit,
        numbers,
    })
}

/// What is paid for, by the numbers on the invoices: the server has no sentences. What would
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
    if attempt.at_provider.is_some() {
        reconcile_within(app, &attempt.id, times::READ_ANSWERS_WITHIN).await;
    }
    Ok(())
}

async fn ask_for_page(app: &App, method: &Method, attempt: AttemptId) {
    let Some(gateway) = app.payments().gateway(&method.gateway).cloned() else {
        // The settings are checked at the start, so every method has its gateway.
        tracing::error!(gateway = method.gateway, "there is no such gateway");
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
