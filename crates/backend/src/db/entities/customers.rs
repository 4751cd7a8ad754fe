//! Rows of `customers`; the migration says what the columns mean.

use std::fmt;

use sea_orm::entity::prelude::*;

/// One customer.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub address: String,
    pub tax_number: Option<String>,
    pub account_number: Option<String>,
    pub attendees: String,
    pub password_hash: Option<String>,
    pub version: i64,
    pub created_at: i64,
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    /// Says whose row it is, and nothing that is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("customers")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
