//! The entries that make up a figure of the balance: over all pages, their amounts add up
//! to it. They are read from the same few rows, by the same words, as the sums are.

use api_types::{Currency, CustomerId, Figure, FigureEntry, FigureQuery, Money, Page, Record};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::figures;
use crate::db::keyset::{Place, Window};
use crate::db::payments::public_part;
use crate::db::{DbError, ReadTx, Terms, customers, stored};

/// Open invoices on which something remains, by due day.
const INVOICES: &str = "SELECT 'invoice' AS kind, id AS about, number AS label, due_on, 0 AS at,
        total_minor - paid_minor - credited_minor AS minor,
        '1 ' || due_on AS place, id AS row
    FROM invoices
    WHERE customer_id = $1 AND currency = $2
        AND document = 'open' AND total_minor > paid_minor + credited_minor";

/// Completed money with something left, and purchases and refunds: what they leave.
const LEFT: &str = "SELECT 'payment' AS kind, id AS about, description AS label, '' AS due_on,
        listed_at AS at,
        total_minor - surcharge_minor + surcharge_back_minor - allocated_minor - held_minor
            AS minor,
        '2 ' || printf('%020d', listed_at) AS place, id AS row
    FROM payments
    WHERE customer_id = $1 AND currency = $2 AND status = 'completed'
        AND total_minor <> allocated_minor + surcharge_minor
        AND total_minor + surcharge_back_minor <> surcharge_minor + allocated_minor + held_minor";

/// Completed money that is held for events.
const HELD: &str = "SELECT 'event' AS kind, event_id AS about, title AS label, '' AS due_on,
        allocations.at AS at, amount_minor AS minor,
        '3 ' || printf('%020d', allocations.at) AS place, CAST(allocations.id AS TEXT) AS row
    FROM payments
        JOIN allocations ON payment_id = payments.id AND event_id IS NOT NULL
        JOIN events ON events.id = event_id
    WHERE payments.customer_id = $1 AND payments.currency = $2
        AND payments.status = 'completed'
        AND payments.total_minor <> payments.allocated_minor + payments.surcharge_minor";

/// Pending money from the customer.
const PENDING: &str = "SELECT 'payment' AS kind, id AS about, description AS label, '' AS due_on,
        listed_at AS at, total_minor AS minor,
        '2 ' || printf('%020d', listed_at) AS place, id AS row
    FROM payments
    WHERE customer_id = $1 AND currency = $2 AND status = 'pending' AND total_minor > 0";

#[derive(FromQueryResult)]
struct EntryRow {
    kind: String,
    about: String,
    label: String,
    due_on: String,
    at: i64,
    minor: i64,
    place: String,
    row: String,
}

/// A page of the entries that make up a figure.
///
/// # Errors
/// [`DbError::BadCursor`] if the cursor is not of this figure's list, [`DbError::Unreadable`] if
/// there is no such customer or a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn entries(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &FigureQuery,
    terms: &Terms,
) -> Result<Page<FigureEntry>, DbError> {
    let name = name(query.figure);
    let window = Window::read(name, query.cursor.as_ref(), query.limit)?;
    let parts = parts(tx, customer, query, terms).await?;
    let rows = if parts.is_empty() {
        Vec::new()
    } else {
        read(tx, customer, query.currency, &parts, terms, &window).await?
    };
    let version = customers::version(tx, customer).await?;
    let place = |row: &EntryRow| Place {
        key: row.place.clone(),
        id: row.row.clone(),
    };
    let page = window.page(rows, place);
    page.into_page(version, |row| entry(row, query.currency, terms))
}

fn name(figure: Figure) -> &'static str {
    match figure {
        Figure::Owed => "owed",
        Figure::Overdue => "overdue",
        Figure::Credit => "credit",
        Figure::Held => "held",
        Figure::OnItsWay => "on-its-way",
        _ => "unknown",
    }
}

/// Which rows make up a figure. Charges and credit are the two signs of one sum: what the
/// account is charged with beyond its credit is owed, with all that lowers it.
async fn parts(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &FigureQuery,
    terms: &Terms,
) -> Result<Vec<String>, DbError> {
    let whole = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
    let free = async || {
        let mut all = figures::all(tx, customer, terms.today).await?;
        let of = all.remove(&query.currency).unwrap_or_default();
        Ok::<_, DbError>(of.free)
    };
    Ok(match query.figure {
        Figure::Owed if free().await? < 0 => vec![INVOICES.to_owned(), charged()],
        Figure::Owed => whole(&[INVOICES]),
        Figure::Overdue => vec![format!("{INVOICES} AND due_on < $3")],
        Figure::Credit if free().await? > 0 => whole(&[LEFT, HELD]),
        Figure::Credit | Figure::Held => whole(&[HELD]),
        Figure::OnItsWay => whole(&[PENDING]),
        _ => Vec::new(),
    })
}

/// What is left of completed money, as it lowers what is owed.
fn charged() -> String {
    format!("SELECT kind, about, label, due_on, at, -minor AS minor, place, row FROM ({LEFT})")
}

async fn read(
    tx: &ReadTx,
    customer: &CustomerId,
    currency: Currency,
    parts: &[String],
    terms: &Terms,
    window: &Window,
) -> Result<Vec<EntryRow>, DbError> {
    let parts = parts.join(" UNION ALL ");
    let (order, beyond) = match window.back() {
        true => ("DESC", "<"),
        false => ("ASC", ">"),
    };
    // The day is named in every query, so that all have the same values.
    let bound = match window.beyond() {
        Some(_) => format!("(place, row) {beyond} ($4, $5)"),
        None => "TRUE".to_owned(),
    };
    let sql = format!(
        "SELECT * FROM ({parts}) WHERE $3 IS NOT NULL AND {bound}
        ORDER BY place {order}, row {order} LIMIT {}",
        window.to_read()
    );
    let mut values = vec![
        customer.as_str().into(),
        currency.code().into(),
        terms.today.to_string().into(),
    ];
    if let Some(place) = window.beyond() {
        values.extend([place.key.as_str().into(), place.id.as_str().into()]);
    }
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(EntryRow::find_by_statement(statement)
        .all(tx.conn())
        .await?)
}

fn entry(row: EntryRow, currency: Currency, terms: &Terms) -> Result<FigureEntry, DbError> {
    let (record, on) = match row.kind.as_str() {
        "invoice" => {
            let invoice = stored::parse(&row.about)?;
            (Record::Invoice { invoice }, stored::parse(&row.due_on)?)
        }
        kind => {
            let on = terms.day_of(stored::instant(row.at)?);
            match kind {
                "event" => {
                    let event = stored::parse(&row.about)?;
                    (Record::Event { event }, on)
                }
                _ => {
                    let payment = stored::parse(&row.about)?;
                    (Record::Payment { payment }, on)
                }
            }
        }
    };
    let label = match record {
        Record::Payment { .. } => public_part(&row.label).to_owned(),
        _ => row.label,
    };
    Ok(FigureEntry {
        record,
        label,
        on,
        amount: Money::from_minor(row.minor, currency),
    })
}
