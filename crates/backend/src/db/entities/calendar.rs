//! Events, what can be asked for, and feeds. The migrations say what the
//! columns mean, and joins are written out in the queries that need them.

/// Rows of `events`.
pub mod events {
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

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `event_links`.
pub mod event_links {
    use sea_orm::entity::prelude::*;

    /// One document of an event.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub kind: String,
        pub title: String,
        pub url: String,
        pub to_complete: Option<bool>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `event_messages`.
pub mod event_messages {
    use sea_orm::entity::prelude::*;

    /// One message about an event.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_messages")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub from_provider: bool,
        pub subject: String,
        pub text: String,
        pub sent_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `offers`.
pub mod offers {
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

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `closures`.
pub mod closures {
    use sea_orm::entity::prelude::*;

    /// A time at which nothing is offered.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "closures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub person: Option<String>,
        pub starts_at: i64,
        pub ends_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of `feeds`.
pub mod feeds {
    use sea_orm::entity::prelude::*;

    /// One customer's feed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "feeds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub customer_id: String,
        pub token_hash: String,
        pub due_days: bool,
        pub created_at: i64,
        pub read_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
