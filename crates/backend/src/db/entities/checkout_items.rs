//! Rows of `checkout_items`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One thing that a checkout pays for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkout_items")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub checkout_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub item_key: String,
    pub invoice_id: Option<String>,
    pub event_id: Option<String>,
    pub amount_minor: i64,
    pub locked: bool,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
