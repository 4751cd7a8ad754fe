//! Rows of `launch_tokens`; the migration says what the columns mean.

use std::fmt;

use sea_orm::entity::prelude::*;

/// One launch token, as its hash.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "launch_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub checkout_id: String,
    pub expires_at: i64,
    pub asked_at: Option<i64>,
    pub spent_at: Option<i64>,
    pub attempt_id: Option<String>,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The hash has no business in a log.
        f.debug_struct("Model")
            .field("checkout_id", &self.checkout_id)
            .field("asked_at", &self.asked_at)
            .field("spent_at", &self.spent_at)
            .finish_non_exhaustive()
    }
}

/// Joins are written out in the queries that need them.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
