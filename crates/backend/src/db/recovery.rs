//! After a start, what an earlier process left undone does not wait for its turn.

use api_types::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::entities::{attempts, webhook_events};
use super::{DbError, WriteTx};

/// Has the background read at once every watched attempt that was made since an instant, and every
/// notification that waits.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn read_now(tx: &WriteTx, since: Timestamp, now: Timestamp) -> Result<(), DbError> {
    use attempts::Column as Attempt;
    use webhook_events::Column as Event;

    let now = now.as_millis();
    attempts::Entity::update_many()
        .col_expr(Attempt::NextReadAt, Expr::value(now))
        .filter(Attempt::NextReadAt.gt(now))
        .filter(Attempt::CreatedAt.gte(since.as_millis()))
        .exec(tx.conn())
        .await?;
    webhook_events::Entity::update_many()
        .col_expr(Event::NextTryAt, Expr::value(now))
        .filter(Event::NextTryAt.gt(now))
        .exec(tx.conn())
        .await?;
    Ok(())
}
