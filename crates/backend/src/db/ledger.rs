//! The ledger: what moved an account, once each, and never changed afterwards.
//! Per customer and currency, the sum of all entries is `credit - owed`.
//!
//! Beside each entry stands the running balance. An entry may be posted for a time before
//! others, so balances are computed when the transaction commits, from the earliest
//! new entry on: in whatever order entries came, they are the sums in the order of time.

pub use api_types::EntryKind;
use api_types::{CreditNoteId, Currency, CustomerId, InvoiceId, Money, PaymentId, Timestamp};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};

use super::entities::entries;
use super::{DbError, ReadTx, WriteTx, stored};

/// A figure to post.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Whose account it moves.
    pub customer: &'a CustomerId,
    /// When.
    pub at: Timestamp,
    /// Of what kind.
    pub kind: EntryKind,
    /// How much: money from the customer is positive, charges are negative.
    pub amount: Money,
    /// The invoice that it is about.
    pub invoice: Option<&'a InvoiceId>,
    /// The payment that it is about.
    pub payment: Option<&'a PaymentId>,
    /// The credit note that it is about; its invoice is named too.
    pub credit_note: Option<&'a CreditNoteId>,
}

/// Posts an entry. This is the only way into the ledger. Nothing moved, nothing is posted.
///
/// # Errors
///
/// The same payment, surcharge, invoice or credit note posted twice is [`DbError::Taken`]. An
/// amount beyond [`Money::most`] is [`DbError::TooLarge`].
pub async fn post(tx: &WriteTx, entry: Entry<'_>) -> Result<(), DbError> {
    if entry.amount.is_zero() {
        return Ok(());
    }
    let currency = entry.amount.currency();
    if !entry.amount.is_within_bounds() {
        let most = Money::most(currency);
        let what = format!("{:?} on an account; at most {most:?}", entry.amount);
        return Err(DbError::TooLarge(what));
    }
    let row = entries::ActiveModel {
        customer_id: Set(entry.customer.to_string()),
        at: Set(entry.at.as_millis()),
        kind: Set(entry.kind.as_str().to_owned()),
        currency: Set(currency.to_string()),
        amount_minor: Set(entry.amount.minor()),
        balance_minor: Set(0),
        invoice_id: Set(entry.invoice.map(ToString::to_string)),
        payment_id: Set(entry.payment.map(ToString::to_string)),
        credit_note_id: Set(entry.credit_note.map(ToString::to_string)),
        ..Default::default()
    };
    entries::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    tx.stale_balances
        .mark(entry.customer, currency, entry.at.as_millis());
    Ok(())
}

/// Computes anew the running balances that the transaction's entries have moved. Every
/// transaction does it before it commits.
///
/// # Errors
///
/// A balance beyond [`Money::most`], either way, is [`DbError::TooLarge`]: the database refuses
/// it, and with it all that the transaction would have written.
pub(super) async fn compute_balances(tx: &WriteTx) -> Result<(), DbError> {
    let sql = "WITH later AS (
            SELECT id, SUM(amount_minor) OVER (ORDER BY at, id) AS moved
            FROM entries WHERE customer_id = $1 AND currency = $2 AND at >= $3
        )
        UPDATE entries SET balance_minor = $4 + later.moved
        FROM later WHERE entries.id = later.id";
    for ((customer, currency), since) in tx.stale_balances.take() {
        let before = balance_before(tx, &customer, &currency, since).await?;
        let backend = tx.conn().get_database_backend();
        let values = [
            customer.as_str().into(),
            currency.as_str().into(),
            since.into(),
            before.into(),
        ];
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let done = tx.conn().execute_raw(statement).await;
        done.map_err(|error| match DbError::from(error) {
            DbError::TooLarge(_) => balance_too_large(&customer, &currency),
            other => other,
        })?;
    }
    Ok(())
}

fn balance_too_large(customer: &str, currency: &str) -> DbError {
    let most = stored::parse(currency).map(Money::most);
    let most = most.map_or_else(|_| String::new(), |most| format!("; at most {most:?}"));
    DbError::TooLarge(format!(
        "the balance of customer {customer} in {currency}{most}"
    ))
}

/// What an account stood at in a currency before an instant, in minor units.
pub(super) async fn balance_before(
    tx: &ReadTx,
    customer: &str,
    currency: &str,
    millis: i64,
) -> Result<i64, DbError> {
    let last: Option<i64> = entries::Entity::find()
        .select_only()
        .column(entries::Column::BalanceMinor)
        .filter(entries::Column::CustomerId.eq(customer))
        .filter(entries::Column::Currency.eq(currency))
        .filter(entries::Column::At.lt(millis))
        .order_by_desc(entries::Column::At)
        .order_by_desc(entries::Column::Id)
        .into_tuple()
        .one(tx.conn())
        .await?;
    Ok(last.unwrap_or(0))
}

/// What has been posted for an invoice and its credit notes so far, in minor units; `None` if
/// nothing has.
///
/// # Errors
/// [`DbError::TooLarge`] if the sum is beyond its bound; otherwise as the database fails.
pub async fn posted_for_invoice(tx: &ReadTx, id: &InvoiceId) -> Result<Option<i64>, DbError> {
    posted(tx, entries::Column::InvoiceId, id.as_str()).await
}

/// What has been posted for a payment and its surcharge so far, in minor units; `None` if nothing
/// has.
///
/// # Errors
/// [`DbError::TooLarge`] if the sum is beyond its bound; otherwise as the database fails.
pub async fn posted_for_payment(tx: &ReadTx, id: &PaymentId) -> Result<Option<i64>, DbError> {
    posted(tx, entries::Column::PaymentId, id.as_str()).await
}

/// Whether the method's price in a payment has been posted by an entry of its own.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub async fn has_surcharge(tx: &ReadTx, id: &PaymentId) -> Result<bool, DbError> {
    let entries = entries::Entity::find()
        .filter(entries::Column::PaymentId.eq(id.as_str()))
        .filter(entries::Column::Kind.eq(EntryKind::Surcharge.as_str()));
    Ok(entries.count(tx.conn()).await? > 0)
}

/// What has been posted for a credit note so far, in minor units; `None` where nothing has.
///
/// # Errors
/// [`DbError::TooLarge`] if the sum is beyond its bound; otherwise as the database fails.
pub async fn posted_for_credit_note(
    tx: &ReadTx,
    id: &CreditNoteId,
) -> Result<Option<i64>, DbError> {
    posted(tx, entries::Column::CreditNoteId, id.as_str()).await
}

/// How many entries an account has.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn count(tx: &ReadTx, customer: &CustomerId) -> Result<u64, DbError> {
    Ok(entries::Entity::find()
        .filter(entries::Column::CustomerId.eq(customer.as_str()))
        .count(tx.conn())
        .await?)
}

/// One search of the index per currency, where DISTINCT would read every entry ever posted.
const MOVED: &str = "WITH RECURSIVE moved (currency) AS (
        SELECT MIN(currency) FROM entries WHERE customer_id = $1
        UNION ALL
        SELECT (SELECT MIN(currency) FROM entries
            WHERE customer_id = $1 AND currency > moved.currency)
        FROM moved WHERE currency IS NOT NULL
    )
    SELECT currency FROM moved WHERE currency IS NOT NULL";

/// The currencies that an account has ever had an entry in, by their codes.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn currencies(tx: &ReadTx, customer: &CustomerId) -> Result<Vec<Currency>, DbError> {
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, MOVED, [customer.as_str().into()]);
    let rows = tx.conn().query_all_raw(statement).await?;
    rows.iter()
        .map(|row| stored::parse(&row.try_get::<String>("", "currency")?))
        .collect()
}

async fn posted(tx: &ReadTx, of: entries::Column, id: &str) -> Result<Option<i64>, DbError> {
    let amounts: Vec<i64> = entries::Entity::find()
        .select_only()
        .column(entries::Column::AmountMinor)
        .filter(of.eq(id))
        .into_tuple()
        .all(tx.conn())
        .await?;
    if amounts.is_empty() {
        return Ok(None);
    }
    stored::sum(amounts).map(Some)
}
