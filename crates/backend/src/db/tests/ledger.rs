//! Whatever happens to an account, its ledger, its balance and its columns say the same.

use std::collections::BTreeMap;

use api_types::PaymentStatus;
use proptest::prelude::*;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use super::account_commands::{TODAY, command, portal_after};
use super::portal::{Portal, day, id, payment};
use crate::db::entities::{
    allocations, credit_notes, entries, invoices as invoice_rows, payments as payment_rows,
};
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, balance};

/// Every row that money stands in.
struct Rows {
    entries: Vec<entries::Model>,
    invoices: Vec<invoice_rows::Model>,
    payments: Vec<payment_rows::Model>,
    allocations: Vec<allocations::Model>,
    credit_notes: Vec<credit_notes::Model>,
}

impl Rows {
    async fn of(portal: &Portal) -> Self {
        portal
            .db
            .read(async |tx| {
                let conn = tx.conn();
                Ok::<_, DbError>(Self {
                    entries: entries::Entity::find().all(conn).await?,
                    invoices: invoice_rows::Entity::find().all(conn).await?,
                    payments: payment_rows::Entity::find().all(conn).await?,
                    allocations: allocations::Entity::find().all(conn).await?,
                    credit_notes: credit_notes::Entity::find().all(conn).await?,
                })
            })
            .await
            .unwrap()
    }

    fn allocated(&self, which: impl Fn(&allocations::Model) -> bool) -> i64 {
        let rows = self.allocations.iter().filter(|row| which(row));
        rows.map(|row| row.amount_minor).sum()
    }

    fn hold_invoices(&self) {
        let status: BTreeMap<_, _> = self
            .payments
            .iter()
            .map(|row| (row.id.as_str(), row.status.as_str()))
            .collect();
        for row in &self.invoices {
            let of = |state: &str| {
                self.allocated(|a| {
                    a.invoice_id.as_ref() == Some(&row.id) && status[a.payment_id.as_str()] == state
                })
            };
            assert_eq!(row.paid_minor, of("completed"), "paid of {row:?}");
            assert_eq!(row.pending_minor, of("pending"), "pending of {row:?}");
            assert_eq!(of("cancelled"), 0, "{row:?}");
            let notes = self.credit_notes.iter();
            let notes = notes.filter(|note| note.invoice_id == row.id);
            let credited: i64 = notes.map(|note| note.total_minor).sum();
            assert_eq!(row.credited_minor, credited, "credited of {row:?}");
            assert!(
                row.paid_minor + row.credited_minor <= row.total_minor,
                "{row:?}"
            );
            assert!(
                row.document == "open" || row.paid_minor + row.pending_minor == 0,
                "{row:?}"
            );
        }
    }

    fn hold_payments(&self) {
        for row in &self.payments {
            let of = |a: &allocations::Model| a.payment_id == row.id;
            let allocated = self.allocated(|a| of(a) && a.invoice_id.is_some());
            let held = self.allocated(|a| of(a) && a.event_id.is_some());
            assert_eq!(row.allocated_minor, allocated, "allocated of {row:?}");
            assert_eq!(row.held_minor, held, "held of {row:?}");
            let pays = allocated + held;
            assert!(
                pays == 0 || pays + row.surcharge_minor <= row.total_minor,
                "{row:?}"
            );
        }
    }
}

/// Holds every figure against the rows that it is made of, reckoned here by other means.
async fn hold_to_the_rows(portal: &Portal) {
    let rows = Rows::of(portal).await;
    rows.hold_invoices();
    rows.hold_payments();
    for of in portal.balance("ann", TODAY).await.currencies {
        let entries = rows.entries.iter();
        let entries = entries.filter(|row| row.currency == of.currency.code());
        let sum: i64 = entries.map(|row| row.amount_minor).sum();
        assert_eq!(of.net.minor(), sum, "the ledger against {of:?}");
        assert_eq!(of.net, of.credit.checked_sub(of.owed).unwrap());
        assert!(of.held.minor() <= of.credit.minor(), "{of:?}");
        let quote = portal
            .db
            .read(async |tx| balance::quote(tx, &id("ann"), of.currency, day(TODAY)).await)
            .await
            .unwrap();
        assert_eq!(of.pay.amount, quote.total, "the quote against {of:?}");
        assert!(
            of.credit_covers == (quote.total.is_zero() && quote.credit.is_positive())
                || of.on_its_way.is_positive()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn ledger_balance_and_columns_always_agree(commands in prop::collection::vec(command(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let portal = portal_after(&commands).await;
            hold_to_the_rows(&portal).await;
        });
    }
}

#[tokio::test]
async fn a_payment_is_posted_once_however_often_it_is_reported() {
    let portal = Portal::with(&["ann"]).await;
    let new = payment("p1", "ann", "5.00 EUR", PaymentStatus::Completed);
    portal.pay(&new, &[]).await;
    let again = portal
        .db
        .write(async |tx| {
            let entry = Entry {
                customer: &new.customer,
                at: new.created_at,
                kind: EntryKind::Payment,
                amount: new.total,
                invoice: None,
                payment: Some(&new.id),
                credit_note: None,
            };
            ledger::post(tx, entry).await
        })
        .await;
    assert!(matches!(again, Err(DbError::Taken(_))), "{again:?}");
}

#[tokio::test]
async fn an_entry_can_neither_be_changed_nor_taken_out() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .pay(
            &payment("p1", "ann", "5.00 EUR", PaymentStatus::Completed),
            &[],
        )
        .await;
    for sql in [
        "UPDATE entries SET amount_minor = 1",
        "UPDATE entries SET at = 1",
        "UPDATE entries SET customer_id = 'bob', balance_minor = 1",
        "DELETE FROM entries",
    ] {
        let refused = portal
            .db
            .write(async |tx| {
                let conn = tx.conn();
                let statement = Statement::from_string(conn.get_database_backend(), sql);
                conn.execute_raw(statement).await.map_err(DbError::from)
            })
            .await;
        assert!(refused.is_err(), "{sql}");
    }
}
