//! Rows of `feeds`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One customer's feed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feeds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: String,
    pub token_hash: String,
    pub due_days: bool,
    pub created_at: i64,
    pub read_at: Option<i64>,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
