//! Rows of `checkouts`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One checkout.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkouts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub customer_id: String,
    pub kind: String,
    pub invoice_id: Option<String>,
    pub event_id: Option<String>,
    pub currency: String,
    pub total_minor: i64,
    pub surcharge_minor: i64,
    pub credit_minor: i64,
    pub method: String,
    pub method_kind: String,
    pub method_label: Option<String>,
    pub option_id: Option<String>,
    pub option_label: Option<String>,
    pub description: String,
    pub status: String,
    pub failure: Option<String>,
    pub payment_id: Option<String>,
    pub created_at: i64,
    pub expires_at: i64,
    pub updated_at: i64,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
