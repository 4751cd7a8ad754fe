//! The sums that a balance is made of, per currency, in minor units.

use std::collections::BTreeMap;

use api_types::{Currency, CustomerId, Day};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use crate::db::stored::sum_sql;
use crate::db::{DbError, ReadTx, ledger, stored};

/// What a customer's rows in one currency add up to, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// What completed money has not yet paid of open invoices.
    pub remaining: i64,
    /// The part of it whose due day has passed.
    pub overdue: i64,
    /// What could be paid of open invoices: what remains, less what is on its way to each.
    pub unpaid: i64,
    /// Completed money that pays for nothing and is held for nothing; below zero where
    /// purchases are larger.
    pub free: i64,
    /// Completed money that is held for events.
    pub held: i64,
    /// Pending money from the customer.
    pub on_its_way: i64,
    /// The part of it that is on its way to no invoice and no event.
    pub loose: i64,
    /// The first day on which something is due.
    pub first_due: Option<Day>,
}

impl Figures {
    /// What `Pay My Balance` would ask for, in minor units. It is below zero if more money is there
    /// or on its way than can be paid.
    ///
    /// # Errors
    /// [`DbError::TooLarge`] if the sum is beyond its bound.
    pub fn to_pay(&self) -> Result<i64, DbError> {
        stored::sum([self.unpaid, -self.free, -self.loose])
    }

    /// What the account is charged with beyond its credit, in minor units.
    pub fn charged(&self) -> i64 {
        (-self.free).max(0)
    }

    /// The credit that can pay for invoices, in minor units, without what is held for events.
    pub fn usable(&self) -> i64 {
        self.free.max(0)
    }

    /// What the account has to its credit, in minor units.
    ///
    /// # Errors
    /// [`DbError::TooLarge`] if the sum is beyond its bound.
    pub fn credit(&self) -> Result<i64, DbError> {
        stored::sum([self.held, self.usable()])
    }

    /// Whether the credit alone pays for everything that can be paid.
    pub fn credit_covers(&self) -> bool {
        self.unpaid > 0 && self.free >= self.unpaid
    }
}

/// The figures in every currency that the account has ever had an entry in.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn all(
    tx: &ReadTx,
    customer: &CustomerId,
    today: Day,
) -> Result<BTreeMap<Currency, Figures>, DbError> {
    let mut figures = BTreeMap::new();
    for currency in ledger::currencies(tx, customer).await? {
        figures.insert(currency, Figures::default());
    }
    let by_day: [Value; 2] = [customer.as_str().into(), today.to_string().into()];
    for row in rows::<Outstanding>(tx, OUTSTANDING, by_day).await? {
        let of = figures.entry(stored::parse(&row.currency)?).or_default();
        of.remaining = stored::sum([row.remaining])?;
        of.overdue = stored::sum([row.overdue])?;
        of.unpaid = stored::sum([row.unpaid])?;
        of.first_due = stored::parsed_option(row.first_due.as_deref())?;
    }
    for row in rows::<Free>(tx, FREE, [customer.as_str().into()]).await? {
        let of = figures.entry(stored::parse(&row.currency)?).or_default();
        (of.free, of.held) = (stored::sum([row.free])?, stored::sum([row.held])?);
    }
    for row in rows::<Pending>(tx, PENDING, [customer.as_str().into()]).await? {
        let of = figures.entry(stored::parse(&row.currency)?).or_default();
        of.on_its_way = stored::sum([row.on_its_way])?;
        of.loose = stored::sum([row.loose])?;
    }
    Ok(figures)
}

#[derive(FromQueryResult)]
struct Outstanding {
    currency: String,
    remaining: i64,
    overdue: i64,
    unpaid: i64,
    first_due: Option<String>,
}

const OUTSTANDING: &str = concat!(
    "SELECT currency, ",
    sum_sql!("total_minor - paid_minor - credited_minor"),
    " AS remaining, ",
    sum_sql!(
        "CASE WHEN due_on < $2
            THEN total_minor - paid_minor - credited_minor ELSE 0 END"
    ),
    " AS overdue, ",
    sum_sql!(
        "CASE WHEN total_minor - paid_minor - credited_minor > pending_minor
            THEN total_minor - paid_minor - credited_minor - pending_minor
            ELSE 0 END"
    ),
    " AS unpaid, MIN(due_on) AS first_due
    FROM invoices
    WHERE customer_id = $1 AND document = 'open' AND total_minor > paid_minor + credited_minor
    GROUP BY currency"
);

#[derive(FromQueryResult)]
struct Free {
    currency: String,
    free: i64,
    held: i64,
}

const FREE: &str = concat!(
    "SELECT currency, ",
    sum_sql!(
        "total_minor - surcharge_minor + surcharge_back_minor
            - allocated_minor - held_minor"
    ),
    " AS free, ",
    sum_sql!("held_minor"),
    " AS held
    FROM payments
    WHERE customer_id = $1 AND status = 'completed'
        AND total_minor <> allocated_minor + surcharge_minor
    GROUP BY currency"
);

#[derive(FromQueryResult)]
struct Pending {
    currency: String,
    on_its_way: i64,
    loose: i64,
}

const PENDING: &str = concat!(
    "SELECT currency, ",
    sum_sql!("total_minor"),
    " AS on_its_way, ",
    sum_sql!("total_minor - surcharge_minor - allocated_minor - held_minor"),
    " AS loose
    FROM payments
    WHERE customer_id = $1 AND status = 'pending' AND total_minor > 0
    GROUP BY currency"
);

async fn rows<T: FromQueryResult>(
    tx: &ReadTx,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>, DbError> {
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(T::find_by_statement(statement).all(tx.conn()).await?)
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Statement};

    use super::{FREE, OUTSTANDING, PENDING};
    use crate::db::DbError;
    use crate::db::tests::Portal;

    #[tokio::test]
    async fn each_sum_reads_only_the_rows_of_its_partial_index() {
        let portal = Portal::empty().await;
        for (sql, index) in [
            (OUTSTANDING, "invoices_owed"),
            (FREE, "payments_free"),
            (PENDING, "payments_pending"),
        ] {
            let plan: Vec<String> = portal
                .db
                .read(async |tx| {
                    let conn = tx.conn();
                    let sql = format!("EXPLAIN QUERY PLAN {sql}");
                    let values = ["ann".into(), "2026-11-21".into()];
                    let values = values.into_iter().take(1 + usize::from(sql.contains("$2")));
                    let backend = conn.get_database_backend();
                    let statement = Statement::from_sql_and_values(backend, sql, values);
                    let rows = conn.query_all_raw(statement).await?;
                    rows.iter()
                        .map(|row| row.try_get("", "detail").map_err(DbError::from))
                        .collect()
                })
                .await
                .unwrap();
            let searches = format!("USING INDEX {index} (customer_id=?");
            assert!(plan[0].contains(&searches), "{plan:?}");
        }
    }
}
