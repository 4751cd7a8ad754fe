//! Rows of `attempts`; the migration says what the columns mean.

use std::fmt;

use sea_orm::entity::prelude::*;

/// One attempt of a checkout at a payment provider. Its address opens the provider's page.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub checkout_id: String,
    pub gateway: String,
    pub provider_id: Option<String>,
    pub url: Option<String>,
    pub status: String,
    pub last_read_at: i64,
    pub next_read_at: Option<i64>,
    pub opened_at: Option<i64>,
    pub returned_at: Option<i64>,
    pub created_at: i64,
    pub number: i64,
    pub superseded_at: Option<i64>,
    pub total_minor: i64,
    pub surcharge_minor: i64,
    pub currency: String,
    pub method: String,
    pub method_kind: String,
    pub method_label: Option<String>,
    pub option_id: Option<String>,
    pub option_label: Option<String>,
    pub payment_id: Option<String>,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address opens the provider's page.
        f.debug_struct("Model")
            .field("id", &self.id)
            .field("checkout_id", &self.checkout_id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
