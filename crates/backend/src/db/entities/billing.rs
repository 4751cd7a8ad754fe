//! Invoices with their lines, and credit notes. The migrations say what the
//! columns mean, and joins are written out in the queries that need them.

/// Rows of `invoices`.
pub mod invoices {
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

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `invoice_lines`.
pub mod invoice_lines {
    use sea_orm::entity::prelude::*;

    /// One line of an invoice.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invoice_lines")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub invoice_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub description: String,
        pub quantity: String,
        pub net_minor: i64,
        pub tax_minor: i64,
        pub tax_percent: String,
        pub unit_price: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `credit_notes`.
pub mod credit_notes {
    use sea_orm::entity::prelude::*;

    /// One credit note.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "credit_notes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub invoice_id: String,
        pub number: String,
        pub issued_on: String,
        pub reason: String,
        pub net_minor: i64,
        pub tax_minor: i64,
        pub total_minor: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
