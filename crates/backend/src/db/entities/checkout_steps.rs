//! Rows of `checkout_steps`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One step in the story of a checkout.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkout_steps")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub checkout_id: Option<String>,
    pub attempt_id: Option<String>,
    pub payment_id: Option<String>,
    pub at: i64,
    pub kind: String,
    pub amount_minor: Option<i64>,
    pub currency: Option<String>,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
