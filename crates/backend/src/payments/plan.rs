//! Computes what a checkout pays for and how much. It is computed in the transaction that makes the
//! checkout, instead of trusting what was displayed.

use std::collections::BTreeSet;

use api_types::{
    CheckoutFor, Currency, CustomerId, EventId, EventPart, Invoice, InvoiceId, Money, MoneyError,
    NotPayable,
};

use super::CheckoutError;
use crate::app::App;
use crate::db::{ReadTx, balance, booking, events, invoices};

/// What a checkout would pay.
pub(super) struct Plan {
    /// The total without the surcharge.
    pub amount: Money,
    /// The invoices with the amount for each, the earliest due first.
    pub invoices: Vec<(InvoiceId, Money)>,
    /// The event that is paid ahead, with the amount.
    pub event: Option<(EventId, Money)>,
    /// Charges on the account beyond its credit.
    pub account: Money,
    /// The credit that is used besides the payment.
    pub credit: Money,
    /// What the checkout is for, as the payment provider shows it.
    pub names: Vec<String>,
}

impl Plan {
    fn of(amount: Money) -> Self {
        let nothing = Money::zero(amount.currency());
        Self {
            amount,
            invoices: Vec::new(),
            event: None,
            account: nothing,
            credit: nothing,
            names: Vec::new(),
        }
    }

    fn of_invoices(invoices: &[Invoice], amount: Money) -> Self {
        let mut plan = Self::of(amount);
        for invoice in invoices {
            // A part is for one invoice alone, and then less than could be paid of it.
            let part = if invoices.len() == 1 {
                amount
            } else {
                invoice.pay.amount
            };
            plan.invoices.push((invoice.id.clone(), part));
            plan.names.push(invoice.number.clone());
        }
        plan
    }
}

/// Computes what a request would pay.
///
/// # Errors
/// [`CheckoutError::NotFound`] if the customer has no such invoice or event,
/// [`CheckoutError::NotPayable`] if it cannot be paid now or nothing remains,
/// [`CheckoutError::Open`] if another checkout of the customer holds it, [`CheckoutError::Off`] if
/// parts are switched off, [`CheckoutError::Field`] if the invoices are too few, too many or named
/// twice, their sum is beyond its bound, or a currency does not fit, [`CheckoutError::TooSmall`] or
/// [`CheckoutError::TooLarge`] if a part or an amount is beyond what may be paid,
/// [`CheckoutError::Broken`] if the database fails.
pub(super) async fn plan(
    app: &App,
    tx: &ReadTx,
    customer: &CustomerId,
    pays_for: &CheckoutFor,
) -> Result<Plan, CheckoutError> {
    match pays_for {
        CheckoutFor::Invoice { invoice } => {
            let invoice = payable(app, tx, customer, invoice).await?;
            let amount = invoice.pay.amount;
            Ok(Plan::of_invoices(&[invoice], amount))
        }
        CheckoutFor::Part { invoice, amount } => {
            for_part(app, tx, customer, invoice, *amount).await
        }
        CheckoutFor::Invoices { invoices } => for_several(app, tx, customer, invoices).await,
        CheckoutFor::Balance { currency } => for_balance(app, tx, customer, *currency).await,
        CheckoutFor::Account { amount } => {
            if !amount.is_positive() {
                let least = Money::from_minor(1, amount.currency());
                return Err(CheckoutError::TooSmall(least));
            }
            Ok(Plan::of(*amount))
        }
        CheckoutFor::Event { event, part } => for_event(app, tx, customer, event, *part).await,
    }
}

/// Finds an invoice of the customer that can be paid now.
async fn payable(
    app: &App,
    tx: &ReadTx,
    customer: &CustomerId,
    id: &InvoiceId,
) -> Result<Invoice, CheckoutError> {
    let invoice = invoices::find(tx, customer, id, &app.terms()).await?;
    let invoice = invoice.ok_or(CheckoutError::NotFound)?;
    match (invoice.pay.reason, &invoice.checkout) {
        (Some(NotPayable::CheckoutOpen), Some(other)) => Err(CheckoutError::Open(other.clone())),
        _ if !invoice.pay.allowed => Err(CheckoutError::NotPayable),
        _ => Ok(invoice),
    }
}

async fn for_part(
    app: &App,
    tx: &ReadTx,
    customer: &CustomerId,
    id: &InvoiceId,
    amount: Money,
) -> Result<Plan, CheckoutError> {
    if app.settings().least_part_percent.is_none() {
        return Err(CheckoutError::Off);
    }
    let invoice = payable(app, tx, customer, id).await?;
    let most = invoice.pay.amount;
    if amount.currency() != most.currency() {
        return Err(CheckoutError::Field("amount", "wrong_currency"));
    }
    let least = invoice.pay.least;
    let least = least.unwrap_or(Money::from_minor(1, most.currency()));
    if amount.minor() < least.minor() {
        return Err(CheckoutError::TooSmall(least));
    }
    if amount.minor() > most.minor() {
        return Err(CheckoutError::TooLarge(most));
    }
    Ok(Plan::of_invoices(&[invoice], amount))
}

async fn for_several(
    app: &App,
    tx: &ReadTx,
    customer: &CustomerId,
    ids: &[InvoiceId],
) -> Result<Plan, CheckoutError> {
    let different: BTreeSet<_> = ids.iter().collect();
    let several = CheckoutFor::LEAST_INVOICES..=CheckoutFor::MOST_INVOICES;
    if !several.contains(&ids.len()) || different.len() != ids.len() {
        return Err(CheckoutError::Field("invoices", "invalid"));
    }
    let mut all: Vec<Invoice> = Vec::new();
    for id in ids {
        all.push(payable(app, tx, customer, id).await?);
    }
    all.sort_by(|a, b| (a.due_on, &a.id).cmp(&(b.due_on, &b.id)));
    let amounts = all.iter().map(|invoice| invoice.pay.amount);
    let sum = amounts
        .map(Ok)
        .reduce(|sum, amount| sum?.checked_add(amount?))
        .ok_or(CheckoutError::Field("invoices", "invalid"))?;
    let sum = sum.map_err(|why| match why {
        // Amounts of two currencies have no sum.
        MoneyError::Currencies(..) => CheckoutError::Field("invoices", "wrong_currency"),
        MoneyError::TooLarge => CheckoutError::Field("invoices", "too_large"),
    })?;
    Ok(Plan::of_invoices(&all, sum))
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
    let names = quote.items.iter().map(|item| item.number.clone()).collect();
    let items = quote.items.into_iter();
    Ok(Plan {
        invoices: items.map(|item| (item.invoice, item.amount)).collect(),
        account: quote.account,
        credit: quote.credit,
        names,
        ..Plan::of(quote.total)
    })
}

async fn for_event(
    app: &App,
    tx: &ReadTx,
    customer: &CustomerId,
    id: &EventId,
    part: EventPart,
) -> Result<Plan, CheckoutError> {
    let found = events::fee(tx, customer, id).await?;
    let found = found.ok_or(CheckoutError::NotFound)?;
    if booking::has_lapsed(tx, id, app.now()).await? {
        return Err(CheckoutError::NotPayable);
    }
    let unpaid = found.unpaid(part).filter(Money::is_positive);
    let unpaid = unpaid.ok_or(CheckoutError::NotPayable)?;
    Ok(Plan {
        event: Some((id.clone(), unpaid)),
        names: vec![found.title],
        ..Plan::of(unpaid)
    })
}
