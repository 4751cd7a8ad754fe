//! From rows of the ledger to entries as the wire has them, with what they are about.

use std::collections::BTreeMap;

use api_types::{EntryKind, HistoryEntry, Money, Record};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::db::entities::{credit_notes, entries, invoices, payments};
use crate::db::invoices::remaining;
use crate::db::payments::public_part;
use crate::db::{DbError, ReadTx, Terms, stored};

/// What some entries are about, by id.
struct Records {
    invoices: BTreeMap<String, invoices::Model>,
    payments: BTreeMap<String, payments::Model>,
    credit_notes: BTreeMap<String, credit_notes::Model>,
}

/// The entries as the wire has them, in the order given.
pub(super) async fn to_wire(
    tx: &ReadTx,
    rows: Vec<entries::Model>,
    terms: &Terms,
) -> Result<Vec<HistoryEntry>, DbError> {
    let records = Records::of(tx, &rows).await?;
    let each = rows.into_iter().map(|row| records.entry(row, terms));
    each.collect()
}

impl Records {
    async fn of(tx: &ReadTx, rows: &[entries::Model]) -> Result<Self, DbError> {
        let named = |id: fn(&entries::Model) -> Option<&String>| -> Vec<&str> {
            rows.iter().filter_map(id).map(String::as_str).collect()
        };
        let conn = tx.conn();
        let invoices = invoices::Entity::find()
            .filter(invoices::Column::Id.is_in(named(|row| row.invoice_id.as_ref())))
            .all(conn)
            .await?;
        let payments = payments::Entity::find()
            .filter(payments::Column::Id.is_in(named(|row| row.payment_id.as_ref())))
            .all(conn)
            .await?;
        let credit_notes = credit_notes::Entity::find()
            .filter(credit_notes::Column::Id.is_in(named(|row| row.credit_note_id.as_ref())))
            .all(conn)
            .await?;
        let by_id = |id: &String| id.clone();
        Ok(Self {
            invoices: invoices
                .into_iter()
                .map(|row| (by_id(&row.id), row))
                .collect(),
            payments: payments
                .into_iter()
                .map(|row| (by_id(&row.id), row))
                .collect(),
            credit_notes: credit_notes
                .into_iter()
                .map(|row| (by_id(&row.id), row))
                .collect(),
        })
    }

    fn entry(&self, row: entries::Model, terms: &Terms) -> Result<HistoryEntry, DbError> {
        let currency = stored::parse(&row.currency)?;
        let kind = EntryKind::from_word(&row.kind);
        let at = stored::instant(row.at)?;
        let about = self.about(&row)?;
        Ok(HistoryEntry {
            id: row.id.to_string(),
            at,
            on: terms.day_of(at),
            kind,
            number: about.number,
            description: about.description,
            amount: Money::from_minor(row.amount_minor, currency),
            balance: Money::from_minor(row.balance_minor, currency),
            outstanding: about
                .remaining
                .filter(|_| kind == EntryKind::Invoice)
                .map(|minor| Money::from_minor(minor, currency)),
            record: about.record,
        })
    }

    /// What an entry is about. A credit note names its invoice too, so it is asked for first.
    fn about(&self, row: &entries::Model) -> Result<About, DbError> {
        let known = |id: &Option<String>| id.as_deref().map(str::to_owned);
        if let Some(id) = known(&row.credit_note_id)
            && let Some(note) = self.credit_notes.get(&id)
        {
            return Ok(About {
                number: Some(note.number.clone()),
                description: note.reason.clone(),
                remaining: None,
                record: Some(Record::CreditNote {
                    credit_note: stored::parse(&id)?,
                }),
            });
        }
        if let Some(id) = known(&row.invoice_id)
            && let Some(invoice) = self.invoices.get(&id)
        {
            return Ok(About {
                number: Some(invoice.number.clone()),
                description: invoice.name.clone(),
                remaining: Some(remaining(invoice)),
                record: Some(Record::Invoice {
                    invoice: stored::parse(&id)?,
                }),
            });
        }
        if let Some(id) = known(&row.payment_id)
            && let Some(payment) = self.payments.get(&id)
        {
            return Ok(About {
                number: None,
                description: public_part(&payment.description).to_owned(),
                remaining: None,
                record: Some(Record::Payment {
                    payment: stored::parse(&id)?,
                }),
            });
        }
        Ok(About::default())
    }
}

/// What an entry says of its record.
#[derive(Default)]
struct About {
    number: Option<String>,
    description: String,
    remaining: Option<i64>,
    record: Option<Record>,
}
