//! Attempts: one try of a checkout at one payment provider. The row is there
//! before the provider is asked, so that nothing the provider says is unknown.

use std::fmt;

use api_types::{AttemptId, CheckoutId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entities::attempts::{ActiveModel, Column, Entity, Model};
use super::{DbError, ReadTx, WriteTx, stored};

/// What is stored as status before the provider has said anything.
const NEW: &str = "new";

/// An attempt as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id, also the reference that the provider knows it by.
    pub id: AttemptId,
    /// The checkout that it is for.
    pub checkout: CheckoutId,
    /// The gateway that it goes through.
    pub gateway: String,
    /// The provider's id and page, once the provider has answered.
    pub at_provider: Option<AtProvider>,
    /// What the provider said last; `None` before it said anything.
    pub said: Option<String>,
    /// When it was last read from the provider, or made there.
    pub last_read_at: Timestamp,
    /// Whether it is read again in the background.
    pub is_watched: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("id", &self.id)
            .field("checkout", &self.checkout)
            .field("said", &self.said)
            .finish_non_exhaustive()
    }
}

/// How a provider knows an attempt.
#[derive(Clone, PartialEq, Eq)]
pub struct AtProvider {
    /// The provider's id.
    pub id: String,
    /// The provider's page, which opens to whoever has its address.
    pub url: String,
}

impl fmt::Debug for AtProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AtProvider")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Adds an attempt that the provider has not heard of, to be looked after from an instant on.
pub async fn insert(
    tx: &WriteTx,
    id: &AttemptId,
    checkout: &CheckoutId,
    gateway: &str,
    now: Timestamp,
    next_read_at: Timestamp,
) -> Result<(), DbError> {
    let row = ActiveModel {
        id: Set(id.to_string()),
        checkout_id: Set(checkout.to_string()),
        gateway: Set(gateway.to_owned()),
        provider_id: Set(None),
        url: Set(None),
        status: Set(NEW.to_owned()),
        // Asking the provider for it counts as reading it.
        last_read_at: Set(now.as_millis()),
        next_read_at: Set(Some(next_read_at.as_millis())),
        opened_at: Set(None),
        returned_at: Set(None),
        created_at: Set(now.as_millis()),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The attempt with an id.
pub async fn find(tx: &ReadTx, id: &AttemptId) -> Result<Option<Attempt>, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    row.map(attempt).transpose()
}

/// The attempt that a checkout is at: its newest one. A bank transfer has none.
pub async fn of_checkout(tx: &ReadTx, checkout: &CheckoutId) -> Result<Option<Attempt>, DbError> {
    let row = Entity::find()
        .filter(Column::CheckoutId.eq(checkout.as_str()))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .one(tx.conn())
        .await?;
    row.map(attempt).transpose()
}

/// Notes that the window has come back from the provider, the first time that it does.
pub async fn returned(tx: &WriteTx, id: &AttemptId, now: Timestamp) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::ReturnedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id.as_str()))
        .filter(Column::ReturnedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The attempts that the background is to read by now, the longest due first.
pub async fn due(tx: &ReadTx, now: Timestamp, most: u64) -> Result<Vec<Attempt>, DbError> {
    let rows = Entity::find()
        .filter(Column::NextReadAt.lte(now.as_millis()))
        .order_by_asc(Column::NextReadAt)
        .limit(most)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(attempt).collect()
}

/// Keeps what the provider said, and when it is to be read again: never, where that is `None`.
pub async fn heard(
    tx: &WriteTx,
    id: &AttemptId,
    at_provider: &AtProvider,
    said: &str,
    next_read_at: Option<Timestamp>,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::ProviderId, Expr::value(at_provider.id.as_str()))
        .col_expr(Column::Url, Expr::value(at_provider.url.as_str()))
        .col_expr(Column::Status, Expr::value(said))
        .col_expr(Column::NextReadAt, Expr::value(millis(next_read_at)))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Keeps that the provider is being read now. One that is still watched is next read then.
pub async fn reading(
    tx: &WriteTx,
    id: &AttemptId,
    now: Timestamp,
    next_read_at: Option<Timestamp>,
) -> Result<(), DbError> {
    let next =
        Expr::case(Column::NextReadAt.is_not_null(), millis(next_read_at)).finally(None::<i64>);
    Entity::update_many()
        .col_expr(Column::LastReadAt, Expr::value(now.as_millis()))
        .col_expr(Column::NextReadAt, next.into())
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Takes the right to read the provider now; `false` if it was read since an instant.
pub async fn claim_read(
    tx: &WriteTx,
    id: &AttemptId,
    now: Timestamp,
    since: Timestamp,
) -> Result<bool, DbError> {
    let claimed = Entity::update_many()
        .col_expr(Column::LastReadAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id.as_str()))
        .filter(Column::LastReadAt.lte(since.as_millis()))
        .exec(tx.conn())
        .await?;
    Ok(claimed.rows_affected > 0)
}

/// Has an attempt read again at an instant.
pub async fn read_next_at(tx: &WriteTx, id: &AttemptId, at: Timestamp) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::NextReadAt, Expr::value(at.as_millis()))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Leaves an attempt alone from now on. A notification may still name it.
pub async fn leave(tx: &WriteTx, id: &AttemptId) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::NextReadAt, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millis)
}

fn attempt(row: Model) -> Result<Attempt, DbError> {
    let at_provider = row.provider_id.zip(row.url);
    Ok(Attempt {
        id: stored::parsed(&row.id)?,
        checkout: stored::parsed(&row.checkout_id)?,
        gateway: row.gateway,
        at_provider: at_provider.map(|(id, url)| AtProvider { id, url }),
        said: Some(row.status).filter(|said| said != NEW),
        last_read_at: stored::instant(row.last_read_at)?,
        is_watched: row.next_read_at.is_some(),
        created_at: stored::instant(row.created_at)?,
    })
}
