//! Rows of `payments`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One payment, purchase or refund.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub customer_id: String,
    pub kind: String,
    pub created_at: i64,
    pub completed_at: Option<i64>,
    pub total_minor: i64,
    pub surcharge_minor: i64,
    pub currency: String,
    pub status: String,
    pub description: String,
    pub search_text: String,
    pub method: Option<String>,
    pub method_kind: Option<String>,
    pub method_label: Option<String>,
    pub option_label: Option<String>,
    pub reference: Option<String>,
    pub failure: Option<String>,
    pub refund_of: Option<String>,
    pub checkout_id: Option<String>,
    pub gateway: Option<String>,
    pub provider_payment_id: Option<String>,
    pub allocated_minor: i64,
    pub held_minor: i64,
    pub dispute: Option<String>,
    pub surcharge_back_minor: i64,
    pub only_imported: bool,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
