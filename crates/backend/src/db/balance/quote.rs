//! What `Pay My Balance` would pay in one currency, item by item.

use api_types::{Currency, CustomerId, Day, InvoiceId, Money};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::figures;
use crate::db::entities::invoices;
use crate::db::invoices::OUTSTANDING;
use crate::db::{DbError, ReadTx, stored};

/// An invoice in a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteItem {
    /// The invoice.
    pub invoice: InvoiceId,
    /// The number on it.
    pub number: String,
    /// How much of it would be paid: what remains less what is on its way.
    pub amount: Money,
}

/// What would be paid: `total = items + account - credit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The invoices, the first due first.
    pub items: Vec<QuoteItem>,
    /// Charges on the account beyond its credit; the money for them stays unallocated.
    pub account: Money,
    /// The credit that would be used.
    pub credit: Money,
    /// What the customer would pay. Zero where there is nothing to pay or the credit covers it.
    pub total: Money,
}

/// Computes what `Pay My Balance` would pay. Its total is the `pay.amount` of the balance, read in
/// the same transaction. Locks are not checked here: taking them fails if another checkout has
/// them.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn quote(
    tx: &ReadTx,
    customer: &CustomerId,
    currency: Currency,
    today: Day,
) -> Result<Quote, DbError> {
    let mut all = figures::all(tx, customer, today).await?;
    let figures = all.remove(&currency).unwrap_or_default();
    // Money on its way to nothing in particular is for the charges first, then for what is
    // due last, so that what is due first is asked for.
    let account = (figures.charged() - figures.loose).max(0);
    let mut loose = (figures.loose - figures.charged()).max(0);
    if figures.credit_covers() {
        // Nothing is asked for then, and the credit pays for all of it.
        loose = 0;
    }
    let mut items = unpaid_invoices(tx, customer, currency).await?;
    for item in items.iter_mut().rev() {
        let less = item.amount.minor().min(loose);
        loose -= less;
        item.amount = Money::from_minor(item.amount.minor() - less, currency);
    }
    items.retain(|item| item.amount.is_positive());
    let invoiced = stored::sum(items.iter().map(|item| item.amount.minor()))?;
    let credit = figures.usable().min(invoiced);
    Ok(Quote {
        items,
        account: Money::from_minor(account, currency),
        credit: Money::from_minor(credit, currency),
        total: Money::from_minor(stored::sum([invoiced, account, -credit])?, currency),
    })
}

async fn unpaid_invoices(
    tx: &ReadTx,
    customer: &CustomerId,
    currency: Currency,
) -> Result<Vec<QuoteItem>, DbError> {
    let rows = invoices::Entity::find()
        .filter(invoices::Column::CustomerId.eq(customer.as_str()))
        .filter(Expr::cust(OUTSTANDING))
        .filter(invoices::Column::Currency.eq(currency.code()))
        .order_by_asc(invoices::Column::DueOn)
        .order_by_asc(invoices::Column::Id)
        .all(tx.conn())
        .await?;
    let mut items = Vec::new();
    for row in rows {
        let settled = row.paid_minor + row.credited_minor + row.pending_minor;
        let unpaid = row.total_minor - settled;
        if unpaid > 0 {
            items.push(QuoteItem {
                invoice: stored::parse(&row.id)?,
                number: row.number,
                amount: Money::from_minor(unpaid, currency),
            });
        }
    }
    Ok(items)
}
