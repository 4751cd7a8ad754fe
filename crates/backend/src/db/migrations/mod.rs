//! The tables, one file per noun, in the order in which they are made.
//!
//! A migration that has been released never changes: what comes later is a new file.
//! Times are BIGINT milliseconds of UTC, days are TEXT `YYYY-MM-DD`, money is
//! BIGINT minor units beside a TEXT currency.

mod m20261121_000001_customers;
mod m20261121_000002_invoices;
mod m20261121_000003_payments;
mod m20261121_000004_events;
mod m20261121_000005_entries;
mod m20261121_000007_allocations;
mod m20261121_000010_sessions;
mod m20261121_000020_checkouts;
mod m20261122_000030_calendar;
mod m20261122_000040_attempts;
mod m20261122_000045_reviews;
mod m20261122_000050_aftermath;
mod m20261129_000055_unit_prices;
mod m20261129_000056_search;
mod m20261129_000057_emails;
mod m20261129_000058_invoice_numbers;
mod m20261129_000060_bounds;
mod m20261129_000065_refunds;
mod m20261129_000070_gateways;
#[cfg(test)]
mod tests;

use sea_orm_migration::prelude::*;

/// Brings the tables up to date.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_customers::Migration),
            Box::new(m20261121_000002_invoices::Migration),
            Box::new(m20261121_000003_payments::Migration),
            Box::new(m20261121_000004_events::Migration),
            Box::new(m20261121_000005_entries::Migration),
            Box::new(m20261121_000007_allocations::Migration),
            Box::new(m20261121_000010_sessions::Migration),
            Box::new(m20261121_000020_checkouts::Migration),
            Box::new(m20261122_000030_calendar::Migration),
            Box::new(m20261122_000040_attempts::Migration),
            Box::new(m20261122_000045_reviews::Migration),
            Box::new(m20261122_000050_aftermath::Migration),
            Box::new(m20261129_000055_unit_prices::Migration),
            Box::new(m20261129_000056_search::Migration),
            Box::new(m20261129_000057_emails::Migration),
            Box::new(m20261129_000058_invoice_numbers::Migration),
            Box::new(m20261129_000060_bounds::Migration),
            Box::new(m20261129_000065_refunds::Migration),
            Box::new(m20261129_000070_gateways::Migration),
        ]
    }
}

/// Declares a migration that is a list of SQL statements, run in one transaction.
/// They are plain SQL, so that a reader sees the table as the database does.
macro_rules! migration {
    ($($statement:literal),+ $(,)?) => {
        use sea_orm_migration::prelude::*;

        /// See the head of this file.
        #[derive(DeriveMigrationName)]
        pub struct Migration;

        #[async_trait::async_trait]
        impl MigrationTrait for Migration {
            async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                for statement in [$($statement),+] {
                    manager.get_connection().execute_unprepared(statement).await?;
                }
                Ok(())
            }

            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
        }
    };
}
use migration;

/// Declares a migration that goes through rows, run in one transaction: the function gets the
/// connection.
macro_rules! migration_of_rows {
    ($run:path) => {
        use sea_orm_migration::prelude::*;

        /// See the head of this file.
        #[derive(DeriveMigrationName)]
        pub struct Migration;

        #[async_trait::async_trait]
        impl MigrationTrait for Migration {
            async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                $run(manager.get_connection()).await
            }

            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
        }
    };
}
use migration_of_rows;
