//! The provider's side: answering requests and messages, and giving video sessions an address.

use api_types::{CustomerId, EventId, EventStatus, Message, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::holds::become_of;
use super::messages;
use crate::db::entities::event_messages;
use crate::db::entities::events::{Column, Entity, Model};
use crate::db::{DbError, ReadTx, WriteTx, customers, stored};

/// A request that waits for the provider's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRequest {
    /// Which event it would be.
    pub event: EventId,
    /// Whose it is.
    pub customer: CustomerId,
    /// Of which service.
    pub service: String,
    /// Who takes part beside the customer.
    pub people: Vec<String>,
    /// When it would begin.
    pub starts_at: Timestamp,
    /// Whether it would be a video session.
    pub video: bool,
    /// What the customer wrote.
    pub note: Option<String>,
    /// When it was asked for.
    pub requested_at: Option<Timestamp>,
}

/// An event about which the customer has written last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// Which.
    pub event: EventId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What it is.
    pub title: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// What was written since the provider's last word, the oldest first.
    pub messages: Vec<Message>,
}

/// The requests that wait for an answer, the first to begin first. Those whose time is over are
/// left out.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn requests(tx: &ReadTx, now: Timestamp) -> Result<Vec<OpenRequest>, DbError> {
    let rows = Entity::find()
        .filter(Column::Status.eq(EventStatus::Requested.as_str()))
        .filter(Column::EndsAt.gt(now.as_millis()))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    let request = |row: Model| {
        Ok(OpenRequest {
            event: stored::parse(&row.id)?,
            customer: stored::parse(&row.customer_id)?,
            people: row.people.lines().map(str::to_owned).collect(),
            starts_at: stored::instant(row.starts_at)?,
            requested_at: row.requested_at.map(stored::instant).transpose()?,
            service: row.service,
            video: row.video,
            note: row.customer_note,
        })
    };
    rows.into_iter().map(request).collect()
}

/// Books a requested event, and stores the address of its video session if one is given.
///
/// # Errors
/// [`DbError::Refused`] if there is no such event, it is not requested, or an address is given and
/// the event is no video session or the address does not begin with `https://`;
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn accept(
    tx: &WriteTx,
    id: &EventId,
    video_url: Option<&str>,
    now: Timestamp,
) -> Result<(), DbError> {
    let row = requested(tx, id).await?;
    become_of(tx, id, EventStatus::Booked, now).await?;
    if let Some(url) = video_url {
        write_video(tx, &row, url, now).await?;
    }
    touch(tx, &row).await
}

/// Declines a requested event. What was paid for it is credit.
///
/// # Errors
/// [`DbError::Refused`] if there is no such event or it is not requested, [`DbError::Unreadable`]
/// if a stored value cannot be read; otherwise as the database fails.
pub async fn decline(
    tx: &WriteTx,
    id: &EventId,
    note: Option<&str>,
    now: Timestamp,
) -> Result<(), DbError> {
    let row = requested(tx, id).await?;
    become_of(tx, id, EventStatus::Declined, now).await?;
    if let Some(note) = note.map(str::trim).filter(|note| !note.is_empty()) {
        Entity::update_many()
            .col_expr(Column::Note, Expr::value(note))
            .filter(Column::Id.eq(id.as_str()))
            .exec(tx.conn())
            .await?;
    }
    touch(tx, &row).await
}

/// Stores the address of a video session.
///
/// # Errors
/// [`DbError::Refused`] if there is no such event, it does not take place any more, it is no video
/// session, or the address does not begin with `https://`; [`DbError::Unreadable`] if a stored
/// value cannot be read; otherwise as the database fails.
pub async fn set_video(
    tx: &WriteTx,
    id: &EventId,
    url: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let row = find(tx, id).await?;
    if !EventStatus::from_word(&row.status).is_live() {
        return Err(refusal(&row, "does not take place any more"));
    }
    write_video(tx, &row, url, now).await?;
    touch(tx, &row).await
}

/// Writes to the customer about an event.
///
/// # Errors
/// [`DbError::Refused`] if there is no such event, or subject or text is empty;
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn answer(
    tx: &WriteTx,
    id: &EventId,
    (subject, text): (&str, &str),
    now: Timestamp,
) -> Result<(), DbError> {
    let row = find(tx, id).await?;
    let (subject, text) = (subject.trim(), text.trim());
    if subject.is_empty() || text.is_empty() {
        let why = "an answer has a subject and a text".to_owned();
        return Err(DbError::Refused(why));
    }
    messages::add(tx, id, true, (subject, text), now).await?;
    touch(tx, &row).await
}

/// The events about which the customer has written last, the longest waiting first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn unanswered(tx: &ReadTx) -> Result<Vec<Unanswered>, DbError> {
    let last_is_theirs = "id IN (SELECT event_id FROM event_messages AS last
        WHERE NOT from_provider AND position = (SELECT MAX(position) FROM event_messages AS all_of
            WHERE all_of.event_id = last.event_id))";
    let rows = Entity::find().filter(Expr::cust(last_is_theirs));
    let mut waiting = Vec::new();
    for row in rows.all(tx.conn()).await? {
        waiting.push(Unanswered {
            messages: since_answered(tx, &row.id).await?,
            event: stored::parse(&row.id)?,
            customer: stored::parse(&row.customer_id)?,
            starts_at: stored::instant(row.starts_at)?,
            title: row.title,
        });
    }
    waiting.sort_by_key(|event| {
        event
            .messages
            .first()
            .map(|first| first.sent_at.as_millis())
    });
    Ok(waiting)
}

async fn since_answered(tx: &ReadTx, event: &str) -> Result<Vec<Message>, DbError> {
    let rows = event_messages::Entity::find()
        .filter(event_messages::Column::EventId.eq(event))
        .order_by_desc(event_messages::Column::Position)
        .all(tx.conn())
        .await?;
    let theirs = rows.into_iter().take_while(|row| !row.from_provider);
    let message = |row: event_messages::Model| {
        Ok(Message {
            from_provider: row.from_provider,
            sent_at: stored::instant(row.sent_at)?,
            subject: row.subject,
            text: row.text,
        })
    };
    let mut messages: Vec<_> = theirs.map(message).collect::<Result<_, DbError>>()?;
    messages.reverse();
    Ok(messages)
}

async fn write_video(tx: &WriteTx, row: &Model, url: &str, now: Timestamp) -> Result<(), DbError> {
    if !row.video {
        return Err(refusal(row, "is no video session"));
    }
    if !url.starts_with("https://") || url::Url::parse(url).is_err() {
        let why = format!("`{url}` is no address that begins with https://");
        return Err(DbError::Refused(why));
    }
    Entity::update_many()
        .col_expr(Column::VideoUrl, Expr::value(url))
        .col_expr(Column::Sequence, Expr::col(Column::Sequence).add(1))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(row.id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

async fn requested(tx: &ReadTx, id: &EventId) -> Result<Model, DbError> {
    let row = find(tx, id).await?;
    match EventStatus::from_word(&row.status) {
        EventStatus::Requested => Ok(row),
        status => Err(refusal(
            &row,
            &format!("is {}, so there is nothing to answer", status.as_str()),
        )),
    }
}

async fn find(tx: &ReadTx, id: &EventId) -> Result<Model, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    row.ok_or_else(|| DbError::Refused(format!("there is no event {id}")))
}

async fn touch(tx: &WriteTx, row: &Model) -> Result<(), DbError> {
    customers::touch(tx, &stored::parse(&row.customer_id)?).await?;
    Ok(())
}

fn refusal(row: &Model, why: &str) -> DbError {
    DbError::Refused(format!("event {} {why}", row.id))
}
