//! Computes what a checkout pays for, how much, and by which method. It is computed in the
//! transaction that makes the checkout, instead of trusting what was displayed.

use std::collections::BTreeSet;
use std::time::Duration;

use api_types::{
    ChangeMethod, CheckoutFor, CreateCheckout, Currency, CustomerId, EventId, EventPart, Invoice,
    InvoiceId, LaunchToken, MethodId, MethodKind, MethodOption, MethodRefuses, Money, MoneyError,
    NotPayable, OptionId, PaidBy, PaymentMethod, Timestamp,
};

use super::{CheckoutError, times};
use crate::app::App;
use crate::db::attempts::PaymentTerms;
use crate::db::{ReadTx, balance, booking, events, invoices};
use crate::settings::Method;

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

/// A method with the option that was chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<'a> {
    /// The method.
    pub method: &'a Method,
    /// The option, where the method has some.
    pub option: Option<&'a MethodOption>,
    /// The method as it is offered.
    offered: &'a PaymentMethod,
    /// How long the customer has to pay.
    lifetime: Duration,
}

impl<'a> Choice<'a> {
    /// Reads and checks the choice in a request for a checkout.
    ///
    /// # Errors
    /// [`CheckoutError::UnknownMethod`] if there is no such method, [`CheckoutError::Field`] if its
    /// option is missing or unknown, [`CheckoutError::BadToken`] if the launch token is missing or
    /// malformed, or is given for a bank transfer.
    pub(super) fn of(app: &'a App, request: &CreateCheckout) -> Result<Self, CheckoutError> {
        let window = request.launch_token.as_ref();
        Self::read(app, (&request.method, request.option.as_ref()), window)
    }

    /// Reads and checks the choice in a request to change the method.
    ///
    /// # Errors
    /// As [`Choice::of`].
    pub(super) fn another(app: &'a App, request: &ChangeMethod) -> Result<Self, CheckoutError> {
        let window = request.launch_token.as_ref();
        Self::read(app, (&request.method, request.option.as_ref()), window)
    }

    fn read(
        app: &'a App,
        (method, option): (&MethodId, Option<&OptionId>),
        window: Option<&LaunchToken>,
    ) -> Result<Self, CheckoutError> {
        let mut offered = app.gateways().methods().iter();
        let offered = offered.find(|offered| offered.id == *method);
        let offered = offered.ok_or(CheckoutError::UnknownMethod)?;
        let mut methods = app.settings().methods.iter();
        let method = methods.find(|known| known.id == *method);
        let method = method.ok_or(CheckoutError::UnknownMethod)?;
        let option = match option {
            None if method.options.is_empty() => None,
            None => return Err(CheckoutError::Field("option", "missing")),
            Some(id) => {
                let chosen = method.options.iter().find(|known| known.id == *id);
                Some(chosen.ok_or(CheckoutError::Field("option", "invalid"))?)
            }
        };
        let gateway = method.gateway.as_deref().unwrap_or_default();
        let gateway = app.gateways().find(gateway);
        let choice = Self {
            method,
            option,
            offered,
            // What has no gateway is a transfer.
            lifetime: gateway.map_or(times::TRANSFER_WAITS, |gateway| gateway.schedule().lifetime),
        };
        match window {
            None if choice.is_transfer() => Ok(choice),
            Some(token) if !choice.is_transfer() && token.is_whole() => Ok(choice),
            // A transfer has no window, and everything else cannot do without one.
            _ => Err(CheckoutError::BadToken),
        }
    }

    /// Whether the customer pays by bank transfer.
    pub(super) fn is_transfer(&self) -> bool {
        self.method.kind == MethodKind::BankTransfer
    }

    /// Computes what the customer pays for an amount, with the surcharge.
    fn total_for(&self, amount: Money) -> Result<Money, CheckoutError> {
        self.offered.total_for(amount).map_err(|why| match why {
            MethodRefuses::Currency => CheckoutError::Field("amount", "wrong_currency"),
            MethodRefuses::TooSmall(least) => CheckoutError::TooSmall(least),
            MethodRefuses::TooLarge(most) => CheckoutError::TooLarge(most),
            MethodRefuses::NotMultiple(_) => CheckoutError::Field("amount", "not_multiple"),
        })
    }

    /// Computes the payment terms of an amount.
    ///
    /// # Errors
    /// [`CheckoutError::Field`] if the method does not take the currency,
    /// [`CheckoutError::TooSmall`] or [`CheckoutError::TooLarge`] if it does not take the amount,
    /// [`CheckoutError::TotalChanged`] if the surcharge cannot be computed.
    pub(super) fn terms(&self, amount: Money) -> Result<PaymentTerms, CheckoutError> {
        let total = self.total_for(amount)?;
        let surcharge = total.checked_sub(amount);
        Ok(PaymentTerms {
            total,
            surcharge: surcharge.map_err(|_| CheckoutError::TotalChanged)?,
            method: self.method.id.clone(),
            option: self.option.map(|option| option.id.clone()),
            paid_by: self.paid_by(),
        })
    }

    /// When a checkout or attempt that begins now expires if nothing happens.
    pub(super) fn expires_at(&self, now: Timestamp) -> Timestamp {
        now.plus(self.lifetime)
    }

    /// What the customer is shown later of how they paid.
    fn paid_by(&self) -> PaidBy {
        PaidBy {
            kind: self.method.kind,
            label: self.method.label.clone(),
            option: self.option.map(|option| option.label.clone()),
        }
    }
}
