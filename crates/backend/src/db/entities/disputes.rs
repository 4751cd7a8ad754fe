//! Rows of `disputes`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One dispute over one payment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disputes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub gateway: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_ref: String,
    pub payment_id: String,
    pub state: String,
    pub amount_minor: i64,
    pub at: i64,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
