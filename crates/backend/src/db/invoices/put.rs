//! Adds and changes invoices, and posts them to the ledger.

use api_types::{
    Currency, CustomerId, Day, DocumentState, InvoiceId, InvoiceLine, Money, Timestamp,
};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::db::entities::{invoice_lines, invoices};
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, ReadTx, WriteTx, allocate, search, stored};

/// An invoice to add or to change. Its total is `net + tax`.
#[derive(Clone, Debug)]
pub struct NewInvoice {
    /// The provider's own id.
    pub id: InvoiceId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The number on the document.
    pub number: String,
    /// What it is for.
    pub name: String,
    /// The day on the document.
    pub issued_on: Day,
    /// When that day began, which is the time of its entry in the ledger.
    pub issued_at: Timestamp,
    /// The last day to pay without being late.
    pub due_on: Day,
    /// The first day that it is for.
    pub period_from: Option<Day>,
    /// The last day that it is for.
    pub period_to: Option<Day>,
    /// Before tax.
    pub net: Money,
    /// Tax.
    pub tax: Money,
    /// The state of the document.
    pub document: DocumentState,
    /// The service that it is for, as the provider calls it.
    pub service: Option<String>,
    /// The invoice that replaces it, if it is replaced.
    pub replaced_by: Option<InvoiceId>,
    /// What was delivered.
    pub lines: Vec<InvoiceLine>,
}

impl NewInvoice {
    /// What is invoiced: net and tax.
    ///
    /// # Errors
    /// [`DbError::Refused`] if net and tax have no sum: their currencies differ, or it is too
    /// large.
    pub fn total(&self) -> Result<Money, DbError> {
        let total = self.net.checked_add(self.tax);
        total.map_err(|why| DbError::Refused(why.to_string()))
    }

    /// What it changes the account by, in minor units, with what has been credited of it.
    fn moves(&self, credited: i64) -> Result<i64, DbError> {
        match self.document {
            DocumentState::Open => stored::sum([-self.total()?.minor(), credited]),
            _ => Ok(0),
        }
    }
}

/// Whose invoice it is and in which currency; `None` where there is none.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn owner(tx: &ReadTx, id: &InvoiceId) -> Result<Option<(CustomerId, Currency)>, DbError> {
    let owner: Option<(String, String)> = invoices::Entity::find_by_id(id.as_str())
        .select_only()
        .column(invoices::Column::CustomerId)
        .column(invoices::Column::Currency)
        .into_tuple()
        .one(tx.conn())
        .await?;
    owner
        .map(|(customer, currency)| Ok((stored::parse(&customer)?, stored::parse(&currency)?)))
        .transpose()
}

/// The state of an invoice's document; `None` where there is none.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn document(tx: &ReadTx, id: &InvoiceId) -> Result<Option<DocumentState>, DbError> {
    let document: Option<String> = invoices::Entity::find_by_id(id.as_str())
        .select_only()
        .column(invoices::Column::Document)
        .into_tuple()
        .one(tx.conn())
        .await?;
    Ok(document.as_deref().map(DocumentState::from_word))
}

/// The open invoices with a number. There is at most one, unless several were imported before the
/// import refused that.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn open_with_number(tx: &ReadTx, number: &str) -> Result<Vec<InvoiceId>, DbError> {
    let ids: Vec<String> = invoices::Entity::find()
        .select_only()
        .column(invoices::Column::Id)
        .filter(invoices::Column::Number.eq(number))
        .filter(Expr::cust("document = 'open'"))
        .into_tuple()
        .all(tx.conn())
        .await?;
    ids.iter().map(|id| stored::parse(id)).collect()
}

/// Adds an invoice, or changes a known one of the same customer and currency. What has been paid
/// for it stays, unless the document is void or replaced now: then it becomes credit.
///
/// # Errors
/// [`DbError::Refused`] if the invoice would be smaller than what has been paid or credited of it,
/// or net and tax have no sum, [`DbError::TooLarge`] if an amount or a sum is beyond its bound,
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn put(tx: &WriteTx, new: &NewInvoice, now: Timestamp) -> Result<(), DbError> {
    if new.document != DocumentState::Open {
        allocate::release_invoice(tx, &new.id).await?;
    }
    let row = invoices::Entity::find_by_id(new.id.as_str())
        .one(tx.conn())
        .await?;
    let credited = row.as_ref().map_or(0, |known| known.credited_minor);
    if let Some(known) = &row {
        let settled = stored::sum([known.paid_minor, credited])?;
        let least = Money::from_minor(settled, new.net.currency());
        if new.total()?.minor() < least.minor() {
            return Err(DbError::Refused(format!(
                "{least:?} of it have been paid or credited, so it cannot be less; \
                 take back a part by a credit note, or make it void"
            )));
        }
    }
    write_row(tx, new).await?;
    write_lines(tx, new).await?;
    post(tx, new, credited, now).await
}

async fn post(
    tx: &WriteTx,
    new: &NewInvoice,
    credited: i64,
    now: Timestamp,
) -> Result<(), DbError> {
    let entry = |at, kind, amount| Entry {
        customer: &new.customer,
        at,
        kind,
        amount,
        invoice: Some(&new.id),
        payment: None,
        credit_note: None,
    };
    let currency = new.net.currency();
    match ledger::posted_for_invoice(tx, &new.id).await? {
        Some(posted) => {
            let change = stored::sum([new.moves(credited)?, -posted])?;
            let change = Money::from_minor(change, currency);
            ledger::post(tx, entry(now, EntryKind::Adjustment, change)).await
        }
        None if new.document == DocumentState::Open => {
            let charge = stored::sum([-new.total()?.minor()])?;
            let charge = Money::from_minor(charge, currency);
            ledger::post(tx, entry(new.issued_at, EntryKind::Invoice, charge)).await
        }
        None => Ok(()),
    }
}

async fn write_row(tx: &WriteTx, new: &NewInvoice) -> Result<(), DbError> {
    use invoices::Column;
    let row = invoices::ActiveModel {
        id: Set(new.id.to_string()),
        customer_id: Set(new.customer.to_string()),
        number: Set(new.number.clone()),
        name: Set(new.name.clone()),
        issued_on: Set(new.issued_on.to_string()),
        due_on: Set(new.due_on.to_string()),
        period_from: Set(new.period_from.map(|day| day.to_string())),
        period_to: Set(new.period_to.map(|day| day.to_string())),
        currency: Set(new.net.currency().to_string()),
        net_minor: Set(new.net.minor()),
        tax_minor: Set(new.tax.minor()),
        total_minor: Set(new.total()?.minor()),
        // What has been credited is the sum of credit notes, which are not touched here.
        credited_minor: Set(0),
        document: Set(new.document.as_str().to_owned()),
        service: Set(new.service.clone()),
        replaced_by: Set(new.replaced_by.as_ref().map(ToString::to_string)),
        number_key: Set(number_key(&new.number)),
        search_text: Set(search::normalize_all(&[&new.number, &new.name])),
        // What has been paid is the sum of allocations, which are not touched here.
        paid_minor: Set(0),
        pending_minor: Set(0),
        refunded_minor: Set(0),
    };
    let known = OnConflict::column(Column::Id)
        .update_columns([
            Column::Number,
            Column::Name,
            Column::IssuedOn,
            Column::DueOn,
            Column::PeriodFrom,
            Column::PeriodTo,
            Column::NetMinor,
            Column::TaxMinor,
            Column::TotalMinor,
            Column::Document,
            Column::Service,
            Column::ReplacedBy,
            Column::NumberKey,
            Column::SearchText,
        ])
        .to_owned();
    invoices::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

async fn write_lines(tx: &WriteTx, new: &NewInvoice) -> Result<(), DbError> {
    invoice_lines::Entity::delete_many()
        .filter(invoice_lines::Column::InvoiceId.eq(new.id.as_str()))
        .exec(tx.conn())
        .await?;
    for (position, line) in (1_i64..).zip(&new.lines) {
        let row = invoice_lines::ActiveModel {
            invoice_id: Set(new.id.to_string()),
            position: Set(position),
            description: Set(line.description.clone()),
            quantity: Set(line.quantity.clone()),
            unit_price: Set(line.unit_price.amount_text()),
            net_minor: Set(line.net.minor()),
            tax_minor: Set(line.tax.minor()),
            tax_percent: Set(line.tax_percent.clone()),
        };
        invoice_lines::Entity::insert(row)
            .exec_without_returning(tx.conn())
            .await?;
    }
    Ok(())
}

/// A number with every run of digits widened, so that `HC-9` stands before `HC-10`.
fn number_key(number: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for c in number.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        key.push_str(&widened(&mut digits));
        key.push(c);
    }
    key.push_str(&widened(&mut digits));
    key
}

fn widened(digits: &mut String) -> String {
    let run = std::mem::take(digits);
    if run.is_empty() {
        return run;
    }
    format!("{run:0>20}")
}

#[cfg(test)]
mod tests {
    use super::number_key;

    #[test]
    fn numbers_sort_as_people_count() {
        let mut numbers = ["HC-10", "HC-9", "2026/2-A", "2026/10", "HC-9b", "HC"];
        numbers.sort_by_key(|number| number_key(number));
        assert_eq!(
            numbers,
            ["2026/2-A", "2026/10", "HC", "HC-9", "HC-9b", "HC-10"]
        );
    }
}
