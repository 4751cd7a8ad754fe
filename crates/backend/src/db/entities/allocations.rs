//! Rows of `allocations`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// The part of one payment that pays for one invoice, or is kept for one event.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "allocations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub payment_id: String,
    pub invoice_id: Option<String>,
    pub event_id: Option<String>,
    pub amount_minor: i64,
    pub at: i64,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
