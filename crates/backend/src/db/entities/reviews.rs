//! Rows of `reviews`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One thing that no rule fits.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub kind: String,
    pub customer_id: Option<String>,
    pub checkout_id: Option<String>,
    pub attempt_id: Option<String>,
    pub payment_id: Option<String>,
    pub gateway: String,
    pub provider_ref: String,
    pub amount_minor: Option<i64>,
    pub currency: Option<String>,
    pub asked_minor: Option<i64>,
    pub asked_currency: Option<String>,
    pub created_at: i64,
    pub resolved_at: Option<i64>,
    pub resolution: Option<String>,
    pub note: Option<String>,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
