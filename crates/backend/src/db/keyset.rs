//! Pages of lists by keyset: a page deep in a list costs what the first one costs, and a row
//! that is added or moved while somebody leafs never shifts the others.
//!
//! A cursor names the list, the direction, and the sort key and id of a row; the page
//! starts right after that row or, leafing back, ends right before it.

use api_types::{Cursor, Page};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value};

use super::DbError;

/// Rows a page where the caller does not say.
const USUAL_ROWS: u64 = 50;
/// Rows a page at most.
const MOST_ROWS: u64 = 200;

/// A list that can be leafed through.
pub struct Keyset<E: EntityTrait> {
    /// Its name in cursors, so that no other list takes them.
    pub name: &'static str,
    /// What it is sorted by. An index has to begin with it, then the id.
    pub key: Expr,
    /// The id, which tells rows of the same key apart.
    pub id: E::Column,
    /// Whether the largest key stands first.
    pub descending: bool,
}

/// The sort key and the id of a row, as a cursor holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The sort key as text.
    pub key: String,
    /// The id.
    pub id: String,
}

/// A page of rows, before they are made into what the wire has.
pub struct Rows<R> {
    /// The rows in the list's order.
    pub rows: Vec<R>,
    next: Option<Cursor>,
    previous: Option<Cursor>,
}

impl<R> Rows<R> {
    /// The page with its rows as the wire has them.
    pub fn into_page<T>(
        self,
        version: u64,
        each: impl FnMut(R) -> Result<T, DbError>,
    ) -> Result<Page<T>, DbError> {
        Ok(Page {
            data: self.rows.into_iter().map(each).collect::<Result<_, _>>()?,
            next_cursor: self.next,
            previous_cursor: self.previous,
            version,
        })
    }
}

impl<E: EntityTrait> Keyset<E> {
    /// Reads one page of `select`, which says whose rows and which of them.
    pub async fn page(
        &self,
        conn: &impl ConnectionTrait,
        select: Select<E>,
        cursor: Option<&Cursor>,
        limit: Option<u32>,
        value: impl Fn(&str) -> Result<Value, DbError>,
        place: impl Fn(&E::Model) -> Place,
    ) -> Result<Rows<E::Model>, DbError> {
        let limit = limit.map_or(USUAL_ROWS, u64::from).clamp(1, MOST_ROWS);
        let from = cursor.map(|cursor| self.read(cursor)).transpose()?;
        let (back, bound) = match &from {
            Some((direction, place)) => (
                *direction == Direction::Back,
                Some((value(&place.key)?, place.id.as_str())),
            ),
            None => (false, None),
        };
        let mut rows = self
            .beyond(select, back, bound)
            .limit(limit + 1)
            .all(conn)
            .await?;
        // The row too many only tells that the list goes on.
        let goes_on = u64::try_from(rows.len()).is_ok_and(|found| found > limit);
        if goes_on {
            rows.pop();
        }
        if back {
            rows.reverse();
        }
        let (more_before, more_after) = match (back, &from) {
            (true, _) => (goes_on, true),
            (false, from) => (from.is_some(), goes_on),
        };
        let first = rows.first().filter(|_| more_before).map(&place);
        let last = rows.last().filter(|_| more_after).map(&place);
        Ok(Rows {
            rows,
            next: last.map(|place| self.write(Direction::On, &place)),
            previous: first.map(|place| self.write(Direction::Back, &place)),
        })
    }

    /// The rows beyond a place, in the order in which somebody leafs.
    fn beyond(&self, select: Select<E>, back: bool, bound: Option<(Value, &str)>) -> Select<E> {
        let rising = self.descending == back;
        let order = if rising { Order::Asc } else { Order::Desc };
        let select = match bound {
            Some((key, id)) => {
                // One comparison of pairs, which the index answers by one search.
                let row = Expr::tuple([self.key.clone(), Expr::col(self.id)]);
                let bound = Expr::tuple([Expr::val(key), Expr::val(id)]);
                select.filter(if rising { row.gt(bound) } else { row.lt(bound) })
            }
            None => select,
        };
        select
            .order_by(self.key.clone(), order.clone())
            .order_by(self.id, order)
    }

    fn write(&self, direction: Direction, place: &Place) -> Cursor {
        let Place { key, id } = place;
        let text = format!("{} {} {key} {id}", self.name, direction.word());
        Cursor(URL_SAFE_NO_PAD.encode(text))
    }

    fn read(&self, cursor: &Cursor) -> Result<(Direction, Place), DbError> {
        let bytes = URL_SAFE_NO_PAD.decode(&cursor.0);
        let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or(DbError::BadCursor)?;
        let mut words = text.split(' ');
        match (
            words.next(),
            words.next(),
            words.next(),
            words.next(),
            words.next(),
        ) {
            (Some(name), Some(direction), Some(key), Some(id), None) if name == self.name => {
                let place = Place {
                    key: key.to_owned(),
                    id: id.to_owned(),
                };
                Ok((Direction::read(direction)?, place))
            }
            _ => Err(DbError::BadCursor),
        }
    }
}

/// Which way somebody leafs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    On,
    Back,
}

impl Direction {
    fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Back => "back",
        }
    }

    fn read(word: &str) -> Result<Self, DbError> {
        [Self::On, Self::Back]
            .into_iter()
            .find(|direction| direction.word() == word)
            .ok_or(DbError::BadCursor)
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ColumnTrait, DbBackend, QueryTrait, Statement};

    use super::*;
    use crate::db::entities::{invoices, payments};
    use crate::db::tests::Portal;

    async fn plan<E: EntityTrait>(portal: &Portal, select: Select<E>) -> String {
        let Statement { sql, values, .. } = select.build(DbBackend::Sqlite);
        portal
            .db
            .read(async |tx| {
                let values = values.into_iter().flat_map(|values| values.0);
                let sql = format!("EXPLAIN QUERY PLAN {sql}");
                let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
                let row = tx.conn().query_one_raw(statement).await?;
                row.unwrap().try_get("", "detail").map_err(DbError::from)
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_page_deep_in_a_list_is_found_by_one_search() {
        let portal = Portal::empty().await;
        for outstanding in [false, true] {
            let keyset = crate::db::invoices::keyset(outstanding);
            let mut rows = invoices::Entity::find().filter(invoices::Column::CustomerId.eq("ann"));
            if outstanding {
                rows = rows.filter(Expr::cust(crate::db::invoices::OUTSTANDING));
            }
            for back in [false, true] {
                let deep = keyset.beyond(rows.clone(), back, Some(("2026-11-21".into(), "x")));
                let plan = plan(&portal, deep).await;
                assert!(
                    plan.starts_with("SEARCH") && plan.contains(",id)"),
                    "{plan}"
                );
            }
        }
        let rows = payments::Entity::find().filter(payments::Column::CustomerId.eq("ann"));
        let keyset = crate::db::payments::keyset();
        let plan = plan(&portal, keyset.beyond(rows, false, Some((5.into(), "x")))).await;
        assert!(plan.contains("(listed_at,id)<"), "{plan}");
    }
}
