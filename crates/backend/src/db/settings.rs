//! What the server makes for itself once and keeps, such as the secret of its proofs.

use sea_orm::{ActiveValue::Set, EntityTrait};

use super::entities::settings::{ActiveModel, Entity};
use super::{DbError, WriteTx};

/// The value under a key. The first time it is made and stored.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn get_or_create(
    tx: &WriteTx,
    key: &str,
    make: impl FnOnce() -> String,
) -> Result<String, DbError> {
    if let Some(row) = Entity::find_by_id(key).one(tx.conn()).await? {
        return Ok(row.value);
    }
    let value = make();
    let row = ActiveModel {
        key: Set(key.to_owned()),
        value: Set(value.clone()),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(value)
}
