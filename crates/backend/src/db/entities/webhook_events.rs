//! Rows of `webhook_events`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One notification that has come.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub gateway: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: String,
    pub received_at: i64,
    pub reference: Option<String>,
    pub next_try_at: Option<i64>,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
