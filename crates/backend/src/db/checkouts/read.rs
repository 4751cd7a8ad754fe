//! Reads checkouts and what they pay for.

use api_types::{
    CheckoutFor, CheckoutId, CheckoutStatus, Currency, CustomerId, DocumentState, EventId,
    EventPart, FailureCode, InvoiceId, MethodKind, Money, PaidBy, PaymentId, Timestamp,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::{Checkout, Item};
use crate::db::entities::{checkout_items, checkouts, invoices};
use crate::db::{DbError, ReadTx, events, stored};

/// What is not over yet, as the index `checkouts_live` has it.
const LIVE: [CheckoutStatus; 4] = [
    CheckoutStatus::Created,
    CheckoutStatus::Open,
    CheckoutStatus::Confirming,
    CheckoutStatus::NeedsReview,
];

/// The checkout with an id, whosever it is.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn find(tx: &ReadTx, id: &CheckoutId) -> Result<Option<Checkout>, DbError> {
    let row = checkouts::Entity::find_by_id(id.as_str())
        .one(tx.conn())
        .await?;
    match row {
        Some(row) => checkout(tx, row).await.map(Some),
        None => Ok(None),
    }
}

/// The checkout that a payment came out of.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn of_payment(tx: &ReadTx, payment: &PaymentId) -> Result<Option<Checkout>, DbError> {
    let of_payment = Expr::cust_with_values(
        "id = (SELECT checkout_id FROM payments WHERE payments.id = ?)",
        [payment.as_str()],
    );
    let row = checkouts::Entity::find().filter(of_payment);
    match row.one(tx.conn()).await? {
        Some(row) => checkout(tx, row).await.map(Some),
        None => Ok(None),
    }
}

/// The checkouts that wait for a transfer although their time is over: those without an attempt at
/// a payment provider.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn overdue_transfers(tx: &ReadTx, now: Timestamp) -> Result<Vec<CheckoutId>, DbError> {
    let rows = checkouts::Entity::find()
        .filter(Expr::cust("status = 'confirming'"))
        .filter(checkouts::Column::ExpiresAt.lte(now.as_millis()))
        .filter(Expr::cust(
            "NOT EXISTS (SELECT 1 FROM attempts
                WHERE checkout_id = checkouts.id AND superseded_at IS NULL)",
        ))
        .order_by_asc(checkouts::Column::ExpiresAt)
        .all(tx.conn())
        .await?;
    rows.iter().map(|row| stored::parse(&row.id)).collect()
}

/// The checkouts that wait for a transfer for invoices of which none can be paid any more: they are
/// void or replaced, or have been paid otherwise.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn abandoned_transfers(tx: &ReadTx) -> Result<Vec<CheckoutId>, DbError> {
    let nothing_left = "NOT EXISTS (SELECT 1 FROM checkout_items
            LEFT JOIN invoices ON invoices.id = checkout_items.invoice_id
        WHERE checkout_id = checkouts.id AND (invoices.id IS NULL OR (document = 'open'
            AND invoices.total_minor > invoices.paid_minor + invoices.credited_minor)))";
    let rows = checkouts::Entity::find()
        .filter(Expr::cust("status = 'confirming'"))
        .filter(Expr::cust(format!(
            "method_kind = '{}'",
            MethodKind::BankTransfer.as_str()
        )))
        .filter(Expr::cust(nothing_left))
        .order_by_asc(checkouts::Column::ExpiresAt)
        .all(tx.conn())
        .await?;
    rows.iter().map(|row| stored::parse(&row.id)).collect()
}

/// A customer's checkouts that are not over, the newest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn live(tx: &ReadTx, customer: &CustomerId) -> Result<Vec<Checkout>, DbError> {
    let rows = checkouts::Entity::find()
        .filter(checkouts::Column::CustomerId.eq(customer.as_str()))
        .filter(checkouts::Column::Status.is_in(LIVE.map(CheckoutStatus::as_str)))
        .order_by_desc(checkouts::Column::CreatedAt)
        .order_by_desc(checkouts::Column::Id)
        .all(tx.conn())
        .await?;
    let mut live = Vec::new();
    for row in rows {
        live.push(checkout(tx, row).await?);
    }
    Ok(live)
}

/// How many of a customer's checkouts are open, that is, can still be paid or cancelled by the
/// customer. One whose money is on its way is not open, unless it is a transfer, which only the
/// customer knows about. One whose time is over is not open either, whether or not that is stored.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn count_open(
    tx: &ReadTx,
    customer: &CustomerId,
    now: Timestamp,
) -> Result<u64, DbError> {
    let open = [CheckoutStatus::Created, CheckoutStatus::Open].map(CheckoutStatus::as_str);
    let transfer = Condition::all()
        .add(checkouts::Column::Status.eq(CheckoutStatus::Confirming.as_str()))
        .add(checkouts::Column::MethodKind.eq(MethodKind::BankTransfer.as_str()));
    let either = Condition::any()
        .add(checkouts::Column::Status.is_in(open))
        .add(transfer);
    Ok(checkouts::Entity::find()
        .filter(checkouts::Column::CustomerId.eq(customer.as_str()))
        .filter(checkouts::Column::Status.is_in(LIVE.map(CheckoutStatus::as_str)))
        .filter(either)
        .filter(checkouts::Column::ExpiresAt.gt(now.as_millis()))
        .count(tx.conn())
        .await?)
}

/// What a checkout pays for, the first due first. Credit that it uses is left out.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn items(tx: &ReadTx, of: &Checkout) -> Result<Vec<Item>, DbError> {
    let rows = checkout_items::Entity::find()
        .filter(checkout_items::Column::CheckoutId.eq(of.id.as_str()))
        .order_by_asc(checkout_items::Column::Position)
        .all(tx.conn())
        .await?;
    let ids = rows.iter().filter_map(|row| row.invoice_id.as_deref());
    let invoices = invoices::Entity::find()
        .filter(invoices::Column::Id.is_in(ids))
        .all(tx.conn())
        .await?;
    let currency = of.total.currency();
    let mut items = Vec::new();
    for row in rows
        .iter()
        .filter(|row| !row.item_key.starts_with("credit:"))
    {
        let invoice = row.invoice_id.as_ref();
        let invoice = invoice.and_then(|id| invoices.iter().find(|of| of.id == *id));
        let event = stored::parsed_option(row.event_id.as_deref())?;
        let (number, remaining) = match (invoice, &event) {
            (Some(invoice), _) => {
                let remaining = Money::from_minor(remaining(invoice), currency);
                (Some(invoice.number.clone()), Some(remaining))
            }
            (None, Some(event)) => of_event(tx, of, event).await?,
            (None, None) => (None, None),
        };
        items.push(Item {
            invoice: stored::parsed_option(row.invoice_id.as_deref())?,
            event,
            number,
            amount: Money::from_minor(row.amount_minor, currency),
            remaining,
        });
    }
    Ok(items)
}

/// What an event is, and what of it still can be paid.
async fn of_event(
    tx: &ReadTx,
    of: &Checkout,
    event: &EventId,
) -> Result<(Option<String>, Option<Money>), DbError> {
    let Some(found) = events::fee(tx, &of.customer, event).await? else {
        return Ok((None, None));
    };
    let currency = of.total.currency();
    let asked = match of.pays_for {
        CheckoutFor::Event {
            part: EventPart::Deposit,
            ..
        } => found.deposit,
        _ => found.fee,
    };
    let asked = asked.filter(|asked| found.is_payable && asked.currency() == currency);
    let left = asked.map_or(0, |asked| asked.minor() - found.held);
    Ok((Some(found.title), Some(Money::from_minor(left, currency))))
}

fn remaining(invoice: &invoices::Model) -> i64 {
    if invoice.document == DocumentState::Open.as_str() {
        invoice.total_minor - invoice.paid_minor - invoice.credited_minor
    } else {
        0
    }
}

async fn checkout(tx: &ReadTx, row: checkouts::Model) -> Result<Checkout, DbError> {
    let currency = stored::parse(&row.currency)?;
    Ok(Checkout {
        id: stored::parse(&row.id)?,
        customer: stored::parse(&row.customer_id)?,
        pays_for: pays_for(tx, &row, currency).await?,
        total: Money::from_minor(row.total_minor, currency),
        surcharge: Money::from_minor(row.surcharge_minor, currency),
        credit: Money::from_minor(row.credit_minor, currency),
        method: stored::parse(&row.method)?,
        paid_by: PaidBy {
            kind: MethodKind::from_word(&row.method_kind),
            label: row.method_label,
            option: row.option_label,
        },
        option: stored::parsed_option(row.option_id.as_deref())?,
        description: row.description,
        status: status(&row.status)?,
        failure: row.failure.as_deref().map(FailureCode::from_word),
        payment: stored::parsed_option(row.payment_id.as_deref())?,
        created_at: stored::instant(row.created_at)?,
        expires_at: stored::instant(row.expires_at)?,
    })
}

/// What was asked for.
async fn pays_for(
    tx: &ReadTx,
    row: &checkouts::Model,
    currency: Currency,
) -> Result<CheckoutFor, DbError> {
    let amount = Money::from_minor(row.total_minor - row.surcharge_minor, currency);
    let invoice = stored::parsed_option(row.invoice_id.as_deref())?;
    let event = stored::parsed_option(row.event_id.as_deref())?;
    match (row.kind.as_str(), invoice, event) {
        ("invoice", Some(invoice), _) => Ok(CheckoutFor::Invoice { invoice }),
        ("part", Some(invoice), _) => Ok(CheckoutFor::Part { invoice, amount }),
        ("event", _, Some(event)) => Ok(CheckoutFor::Event {
            event,
            part: EventPart::Balance,
        }),
        ("deposit", _, Some(event)) => Ok(CheckoutFor::Event {
            event,
            part: EventPart::Deposit,
        }),
        ("balance", ..) => Ok(CheckoutFor::Balance { currency }),
        ("account", ..) => Ok(CheckoutFor::Account { amount }),
        ("invoices", ..) => Ok(CheckoutFor::Invoices {
            invoices: invoices_of(tx, &row.id).await?,
        }),
        (kind, ..) => Err(DbError::Unreadable(format!("checkout kind {kind}"))),
    }
}

async fn invoices_of(tx: &ReadTx, checkout: &str) -> Result<Vec<InvoiceId>, DbError> {
    let rows = checkout_items::Entity::find()
        .filter(checkout_items::Column::CheckoutId.eq(checkout))
        .order_by_asc(checkout_items::Column::Position)
        .all(tx.conn())
        .await?;
    let invoices = rows.iter().filter_map(|row| row.invoice_id.as_deref());
    invoices.map(stored::parse).collect()
}

fn status(word: &str) -> Result<CheckoutStatus, DbError> {
    match CheckoutStatus::from_word(word) {
        CheckoutStatus::Unknown => Err(DbError::Unreadable(format!("checkout status {word}"))),
        known => Ok(known),
    }
}
