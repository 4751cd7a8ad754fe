//! Which entries of an account are meant. Nothing else chooses entries.

use std::marker::PhantomData;

use api_types::{Currency, CustomerId, HistoryQuery, StatementQuery};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select, Value};

use crate::db::entities::entries::{Column, Entity};
use crate::db::invoices::OUTSTANDING;
use crate::db::keyset::{KeyType, Keyset};
use crate::db::{DbError, Terms};

/// Some of an account's entries.
#[derive(Clone, Debug)]
pub struct Selection {
    customer: CustomerId,
    /// Only from this instant on, in milliseconds since 1970.
    from: Option<i64>,
    /// Only before this instant, in milliseconds since 1970.
    before: Option<i64>,
    currency: Option<Currency>,
    service: Option<String>,
    outstanding: bool,
}

impl Selection {
    /// What a query of the history asks for.
    ///
    /// # Errors
    /// As [`Terms::start_of`] and [`Terms::end_of`].
    pub fn of_history(
        customer: &CustomerId,
        query: &HistoryQuery,
        terms: &Terms,
    ) -> Result<Self, DbError> {
        Ok(Self {
            customer: customer.clone(),
            from: query.from.map(|day| terms.start_of(day)).transpose()?,
            before: query.to.map(|day| terms.end_of(day)).transpose()?,
            currency: query.currency,
            service: query.service.clone(),
            outstanding: query.outstanding,
        })
    }

    /// What a statement is about in one currency: the history of the same days.
    ///
    /// # Errors
    /// As [`Selection::of_history`].
    pub fn of_statement(
        customer: &CustomerId,
        query: &StatementQuery,
        currency: Currency,
        terms: &Terms,
    ) -> Result<Self, DbError> {
        let history = HistoryQuery {
            from: Some(query.from),
            to: Some(query.to),
            currency: Some(currency),
            ..HistoryQuery::default()
        };
        Self::of_history(customer, &history, terms)
    }

    /// The rows, in no order yet, to be summed up.
    pub fn rows(&self) -> Select<Entity> {
        let mut select = self.rows_of_any_day();
        if let Some(from) = self.from {
            select = select.filter(Column::At.gte(from));
        }
        if let Some(before) = self.before {
            select = select.filter(Column::At.lt(before));
        }
        select
    }

    /// The keyset that pages through the same rows.
    pub fn keyset(&self, newest_first: bool) -> Keyset<Entity> {
        Keyset {
            name: if newest_first {
                "history"
            } else {
                "history-oldest"
            },
            key: (Expr::col(Column::At), KeyType::Number),
            id: (Expr::cust("seq"), KeyType::Number),
            descending: newest_first,
            of: PhantomData,
            from: self.from.map(Value::from),
            before: self.before.map(Value::from),
        }
    }

    /// The rows that [`Selection::keyset`] pages through. The keyset has the days itself.
    pub fn rows_of_any_day(&self) -> Select<Entity> {
        let mut select = Entity::find().filter(Column::CustomerId.eq(self.customer.as_str()));
        if let Some(currency) = self.currency {
            select = select.filter(Column::Currency.eq(currency.code()));
        }
        if let Some(service) = &self.service {
            select = select.filter(of_service(service));
        }
        if self.outstanding {
            select = select.filter(self.of_outstanding_invoices());
        }
        select
    }

    fn of_outstanding_invoices(&self) -> Expr {
        Expr::cust_with_values(
            format!(
                "kind = 'invoice' AND invoice_id IN
                    (SELECT id FROM invoices WHERE customer_id = ? AND {OUTSTANDING})"
            ),
            [self.customer.as_str()],
        )
    }
}

/// What is about an invoice of the service, and money that pays for one or is kept for one
/// of its events. It is looked at row by row, so that the order stays the index's.
fn of_service(service: &str) -> Expr {
    Expr::cust_with_values(
        "(EXISTS (SELECT 1 FROM invoices
                WHERE invoices.id = entries.invoice_id AND service = ?)
            OR EXISTS (SELECT 1 FROM allocations
                LEFT JOIN invoices ON invoices.id = allocations.invoice_id
                LEFT JOIN events ON events.id = allocations.event_id
                WHERE allocations.payment_id = entries.payment_id
                    AND (invoices.service = ? OR events.service = ?)))",
        [service, service, service],
    )
}
