//! Writes checkouts. That a thing is not locked twice is the database's to say.

use api_types::{
    CheckoutFor, CheckoutId, CheckoutStatus, CustomerId, EventId, EventPart, FailureCode,
    InvoiceId, MethodId, Money, OptionId, PaidBy, PaymentId, Timestamp,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::Lock;
use crate::db::attempts::PaymentTerms;
use crate::db::entities::{checkout_items, checkouts};
use crate::db::{DbError, WriteTx};

/// A checkout to add.
#[derive(Clone, Debug)]
pub struct NewCheckout {
    /// Its id.
    pub id: CheckoutId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What was asked for.
    pub pays_for: CheckoutFor,
    /// What the customer pays, with the method's price.
    pub total: Money,
    /// The part of it that is the method's price.
    pub surcharge: Money,
    /// The invoices that it pays for, the first due first, each with how much.
    pub invoices: Vec<(InvoiceId, Money)>,
    /// The event that it pays ahead, with how much.
    pub event: Option<(EventId, Money)>,
    /// What it pays of the charges on the account.
    pub account: Money,
    /// The credit that is used with it.
    pub credit: Money,
    /// How.
    pub method: MethodId,
    /// How, as the customer sees it.
    pub paid_by: PaidBy,
    /// Which of the method's options.
    pub option: Option<OptionId>,
    /// What it is for, in the provider's words.
    pub description: String,
    /// When it is made.
    pub created_at: Timestamp,
    /// When it ends if nothing happens.
    pub expires_at: Timestamp,
}

impl NewCheckout {
    /// What its first attempt asks for.
    pub fn payment_terms(&self) -> PaymentTerms {
        PaymentTerms {
            total: self.total,
            surcharge: self.surcharge,
            method: self.method.clone(),
            option: self.option.clone(),
            paid_by: self.paid_by.clone(),
        }
    }

    /// Everything that it locks, each with how much.
    pub fn locks(&self) -> Vec<(Lock, Money)> {
        let currency = self.total.currency();
        let invoices = self.invoices.iter();
        let mut locks: Vec<_> = invoices
            .map(|(id, amount)| (Lock::Invoice(id.clone()), *amount))
            .collect();
        if let Some((event, amount)) = &self.event {
            locks.push((Lock::Event(event.clone()), *amount));
        }
        if self.account.is_positive() {
            let account = Lock::Account(self.customer.clone(), currency);
            locks.push((account, self.account));
        }
        if self.credit.is_positive() {
            let credit = Lock::Credit(self.customer.clone(), currency);
            locks.push((credit, self.credit));
        }
        locks
    }
}

/// Adds a checkout, and locks what it pays for.
///
/// # Errors
/// [`DbError::Taken`] if another checkout holds one of the locks; otherwise as the database fails.
pub async fn insert(tx: &WriteTx, new: &NewCheckout) -> Result<(), DbError> {
    let (kind, invoice, event) = match &new.pays_for {
        CheckoutFor::Invoice { invoice } => ("invoice", Some(invoice), None),
        CheckoutFor::Part { invoice, .. } => ("part", Some(invoice), None),
        CheckoutFor::Event { event, part } => match part {
            EventPart::Balance => ("event", None, Some(event)),
            EventPart::Deposit => ("deposit", None, Some(event)),
        },
        CheckoutFor::Balance { .. } => ("balance", None, None),
        CheckoutFor::Invoices { .. } => ("invoices", None, None),
        CheckoutFor::Account { .. } => ("account", None, None),
    };
    let row = checkouts::ActiveModel {
        id: Set(new.id.to_string()),
        customer_id: Set(new.customer.to_string()),
        kind: Set(kind.to_owned()),
        invoice_id: Set(invoice.map(ToString::to_string)),
        event_id: Set(event.map(ToString::to_string)),
        currency: Set(new.total.currency().to_string()),
        total_minor: Set(new.total.minor()),
        surcharge_minor: Set(new.surcharge.minor()),
        credit_minor: Set(new.credit.minor()),
        method: Set(new.method.to_string()),
        method_kind: Set(new.paid_by.kind.as_str().to_owned()),
        method_label: Set(new.paid_by.label.clone()),
        option_id: Set(new.option.as_ref().map(ToString::to_string)),
        option_label: Set(new.paid_by.option.clone()),
        description: Set(new.description.clone()),
        status: Set(CheckoutStatus::Created.as_str().to_owned()),
        failure: Set(None),
        payment_id: Set(None),
        created_at: Set(new.created_at.as_millis()),
        expires_at: Set(new.expires_at.as_millis()),
        updated_at: Set(new.created_at.as_millis()),
    };
    checkouts::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    insert_items(tx, new).await
}

async fn insert_items(tx: &WriteTx, new: &NewCheckout) -> Result<(), DbError> {
    let row = |position, key, amount: Money, locked| checkout_items::ActiveModel {
        checkout_id: Set(new.id.to_string()),
        position: Set(position),
        item_key: Set(key),
        invoice_id: Set(None),
        event_id: Set(None),
        amount_minor: Set(amount.minor()),
        locked: Set(locked),
    };
    let mut rows = Vec::new();
    for (position, (lock, amount)) in (0_i64..).zip(new.locks()) {
        let mut item = row(position, lock.key(), amount, true);
        match lock {
            Lock::Invoice(id) => item.invoice_id = Set(Some(id.to_string())),
            Lock::Event(id) => item.event_id = Set(Some(id.to_string())),
            Lock::Account(..) | Lock::Credit(..) => {}
        }
        rows.push(item);
    }
    if let CheckoutFor::Account { amount } = &new.pays_for {
        // Any number of them may be open at once.
        rows.push(row(0, format!("payment:{}", new.id), *amount, false));
    }
    checkout_items::Entity::insert_many(rows)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Sets the state of a checkout and why it failed, if it did.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn set_status(
    tx: &WriteTx,
    id: &CheckoutId,
    status: CheckoutStatus,
    failure: Option<FailureCode>,
    now: Timestamp,
) -> Result<(), DbError> {
    let failure = failure.map(|code| code.as_str().to_owned());
    checkouts::Entity::update_many()
        .col_expr(checkouts::Column::Status, Expr::value(status.as_str()))
        .col_expr(checkouts::Column::Failure, Expr::value(failure))
        .col_expr(checkouts::Column::UpdatedAt, Expr::value(now.as_millis()))
        .filter(checkouts::Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Records which payment a checkout has become.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn set_payment(
    tx: &WriteTx,
    id: &CheckoutId,
    payment: &PaymentId,
) -> Result<(), DbError> {
    checkouts::Entity::update_many()
        .col_expr(checkouts::Column::PaymentId, Expr::value(payment.as_str()))
        .filter(checkouts::Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Sets how a checkout is paid from now on, and what that costs.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn set_payment_terms(
    tx: &WriteTx,
    id: &CheckoutId,
    terms: &PaymentTerms,
) -> Result<(), DbError> {
    use checkouts::Column;

    let option = terms.option.as_ref().map(OptionId::as_str);
    let by = &terms.paid_by;
    checkouts::Entity::update_many()
        .col_expr(Column::TotalMinor, Expr::value(terms.total.minor()))
        .col_expr(Column::SurchargeMinor, Expr::value(terms.surcharge.minor()))
        .col_expr(Column::Method, Expr::value(terms.method.as_str()))
        .col_expr(Column::MethodKind, Expr::value(by.kind.as_str()))
        .col_expr(Column::MethodLabel, Expr::value(by.label.as_deref()))
        .col_expr(Column::OptionId, Expr::value(option))
        .col_expr(Column::OptionLabel, Expr::value(by.option.as_deref()))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Sets when a checkout ends if nothing happens.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn set_expiry(tx: &WriteTx, id: &CheckoutId, at: Timestamp) -> Result<(), DbError> {
    checkouts::Entity::update_many()
        .col_expr(checkouts::Column::ExpiresAt, Expr::value(at.as_millis()))
        .filter(checkouts::Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}
