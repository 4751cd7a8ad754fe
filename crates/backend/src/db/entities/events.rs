//! Rows of `events`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub customer_id: String,
    pub service: String,
    pub title: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub zone: String,
    pub first_on: Option<String>,
    pub last_on: Option<String>,
    pub location: Option<String>,
    pub video: bool,
    pub video_url: Option<String>,
    pub people: String,
    pub host: Option<String>,
    pub status: String,
    pub hold_until: Option<i64>,
    pub fee_minor: Option<i64>,
    pub deposit_minor: Option<i64>,
    pub currency: Option<String>,
    pub deposit_due_on: Option<String>,
    pub invoice_id: Option<String>,
    pub needs_confirmation: bool,
    pub confirmed_at: Option<i64>,
    pub note: Option<String>,
    pub customer_note: Option<String>,
    pub requested_at: Option<i64>,
    pub moves: i64,
    pub sequence: i64,
    pub changed_at: i64,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
