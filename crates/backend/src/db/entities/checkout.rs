//! Checkouts with their attempts, and what providers notify. The migrations say what the
//! columns mean, and joins are written out in the queries that need them.

/// Rows of `checkouts`.
pub mod checkouts {
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

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `checkout_items`.
pub mod checkout_items {
    use sea_orm::entity::prelude::*;

    /// One thing that a checkout pays for.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "checkout_items")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub checkout_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub item_key: String,
        pub invoice_id: Option<String>,
        pub event_id: Option<String>,
        pub amount_minor: i64,
        pub locked: bool,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `checkout_steps`.
pub mod checkout_steps {
    use sea_orm::entity::prelude::*;

    /// One step in the story of a checkout.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "checkout_steps")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub checkout_id: Option<String>,
        pub attempt_id: Option<String>,
        pub payment_id: Option<String>,
        pub at: i64,
        pub kind: String,
        pub amount_minor: Option<i64>,
        pub currency: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `attempts`.
pub mod attempts {
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
        pub details: Option<String>,
        pub form: Option<String>,
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

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `launch_tokens`.
pub mod launch_tokens {
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

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `webhook_events`.
pub mod webhook_events {
    use sea_orm::entity::prelude::*;

    /// One notification that has come.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub gateway: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: String,
        pub received_at: i64,
        pub reference: Option<String>,
        pub reference_kind: Option<String>,
        pub next_try_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `provider_ids`.
pub mod provider_ids {
    use sea_orm::entity::prelude::*;

    /// One id of a payment provider that belongs to an attempt.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "provider_ids")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub gateway: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub attempt_id: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
