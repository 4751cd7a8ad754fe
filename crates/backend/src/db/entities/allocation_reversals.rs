//! Rows of `allocation_reversals`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// The part of a payment that no longer pays for one thing, since a refund took it back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "allocation_reversals")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub refund_id: String,
    pub payment_id: String,
    pub invoice_id: Option<String>,
    pub event_id: Option<String>,
    pub amount_minor: i64,
    pub applied_at: i64,
    pub at: i64,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
