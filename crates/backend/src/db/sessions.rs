//! Sessions. They are found by the hash of their token, never by the token.

use api_types::{CustomerId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use super::entities::sessions;
use super::{DbError, ReadTx, WriteTx, customers, stored};

/// A session, and who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// The hash of its token.
    pub token_hash: String,
    /// Who is signed in.
    pub customer: CustomerId,
    /// The name to greet with.
    pub name: String,
    /// The sign-in name.
    pub email: String,
    /// When it began.
    pub created_at: Timestamp,
    /// The customer's last act.
    pub seen_at: Timestamp,
}

/// Stores a new session.
///
/// # Errors
/// [`DbError::Taken`] if there is a session with this token; otherwise as the database fails.
pub async fn insert(
    tx: &WriteTx,
    token_hash: &str,
    customer: &CustomerId,
    now: Timestamp,
) -> Result<(), DbError> {
    let row = sessions::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        customer_id: Set(customer.to_string()),
        created_at: Set(now.as_millis()),
        seen_at: Set(now.as_millis()),
    };
    sessions::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The session with a token's hash, even if its time has run out.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn find(tx: &ReadTx, token_hash: &str) -> Result<Option<StoredSession>, DbError> {
    let found = sessions::Entity::find_by_id(token_hash)
        .one(tx.conn())
        .await?;
    let Some(session) = found else {
        return Ok(None);
    };
    let id = stored::parse(&session.customer_id)?;
    let Some(customer) = customers::find(tx, &id).await? else {
        return Ok(None);
    };
    Ok(Some(StoredSession {
        token_hash: session.token_hash,
        customer: customer.id,
        name: customer.name,
        email: customer.email.unwrap_or_default(),
        created_at: stored::instant(session.created_at)?,
        seen_at: stored::instant(session.seen_at)?,
    }))
}

/// Stores when the customer last did something. An earlier instant changes nothing.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn renew(tx: &WriteTx, token_hash: &str, now: Timestamp) -> Result<(), DbError> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::SeenAt, Expr::value(now.as_millis()))
        .filter(sessions::Column::TokenHash.eq(token_hash))
        .filter(sessions::Column::SeenAt.lt(now.as_millis()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Ends a session. Returns whether there was one.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn delete(tx: &WriteTx, token_hash: &str) -> Result<bool, DbError> {
    let deleted = sessions::Entity::delete_by_id(token_hash)
        .exec(tx.conn())
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Ends all sessions of a customer.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn delete_all(tx: &WriteTx, customer: &CustomerId) -> Result<(), DbError> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::CustomerId.eq(customer.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Deletes the sessions that began, or were last used, at or before an instant. Returns how many
/// those were.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn purge(tx: &WriteTx, began_by: Timestamp, seen_by: Timestamp) -> Result<u64, DbError> {
    let ended = sessions::Column::CreatedAt
        .lte(began_by.as_millis())
        .or(sessions::Column::SeenAt.lte(seen_by.as_millis()));
    let deleted = sessions::Entity::delete_many()
        .filter(ended)
        .exec(tx.conn())
        .await?;
    Ok(deleted.rows_affected)
}
