//! Documents of events, which the provider keeps elsewhere: put in all at once, in their order.

use api_types::{EventId, EventLink};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::db::entities::event_links::{ActiveModel, Column, Entity};
use crate::db::{DbError, ReadTx, WriteTx};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventDocumentKind {
    /// A form, or something to read.
    Document,
    /// A referral.
    Referral,
}

impl EventDocumentKind {
    /// The word for it, in files and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Referral => "referral",
        }
    }
}

/// How many documents an event has.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn count_documents(tx: &ReadTx, event: &EventId) -> Result<u64, DbError> {
    let rows = Entity::find().filter(Column::EventId.eq(event.as_str()));
    Ok(rows.count(tx.conn()).await?)
}

/// Deletes all documents of an event.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn clear_documents(tx: &WriteTx, event: &EventId) -> Result<(), DbError> {
    Entity::delete_many()
        .filter(Column::EventId.eq(event.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Adds a document after those that an event has.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn add_document(
    tx: &WriteTx,
    event: &EventId,
    kind: EventDocumentKind,
    link: &EventLink,
) -> Result<(), DbError> {
    let position = count_documents(tx, event).await?;
    let row = ActiveModel {
        event_id: Set(event.to_string()),
        position: Set(i64::try_from(position).unwrap_or(i64::MAX)),
        kind: Set(kind.as_str().to_owned()),
        title: Set(link.title.clone()),
        url: Set(link.url.clone()),
        to_complete: Set(link.to_complete),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}
