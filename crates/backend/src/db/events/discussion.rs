//! What was written about an event, and how much more may be.

use api_types::{Discussion, EventId, Message};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::entities::event_messages::{Column, Entity};
use crate::db::{DbError, ReadTx, stored};

/// Everything that was written about an event, the oldest first.
pub(in crate::db) async fn discussion(tx: &ReadTx, event: &EventId) -> Result<Discussion, DbError> {
    let rows = Entity::find()
        .filter(Column::EventId.eq(event.as_str()))
        .order_by_asc(Column::Position)
        .all(tx.conn())
        .await?;
    let since = rows.iter().rev().take_while(|row| !row.from_provider);
    let sent = u8::try_from(since.count()).unwrap_or(u8::MAX);
    let left = Discussion::MOST_UNANSWERED.saturating_sub(sent);
    let messages = rows.into_iter().map(|row| {
        Ok(Message {
            from_provider: row.from_provider,
            subject: row.subject,
            text: row.text,
            sent_at: stored::instant(row.sent_at)?,
        })
    });
    Ok(Discussion {
        messages: messages.collect::<Result<_, DbError>>()?,
        left,
    })
}
