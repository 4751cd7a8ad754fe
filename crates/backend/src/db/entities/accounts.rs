//! Customers, their ledger, and how they sign in. The migrations say what the
//! columns mean, and joins are written out in the queries that need them.

/// Rows of `customers`.
pub mod customers {
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
}

/// Rows of `entries`.
pub mod entries {
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

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `sessions`.
pub mod sessions {
    use sea_orm::entity::prelude::*;

    /// One session.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: String,
        pub customer_id: String,
        pub created_at: i64,
        pub seen_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `sign_in_tries`.
pub mod sign_in_tries {
    use sea_orm::entity::prelude::*;

    /// What is remembered of one subject.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_tries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject: String,
        pub failures: i64,
        pub last_at: i64,
        pub next_at: i64,
        pub succeeded_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
