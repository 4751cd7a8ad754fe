//! What customers and the provider write to each other about an event.

use api_types::{CustomerId, EventId, SendMessage, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::change::row;
use super::error::BookingError;
use crate::db::entities::event_messages::{ActiveModel, Column, Entity};
use crate::db::events::discussion;
use crate::db::{DbError, Terms, WriteTx};

/// Sends a customer's message about an event.
///
/// # Errors
/// [`BookingError::Off`] if messages are switched off, [`BookingError::NotFound`] if the customer
/// has no such event, [`BookingError::Field`] if subject or text is empty or too long,
/// [`BookingError::WaitForAnswer`] if the provider has to answer first, [`BookingError::Broken`] if
/// the database fails or a stored value cannot be read.
pub async fn send(
    tx: &WriteTx,
    customer: &CustomerId,
    id: &EventId,
    message: &SendMessage,
    terms: &Terms,
) -> Result<(), BookingError> {
    if !terms.calendar.discussion {
        return Err(BookingError::Off);
    }
    row(tx, customer, id).await?;
    let (most_subject, most_text) = (
        SendMessage::MOST_SUBJECT_CHARACTERS,
        SendMessage::MOST_TEXT_CHARACTERS,
    );
    let subject = check_text("subject", &message.subject, most_subject)?;
    let text = check_text("text", &message.text, most_text)?;
    if discussion(tx, id).await?.left == 0 {
        return Err(BookingError::WaitForAnswer);
    }
    add(tx, id, false, (subject, text), terms.now).await?;
    Ok(())
}

/// Adds a message after all others.
pub(super) async fn add(
    tx: &WriteTx,
    id: &EventId,
    from_provider: bool,
    (subject, text): (&str, &str),
    now: Timestamp,
) -> Result<(), DbError> {
    let last = Entity::find()
        .filter(Column::EventId.eq(id.as_str()))
        .order_by_desc(Column::Position)
        .one(tx.conn())
        .await?;
    let row = ActiveModel {
        event_id: Set(id.to_string()),
        position: Set(last.map_or(0, |last| last.position + 1)),
        from_provider: Set(from_provider),
        subject: Set(subject.to_owned()),
        text: Set(text.to_owned()),
        sent_at: Set(now.as_millis()),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// What somebody wrote, without the blanks around it.
fn check_text<'a>(name: &'static str, text: &'a str, most: usize) -> Result<&'a str, BookingError> {
    if text.trim().is_empty() {
        return Err(BookingError::Field(name, "missing"));
    }
    if text.chars().count() > most {
        return Err(BookingError::Field(name, "too_long"));
    }
    Ok(text.trim())
}
