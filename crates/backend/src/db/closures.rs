//! When nothing is offered all the same: holidays, and whatever else keeps people away.

use api_types::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, Iterable};

use super::entities::closures::{ActiveModel, Column, Entity};
use super::{DbError, ReadTx, WriteTx};

/// A time at which nothing is offered, to add or to change.
#[derive(Clone, Debug)]
pub struct NewClosure {
    /// The provider's own id.
    pub id: String,
    /// Who is away; `None` for everybody.
    pub person: Option<String>,
    /// From when on.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
}

/// Adds a closure, or changes a known one.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn put(tx: &WriteTx, new: &NewClosure) -> Result<(), DbError> {
    let row = ActiveModel {
        id: Set(new.id.clone()),
        person: Set(new.person.clone()),
        starts_at: Set(new.starts_at.as_millis()),
        ends_at: Set(new.ends_at.as_millis()),
    };
    let known = OnConflict::column(Column::Id)
        .update_columns(Column::iter())
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Whether there is a closure of that id.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn exists(tx: &ReadTx, id: &str) -> Result<bool, DbError> {
    let row = Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(row.is_some())
}
