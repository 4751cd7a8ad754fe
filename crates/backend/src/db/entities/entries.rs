//! Rows of `entries`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entries")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: String,
    pub at: i64,
    pub kind: String,
    pub currency: String,
    pub amount_minor: i64,
    pub balance_minor: i64,
    pub invoice_id: Option<String>,
    pub payment_id: Option<String>,
    pub credit_note_id: Option<String>,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
