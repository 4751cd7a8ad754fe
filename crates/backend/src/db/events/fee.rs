//! What an event costs, and what of that is paid.

use api_types::{CustomerId, EventId, EventPart, EventStatus, InvoiceId, Money};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::db::stored::sum_sql;
use crate::db::{DbError, ReadTx, stored};

/// What an event costs, and what of that is there already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFee {
    /// What it is.
    pub title: String,
    /// What it costs, if anything.
    pub fee: Option<Money>,
    /// What of that is to be paid before it.
    pub deposit: Option<Money>,
    /// The invoice that it is on by now.
    pub invoice: Option<InvoiceId>,
    /// Whether it can be paid: it is held or booked or over, and not invoiced yet.
    pub is_payable: bool,
    /// Whether money can be kept for it: it is not cancelled, and not invoiced yet.
    pub can_hold: bool,
    /// Completed money that is kept for it, in minor units.
    pub held: i64,
    /// Pending money for it, in minor units.
    pub pending: i64,
}

impl EventFee {
    /// What of the fee, or of the deposit, nothing has paid and nothing is on its way to; `None`
    /// where the event cannot be paid ahead, or no such thing is asked for.
    pub fn unpaid(&self, part: EventPart) -> Option<Money> {
        let asked = match part {
            EventPart::Balance => self.fee,
            EventPart::Deposit => self.deposit,
        };
        let asked = asked.filter(|_| self.is_payable)?;
        let minor = asked.minor() - self.held - self.pending;
        Some(Money::from_minor(minor.max(0), asked.currency()))
    }
}

#[derive(FromQueryResult)]
struct FeeRow {
    title: String,
    status: String,
    fee_minor: Option<i64>,
    deposit_minor: Option<i64>,
    currency: Option<String>,
    invoice_id: Option<String>,
    held: i64,
    pending: i64,
}

/// What a customer's event costs; `None` where there is none, or it is somebody else's.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn fee(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &EventId,
) -> Result<Option<EventFee>, DbError> {
    let sum = sum_sql!("amount_minor");
    let sql = format!(
        "SELECT title, status, fee_minor, deposit_minor, currency, invoice_id,
            (SELECT {sum}
                FROM allocations JOIN payments ON payments.id = payment_id
                WHERE event_id = events.id AND payments.status = 'completed') AS held,
            (SELECT {sum}
                FROM allocations JOIN payments ON payments.id = payment_id
                WHERE event_id = events.id AND payments.status = 'pending') AS pending
        FROM events WHERE id = $1 AND customer_id = $2"
    );
    let backend = tx.conn().get_database_backend();
    let values = [id.as_str().into(), customer.as_str().into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let row = FeeRow::find_by_statement(statement).one(tx.conn()).await?;
    let Some(row) = row else { return Ok(None) };
    let money = |minor: Option<i64>| {
        let stored = minor.zip(row.currency.as_deref());
        let money = stored.map(|(minor, currency)| stored::money(minor, currency));
        Ok::<_, DbError>(money.transpose()?.filter(Money::is_positive))
    };
    let status = EventStatus::from_word(&row.status);
    let can_be_paid = status.takes_its_time() && status != EventStatus::Requested;
    let fee = money(row.fee_minor)?;
    // Money is kept up to the fee, so nobody is asked for more before it.
    let deposit = money(row.deposit_minor)?.zip(fee).map(|(deposit, fee)| {
        let minor = deposit.minor().min(fee.minor());
        Money::from_minor(minor, fee.currency())
    });
    Ok(Some(EventFee {
        fee,
        deposit,
        is_payable: can_be_paid && row.invoice_id.is_none(),
        can_hold: status.takes_its_time() && row.invoice_id.is_none(),
        invoice: stored::parsed_option(row.invoice_id.as_deref())?,
        title: row.title,
        held: row.held,
        pending: row.pending,
    }))
}
