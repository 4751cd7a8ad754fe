//! The columns that sum allocations up.

use api_types::{InvoiceId, PaymentId};
use sea_orm::{ConnectionTrait, Statement};

use crate::db::stored::sum_sql;
use crate::db::{DbError, WriteTx};

/// Sums up what a payment pays for.
pub(super) async fn of_payment(tx: &WriteTx, payment: &PaymentId) -> Result<(), DbError> {
    let sum = sum_sql!("amount_minor");
    let sql = format!(
        "UPDATE payments SET
        allocated_minor = (
            SELECT {sum}
            FROM allocations WHERE payment_id = payments.id AND invoice_id IS NOT NULL
        ),
        held_minor = (
            SELECT {sum}
            FROM allocations WHERE payment_id = payments.id AND event_id IS NOT NULL
        ) WHERE id = $1"
    );
    run(tx, &sql, payment.as_str()).await
}

/// Sums up what pays for an invoice, and what of that went back since it was last paid.
pub(super) async fn of_invoice(tx: &WriteTx, invoice: &InvoiceId) -> Result<(), DbError> {
    let sum = sum_sql!("amount_minor");
    let sql = format!(
        "UPDATE invoices SET
        paid_minor = (
            SELECT {sum}
            FROM allocations JOIN payments ON payments.id = payment_id
            WHERE invoice_id = invoices.id AND status = 'completed'
        ),
        pending_minor = (
            SELECT {sum}
            FROM allocations JOIN payments ON payments.id = payment_id
            WHERE invoice_id = invoices.id AND status = 'pending'
        ),
        refunded_minor = (
            SELECT {sum}
            FROM allocation_reversals AS reversal
            WHERE reversal.invoice_id = invoices.id AND reversal.at >= (
                SELECT COALESCE(MAX(allocations.at), 0)
                FROM allocations JOIN payments ON payments.id = payment_id
                WHERE allocations.invoice_id = invoices.id AND status = 'completed'
            )
        ) WHERE id = $1"
    );
    run(tx, &sql, invoice.as_str()).await
}

async fn run(tx: &WriteTx, sql: &str, id: &str) -> Result<(), DbError> {
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [id.into()]);
    tx.conn().execute_raw(statement).await?;
    Ok(())
}
