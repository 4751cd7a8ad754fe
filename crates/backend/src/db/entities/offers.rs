//! Rows of `offers`; the migration says what the columns mean.

use sea_orm::entity::prelude::*;

/// The weekly times of one person for one service.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub service: String,
    pub person: String,
    pub weekday: i64,
    pub from_minute: i64,
    pub to_minute: i64,
    pub zone: String,
    pub minutes: i64,
    pub every_minutes: i64,
    pub location: Option<String>,
    pub video: bool,
    pub fee_minor: Option<i64>,
    pub deposit_minor: Option<i64>,
    pub currency: Option<String>,
    pub first_on: Option<String>,
    pub last_on: Option<String>,
    pub known_only: bool,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
