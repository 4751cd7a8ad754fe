//! Rows of the calendar as they are stored, for tests of what was put in.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::portal::Portal;
use crate::db::DbError;
use crate::db::entities::{closures, event_links, events, offers};

impl Portal {
    /// An event.
    pub(crate) async fn event_row(&self, event: &str) -> events::Model {
        let row = self.db.read(async |tx| {
            let row = events::Entity::find_by_id(event).one(tx.conn()).await;
            row.map_err(DbError::from)
        });
        row.await.unwrap().unwrap()
    }

    /// An offer.
    pub(crate) async fn offer_row(&self, offer: &str) -> offers::Model {
        let row = self.db.read(async |tx| {
            let row = offers::Entity::find_by_id(offer).one(tx.conn()).await;
            row.map_err(DbError::from)
        });
        row.await.unwrap().unwrap()
    }

    /// A closure.
    pub(crate) async fn closure_row(&self, closure: &str) -> closures::Model {
        let row = self.db.read(async |tx| {
            let row = closures::Entity::find_by_id(closure).one(tx.conn()).await;
            row.map_err(DbError::from)
        });
        row.await.unwrap().unwrap()
    }

    /// The documents of an event, in their order.
    pub(crate) async fn document_rows(&self, event: &str) -> Vec<event_links::Model> {
        let rows = self.db.read(async |tx| {
            let rows = event_links::Entity::find()
                .filter(event_links::Column::EventId.eq(event))
                .order_by_asc(event_links::Column::Position);
            rows.all(tx.conn()).await.map_err(DbError::from)
        });
        rows.await.unwrap()
    }
}
