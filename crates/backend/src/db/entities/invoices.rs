//! Rows of `invoices`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One invoice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub customer_id: String,
    pub number: String,
    pub name: String,
    pub issued_on: String,
    pub due_on: String,
    pub period_from: Option<String>,
    pub period_to: Option<String>,
    pub currency: String,
    pub net_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub credited_minor: i64,
    pub paid_minor: i64,
    pub pending_minor: i64,
    pub refunded_minor: i64,
    pub document: String,
    pub service: Option<String>,
    pub replaced_by: Option<String>,
    pub number_key: String,
    pub search_text: String,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
