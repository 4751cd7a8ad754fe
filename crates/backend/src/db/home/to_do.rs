//! `Things I Need To Do`: what is most urgent first.

use api_types::{CheckoutStatus, CustomerId, Day, EventSummary, Home, MethodKind, ToDo};
use jiff::Span;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::db::entities::events::{Column, Entity};
use crate::db::entities::{invoices, payments};
use crate::db::events::summaries;
use crate::db::invoices::{OUTSTANDING, remaining};
use crate::db::{DbError, ReadTx, Terms, checkouts, stored};

/// How many days before its due day an invoice is something to do.
const DAYS_AHEAD: i64 = 14;

/// Some things of one kind, the most urgent first, and how many there are in all.
type Things = (Vec<ToDo>, u64);

/// The most urgent things to do, and how many there are in all.
pub(super) async fn of(
    tx: &ReadTx,
    customer: &CustomerId,
    terms: &Terms,
) -> Result<(Vec<ToDo>, u32), DbError> {
    let (confirm, to_confirm) = to_confirm(tx, customer, terms, limit()).await?;
    let confirm = confirm
        .into_iter()
        .map(|event| ToDo::ConfirmEvent {
            event: Box::new(event),
        })
        .collect();
    let by_urgency: [Things; 5] = [
        to_pay(tx, overdue(customer, terms), terms).await?,
        unfinished(tx, customer).await?,
        awaited_transfers(tx, customer).await?,
        (confirm, to_confirm),
        to_pay(tx, soon_due(customer, terms)?, terms).await?,
    ];
    let mut all = Vec::new();
    let mut count = 0_u64;
    for (things, of_kind) in by_urgency {
        all.extend(things);
        count = count.saturating_add(of_kind);
    }
    all.truncate(Home::MOST_TO_DO as usize);
    Ok((all, u32::try_from(count).map_err(|_| stored::too_large())?))
}

fn limit() -> u64 {
    Home::MOST_TO_DO.into()
}

fn overdue(customer: &CustomerId, terms: &Terms) -> Select<invoices::Entity> {
    payable(customer, terms).filter(invoices::Column::DueOn.lt(terms.today.to_string()))
}

fn soon_due(customer: &CustomerId, terms: &Terms) -> Result<Select<invoices::Entity>, DbError> {
    let ahead = Span::new().days(DAYS_AHEAD);
    let last = terms.today.date().saturating_add(ahead);
    let (today, last) = (terms.today.to_string(), Day::from(last).to_string());
    Ok(payable(customer, terms)
        .filter(invoices::Column::DueOn.gte(today))
        .filter(invoices::Column::DueOn.lte(last)))
}

/// The invoices that can be paid now, as `pay` of each says.
fn payable(customer: &CustomerId, terms: &Terms) -> Select<invoices::Entity> {
    let methods = terms.methods.iter();
    let currencies = methods.flat_map(|method| &method.currencies);
    let unlocked = "NOT EXISTS (SELECT 1 FROM checkout_items
        WHERE checkout_items.invoice_id = invoices.id AND locked)";
    let unpaid = "total_minor - paid_minor - credited_minor > pending_minor";
    invoices::Entity::find()
        .filter(invoices::Column::CustomerId.eq(customer.as_str()))
        .filter(Expr::cust(OUTSTANDING))
        .filter(Expr::cust(unpaid))
        .filter(Expr::cust(unlocked))
        .filter(invoices::Column::Currency.is_in(currencies.map(|currency| currency.code())))
}

async fn to_pay(
    tx: &ReadTx,
    rows: Select<invoices::Entity>,
    terms: &Terms,
) -> Result<Things, DbError> {
    let count = rows.clone().count(tx.conn()).await?;
    let rows = rows
        .order_by_asc(invoices::Column::DueOn)
        .order_by_asc(invoices::Column::Id)
        .limit(limit())
        .all(tx.conn())
        .await?;
    let each = rows.into_iter().map(|row| {
        let due_on = stored::parse(&row.due_on)?;
        Ok(ToDo::PayInvoice {
            invoice: stored::parse(&row.id)?,
            due_on,
            overdue: due_on < terms.today,
            remaining: stored::money(remaining(&row), &row.currency)?,
            number: row.number,
            name: row.name,
        })
    });
    Ok((each.collect::<Result<_, DbError>>()?, count))
}

/// Checkouts whose window waits for the customer: the newest first.
async fn unfinished(tx: &ReadTx, customer: &CustomerId) -> Result<Things, DbError> {
    let waits = |status| matches!(status, CheckoutStatus::Created | CheckoutStatus::Open);
    let live = checkouts::live(tx, customer).await?;
    let things: Vec<_> = live
        .into_iter()
        .filter(|checkout| waits(checkout.status))
        .map(|checkout| ToDo::FinishCheckout {
            checkout: checkout.id,
            status: checkout.status,
            total: checkout.total,
        })
        .collect();
    let count = u64::try_from(things.len()).map_err(|_| stored::too_large())?;
    Ok((things, count))
}

/// Transfers that the provider waits for: the oldest first.
async fn awaited_transfers(tx: &ReadTx, customer: &CustomerId) -> Result<Things, DbError> {
    let rows = payments::Entity::find()
        .filter(payments::Column::CustomerId.eq(customer.as_str()))
        .filter(Expr::cust("status = 'pending'"))
        .filter(payments::Column::MethodKind.eq(MethodKind::BankTransfer.as_str()));
    let count = rows.clone().count(tx.conn()).await?;
    let rows = rows
        .order_by_asc(payments::Column::CreatedAt)
        .order_by_asc(payments::Column::Id)
        .limit(limit())
        .all(tx.conn())
        .await?;
    let each = rows.into_iter().map(|row| {
        Ok(ToDo::SendTransfer {
            payment: stored::parse(&row.id)?,
            total: stored::money(row.total_minor, &row.currency)?,
            created_at: stored::instant(row.created_at)?,
        })
    });
    Ok((each.collect::<Result<_, DbError>>()?, count))
}

/// The events that the provider waits for the customer's word on, the next first, and how
/// many there are in all.
pub(super) async fn to_confirm(
    tx: &ReadTx,
    customer: &CustomerId,
    terms: &Terms,
    most: u64,
) -> Result<(Vec<EventSummary>, u64), DbError> {
    let rows = Entity::find()
        .filter(Column::CustomerId.eq(customer.as_str()))
        .filter(Column::Status.eq("booked"))
        .filter(Column::NeedsConfirmation.eq(true))
        .filter(Column::ConfirmedAt.is_null())
        .filter(Column::StartsAt.gt(terms.now.as_millis()));
    let count = rows.clone().count(tx.conn()).await?;
    let rows = rows
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(tx.conn())
        .await?;
    Ok((summaries(tx, rows, terms).await?, count))
}
