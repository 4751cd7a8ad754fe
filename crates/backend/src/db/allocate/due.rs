//! Money for nothing in particular pays what is due first.

use api_types::{CustomerId, PaymentId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::room::{payment_row, room};
use super::{Target, take};
use crate::db::entities::invoices;
use crate::db::invoices::OUTSTANDING;
use crate::db::{DbError, WriteTx, locks, stored};

/// Lets a payment pay for the invoice that is due first, then for the next one, and so on. Invoices
/// that a checkout holds are left out, since somebody is paying those. What is left over stays with
/// the payment.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment or it is another customer's,
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn to_what_is_due(
    tx: &WriteTx,
    customer: &CustomerId,
    payment: &PaymentId,
    at: Timestamp,
) -> Result<(), DbError> {
    let currency = payment_row(tx, payment).await?.currency;
    let held = locks::on_invoices(tx, customer).await?;
    let due: Vec<String> = invoices::Entity::find()
        .select_only()
        .column(invoices::Column::Id)
        .filter(invoices::Column::CustomerId.eq(customer.as_str()))
        .filter(Expr::cust(OUTSTANDING))
        .filter(invoices::Column::Currency.eq(currency))
        .order_by_asc(invoices::Column::DueOn)
        .order_by_asc(invoices::Column::Id)
        .into_tuple()
        .all(tx.conn())
        .await?;
    for id in due {
        let invoice = stored::parse(&id)?;
        if held.contains_key(&invoice) {
            continue;
        }
        let room = room(tx, payment, &invoice).await?;
        if !room.left.is_positive() {
            break;
        }
        take(tx, payment, &Target::Invoice(invoice), room, room.left, at).await?;
    }
    Ok(())
}
