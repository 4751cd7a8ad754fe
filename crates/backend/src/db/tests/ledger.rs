//! Whatever happens to an account, its ledger, its balance and its columns say the same.

use std::collections::BTreeMap;

use api_types::{Currency, CustomerId, DocumentState, InvoiceId, Money, PaymentId, PaymentStatus};
use proptest::prelude::*;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use super::portal::{Portal, at, day, id, invoice, payment};
use crate::db::entities::{
    allocations, entries, invoices as invoice_rows, payments as payment_rows,
};
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, WriteTx, allocate, balance, invoices, payments};

const CURRENCIES: [&str; 3] = ["EUR", "JPY", "KWD"];
const TODAY: &str = "2026-11-21";

/// Something that can happen to an account. Numbers pick rows; what is refused must leave
/// nothing behind.
#[derive(Clone, Debug)]
enum Deed {
    Issue {
        currency: usize,
        minor: i64,
        due: u8,
    },
    Change {
        invoice: usize,
        minor: i64,
        credited: i64,
        document: usize,
    },
    Pay {
        currency: usize,
        minor: i64,
        status: usize,
    },
    Allocate {
        payment: usize,
        invoice: usize,
        minor: i64,
    },
    Complete {
        payment: usize,
        minor: i64,
    },
    Cancel {
        payment: usize,
    },
    Release {
        payment: usize,
    },
    Correct {
        payment: usize,
        minor: i64,
        status: usize,
    },
    UseCredit {
        currency: usize,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    let (c, row, minor) = (0..3_usize, 0..12_usize, 1..500_i64);
    prop_oneof![
        4 => (c.clone(), minor.clone(), 1..29_u8)
            .prop_map(|(currency, minor, due)| Deed::Issue { currency, minor, due }),
        1 => (row.clone(), minor.clone(), 0..200_i64, 0..3_usize).prop_map(
            |(invoice, minor, credited, document)| Deed::Change { invoice, minor, credited, document }),
        4 => (c.clone(), -200..500_i64, 0..3_usize)
            .prop_map(|(currency, minor, status)| Deed::Pay { currency, minor, status }),
        5 => (row.clone(), row.clone(), minor.clone())
            .prop_map(|(payment, invoice, minor)| Deed::Allocate { payment, invoice, minor }),
        2 => (row.clone(), minor.clone()).prop_map(|(payment, minor)| Deed::Complete { payment, minor }),
        1 => row.clone().prop_map(|payment| Deed::Cancel { payment }),
        1 => row.clone().prop_map(|payment| Deed::Release { payment }),
        1 => (row, -200..500_i64, 0..3_usize)
            .prop_map(|(payment, minor, status)| Deed::Correct { payment, minor, status }),
        2 => c.prop_map(|currency| Deed::UseCredit { currency }),
    ]
}

fn euros_or(currency: usize, minor: i64) -> Money {
    Money::from_minor(minor, id(CURRENCIES[currency]))
}

fn state(status: usize) -> PaymentStatus {
    PaymentStatus::ALL[status]
}

async fn perform(tx: &WriteTx, nth: usize, deed: &Deed) -> Result<(), DbError> {
    let now = at("2026-11-21T12:00:00Z");
    let ann: CustomerId = id("ann");
    match *deed {
        Deed::Issue {
            currency,
            minor,
            due,
        } => {
            let new = new_invoice(&format!("i{nth}"), euros_or(currency, minor), due);
            invoices::put(tx, &new, now).await
        }
        Deed::Change {
            invoice,
            minor,
            credited,
            document,
        } => {
            let Some(known) = nth_invoice(tx, invoice, None).await? else {
                return Ok(());
            };
            let (_, currency) = invoices::owner(tx, &known).await?.unwrap();
            let mut new = new_invoice(known.as_str(), Money::from_minor(minor, currency), 5);
            new.credited = Money::from_minor(credited.min(minor), currency);
            new.document = DocumentState::ALL[document];
            invoices::put(tx, &new, now).await
        }
        Deed::Pay { minor: 0, .. } => Ok(()),
        Deed::Pay {
            currency,
            minor,
            status,
        } => {
            let new = new_payment(&format!("p{nth}"), euros_or(currency, minor), state(status));
            payments::insert(tx, &new).await
        }
        Deed::Allocate {
            payment,
            invoice,
            minor,
        } => {
            let Some(from) = nth_payment(tx, payment).await? else {
                return Ok(());
            };
            let (_, currency) = payments::owner(tx, &from).await?.unwrap();
            if let Some(to) = nth_invoice(tx, invoice, Some(currency)).await? {
                allocate::to_invoice(tx, &from, &to, Money::from_minor(minor, currency)).await?;
            }
            Ok(())
        }
        Deed::Complete { payment, minor } => {
            let Some(known) = nth_payment(tx, payment).await? else {
                return Ok(());
            };
            let (_, currency) = payments::owner(tx, &known).await?.unwrap();
            payments::complete(tx, &known, now, Money::from_minor(minor, currency), None).await?;
            Ok(())
        }
        Deed::Cancel { payment } => match nth_payment(tx, payment).await? {
            Some(known) => payments::cancel(tx, &known, None).await,
            None => Ok(()),
        },
        Deed::Release { payment } => {
            if let Some(known) = nth_payment(tx, payment).await? {
                allocate::release(tx, &known).await?;
            }
            Ok(())
        }
        Deed::Correct { minor: 0, .. } => Ok(()),
        Deed::Correct {
            payment,
            minor,
            status,
        } => {
            let Some(known) = nth_payment(tx, payment).await? else {
                return Ok(());
            };
            let (_, currency) = payments::owner(tx, &known).await?.unwrap();
            let new = new_payment(
                known.as_str(),
                Money::from_minor(minor, currency),
                state(status),
            );
            payments::put(tx, &new, now).await
        }
        Deed::UseCredit { currency } => {
            let currency: Currency = id(CURRENCIES[currency]);
            let quote = balance::quote(tx, &ann, currency, day(TODAY)).await?;
            let items: Vec<_> = quote
                .items
                .iter()
                .map(|item| (item.invoice.clone(), item.amount))
                .collect();
            let used = allocate::use_credit(tx, &ann, &items, quote.credit).await?;
            assert_eq!(used, quote.credit, "the credit that is quoted can be used");
            Ok(())
        }
    }
}

fn new_invoice(name: &str, total: Money, due: u8) -> invoices::NewInvoice {
    let total = format!("{} {}", total.amount_text(), total.currency());
    invoice(name, "ann", &total, &format!("2026-11-{due:02}"))
}

fn new_payment(name: &str, total: Money, status: PaymentStatus) -> payments::NewPayment {
    let total = format!("{} {}", total.amount_text(), total.currency());
    payment(name, "ann", &total, status)
}

/// Picks an invoice, of a currency where one is asked for.
async fn nth_invoice(
    tx: &WriteTx,
    nth: usize,
    of: Option<Currency>,
) -> Result<Option<InvoiceId>, DbError> {
    let mut rows = invoice_rows::Entity::find().all(tx.conn()).await?;
    rows.retain(|row| of.is_none_or(|currency| row.currency == currency.code()));
    Ok(nth.checked_rem(rows.len()).map(|nth| id(&rows[nth].id)))
}

async fn nth_payment(tx: &WriteTx, nth: usize) -> Result<Option<PaymentId>, DbError> {
    let rows = payment_rows::Entity::find().all(tx.conn()).await?;
    Ok(nth.checked_rem(rows.len()).map(|nth| id(&rows[nth].id)))
}

/// Holds every figure against the rows that it is made of, reckoned here by other means.
async fn hold_to_the_rows(portal: &Portal) {
    let (entries, invoices, payments, allocations) = portal
        .db
        .read(async |tx| {
            let conn = tx.conn();
            Ok::<_, DbError>((
                entries::Entity::find().all(conn).await?,
                invoice_rows::Entity::find().all(conn).await?,
                payment_rows::Entity::find().all(conn).await?,
                allocations::Entity::find().all(conn).await?,
            ))
        })
        .await
        .unwrap();
    let status: BTreeMap<_, _> = payments
        .iter()
        .map(|row| (row.id.as_str(), row.status.as_str()))
        .collect();
    let allocated = |which: &dyn Fn(&allocations::Model) -> bool| -> i64 {
        allocations
            .iter()
            .filter(|row| which(row))
            .map(|row| row.amount_minor)
            .sum()
    };
    for row in &invoices {
        let of = |state: &str| {
            allocated(&|a| a.invoice_id == row.id && status[a.payment_id.as_str()] == state)
        };
        assert_eq!(row.paid_minor, of("completed"), "paid of {row:?}");
        assert_eq!(row.pending_minor, of("pending"), "pending of {row:?}");
        assert_eq!(of("cancelled"), 0, "{row:?}");
        assert!(
            row.paid_minor + row.credited_minor <= row.total_minor,
            "{row:?}"
        );
        assert!(
            row.document == "open" || row.paid_minor + row.pending_minor == 0,
            "{row:?}"
        );
    }
    for row in &payments {
        let sum = allocated(&|a| a.payment_id == row.id);
        assert_eq!(row.allocated_minor, sum, "allocated of {row:?}");
        assert!(sum == 0 || sum <= row.total_minor, "{row:?}");
    }
    for of in portal.balance("ann", TODAY).await.currencies {
        let sum: i64 = entries
            .iter()
            .filter(|row| row.currency == of.currency.code())
            .map(|row| row.amount_minor)
            .sum();
        assert_eq!(of.net.minor(), sum, "the ledger against {of:?}");
        assert_eq!(of.net, of.credit.checked_sub(of.owed).unwrap());
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
    fn ledger_balance_and_columns_always_agree(deeds in prop::collection::vec(deed(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let portal = Portal::with(&["ann"]).await;
            for (nth, deed) in deeds.iter().enumerate() {
                match portal.db.write(async |tx| perform(tx, nth, deed).await).await {
                    Ok(()) | Err(DbError::Refused(_)) => {}
                    Err(error) => panic!("{deed:?}: {error}"),
                }
            }
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
    for sql in ["UPDATE entries SET amount_minor = 1", "DELETE FROM entries"] {
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
