//! Payments, what they pay for, and what goes back. The migrations say what the
//! columns mean, and joins are written out in the queries that need them.

/// Rows of `payments`.
pub mod payments {
    use sea_orm::entity::prelude::*;

    /// One payment, purchase or refund.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "payments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub customer_id: String,
        pub kind: String,
        pub created_at: i64,
        pub completed_at: Option<i64>,
        pub total_minor: i64,
        pub surcharge_minor: i64,
        pub currency: String,
        pub status: String,
        pub description: String,
        pub search_text: String,
        pub method: Option<String>,
        pub method_kind: Option<String>,
        pub method_label: Option<String>,
        pub option_label: Option<String>,
        pub reference: Option<String>,
        pub failure: Option<String>,
        pub refund_of: Option<String>,
        pub checkout_id: Option<String>,
        pub gateway: Option<String>,
        pub provider_payment_id: Option<String>,
        pub allocated_minor: i64,
        pub held_minor: i64,
        pub dispute: Option<String>,
        pub surcharge_back_minor: i64,
        pub only_imported: bool,
        pub fee_minor: Option<i64>,
        pub fee_currency: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `payment_aliases`.
pub mod payment_aliases {
    use sea_orm::entity::prelude::*;

    /// Another id of one payment.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "payment_aliases")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub payment_id: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `allocations`.
pub mod allocations {
    use sea_orm::entity::prelude::*;

    /// The part of one payment that pays for one invoice, or is kept for one event.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "allocations")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub payment_id: String,
        pub invoice_id: Option<String>,
        pub event_id: Option<String>,
        pub amount_minor: i64,
        pub at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `allocation_reversals`.
pub mod allocation_reversals {
    use sea_orm::entity::prelude::*;

    /// The part of a payment that no longer pays for one thing, since a refund took it back.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "allocation_reversals")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub refund_id: String,
        pub payment_id: String,
        pub invoice_id: Option<String>,
        pub event_id: Option<String>,
        pub amount_minor: i64,
        pub applied_at: i64,
        pub at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `disputes`.
pub mod disputes {
    use sea_orm::entity::prelude::*;

    /// One dispute over one payment.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "disputes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub gateway: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub provider_ref: String,
        pub payment_id: String,
        pub state: String,
        pub amount_minor: i64,
        pub at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `reviews`.
pub mod reviews {
    use sea_orm::entity::prelude::*;

    /// One thing that no rule fits.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reviews")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub kind: String,
        pub customer_id: Option<String>,
        pub checkout_id: Option<String>,
        pub attempt_id: Option<String>,
        pub payment_id: Option<String>,
        pub gateway: String,
        pub provider_ref: String,
        pub amount_minor: Option<i64>,
        pub currency: Option<String>,
        pub asked_minor: Option<i64>,
        pub asked_currency: Option<String>,
        pub created_at: i64,
        pub resolved_at: Option<i64>,
        pub resolution: Option<String>,
        pub note: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `refund_orders`.
pub mod refund_orders {
    use sea_orm::entity::prelude::*;

    /// One refund that was asked for here.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "refund_orders")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub payment_id: String,
        pub attempt_id: String,
        pub gateway: String,
        pub amount_minor: i64,
        pub currency: String,
        pub status: String,
        pub provider_ref: Option<String>,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
