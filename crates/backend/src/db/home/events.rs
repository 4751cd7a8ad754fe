//! The events that the provider waits for the customer's word on.

use api_types::{CustomerId, EventSummary};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::entities::events::{Column, Entity};
use crate::db::events::summaries;
use crate::db::{DbError, ReadTx, Terms};

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
