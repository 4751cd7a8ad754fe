//! Pages of lists by keyset: a page deep in a list costs what the first one costs, and a row
//! that is added or moved while somebody leafs never shifts the others.
//!
//! A cursor names the list, the direction, and the id and sort key of a row; the page
//! starts right after that row or, leafing back, ends right before it.

use api_types::{Cursor, Day, Page};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value};

use super::DbError;

/// Rows a page where the caller does not say.
const USUAL_ROWS: u64 = 50;
/// Rows a page at most.
const MOST_ROWS: u64 = 200;

/// What a sort key or an id is made of, so that a cursor from outside is read as it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Any text.
    OfText,
    /// A day.
    OfDay,
    /// A number, as in milliseconds and minor units.
    OfNumber,
}

impl Made {
    fn value(self, text: &str) -> Result<Value, DbError> {
        match self {
            Self::OfText => Ok(text.into()),
            Self::OfDay => match Day::parse(text) {
                Ok(day) => Ok(day.to_string().into()),
                Err(_) => Err(DbError::BadCursor),
            },
            Self::OfNumber => match text.parse::<i64>() {
                Ok(number) => Ok(number.into()),
                Err(_) => Err(DbError::BadCursor),
            },
        }
    }
}

/// A list that can be leafed through.
pub struct Keyset<E: EntityTrait> {
    /// Its name in cursors, so that no other list and no other order takes them.
    pub name: &'static str,
    /// What it is sorted by, and what that is. An index has to begin with it, then the id.
    pub key: (Expr, Made),
    /// The id, which tells rows of the same key apart, and what it is.
    pub id: (E::Column, Made),
    /// Whether the largest key stands first.
    pub descending: bool,
}

/// The sort key and the id of a row, as a cursor holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The sort key as text.
    pub key: String,
    /// The id, which has no blanks in it.
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
    /// The same page with other rows in place of these.
    pub fn with<T>(self, rows: Vec<T>) -> Rows<T> {
        Rows {
            rows,
            next: self.next,
            previous: self.previous,
        }
    }

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

/// Which rows of a list a page is asked for.
pub struct Window {
    name: &'static str,
    from: Option<(Direction, Place)>,
    rows: u64,
}

impl Window {
    /// Reads what was asked for; a cursor of another list is refused.
    pub fn read(
        name: &'static str,
        cursor: Option<&Cursor>,
        limit: Option<u32>,
    ) -> Result<Self, DbError> {
        Ok(Self {
            name,
            from: cursor.map(|cursor| read(name, cursor)).transpose()?,
            rows: limit.map_or(USUAL_ROWS, u64::from).clamp(1, MOST_ROWS),
        })
    }

    /// Whether somebody leafs back: then the rows are wanted in the opposite order.
    pub fn back(&self) -> bool {
        matches!(self.from, Some((Direction::Back, _)))
    }

    /// The row that the page begins after, in the order in which somebody leafs.
    pub fn beyond(&self) -> Option<&Place> {
        self.from.as_ref().map(|(_, place)| place)
    }

    /// How many rows to read: one too many, which only tells that the list goes on.
    pub fn to_read(&self) -> u64 {
        self.rows + 1
    }

    /// Makes a page of the rows that were read, in the order in which somebody leafs.
    pub fn page<R>(self, mut rows: Vec<R>, place: impl Fn(&R) -> Place) -> Rows<R> {
        let goes_on = u64::try_from(rows.len()).is_ok_and(|found| found > self.rows);
        if goes_on {
            rows.pop();
        }
        let back = self.back();
        if back {
            rows.reverse();
        }
        let (more_before, more_after) = if back {
            (goes_on, true)
        } else {
            (self.from.is_some(), goes_on)
        };
        let first = rows.first().filter(|_| more_before).map(&place);
        let last = rows.last().filter(|_| more_after).map(&place);
        Rows {
            rows,
            next: last.map(|place| write(self.name, Direction::On, &place)),
            previous: first.map(|place| write(self.name, Direction::Back, &place)),
        }
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
        place: impl Fn(&E::Model) -> Place,
    ) -> Result<Rows<E::Model>, DbError> {
        let window = Window::read(self.name, cursor, limit)?;
        let bound = window.beyond().map(|place| self.bound(place)).transpose()?;
        let rows = self
            .beyond(select, window.back(), bound)
            .limit(window.to_read())
            .all(conn)
            .await?;
        Ok(window.page(rows, place))
    }

    /// Reads the rows that follow a place, for who reads the list to its end.
    pub async fn after(
        &self,
        conn: &impl ConnectionTrait,
        select: Select<E>,
        after: Option<&Place>,
        rows: u64,
    ) -> Result<Vec<E::Model>, DbError> {
        let bound = after.map(|place| self.bound(place)).transpose()?;
        let select = self.beyond(select, false, bound).limit(rows);
        Ok(select.all(conn).await?)
    }

    fn bound(&self, place: &Place) -> Result<(Value, Value), DbError> {
        let key = self.key.1.value(&place.key)?;
        Ok((key, self.id.1.value(&place.id)?))
    }

    /// The rows beyond a place, in the order in which somebody leafs.
    fn beyond(&self, select: Select<E>, back: bool, bound: Option<(Value, Value)>) -> Select<E> {
        let rising = self.descending == back;
        let order = if rising { Order::Asc } else { Order::Desc };
        let ((key, _), (id, _)) = (&self.key, self.id);
        let select = match bound {
            Some((at_key, at_id)) => {
                // One comparison of pairs, which the index answers by one search.
                let row = Expr::tuple([key.clone(), Expr::col(id)]);
                let bound = Expr::tuple([Expr::val(at_key), Expr::val(at_id)]);
                select.filter(if rising { row.gt(bound) } else { row.lt(bound) })
            }
            None => select,
        };
        select
            .order_by(key.clone(), order.clone())
            .order_by(id, order)
    }
}

fn write(name: &str, direction: Direction, place: &Place) -> Cursor {
    let Place { key, id } = place;
    // The key stands last, since a text may hold blanks.
    let text = format!("{name} {} {id} {key}", direction.word());
    Cursor(URL_SAFE_NO_PAD.encode(text))
}

fn read(name: &str, cursor: &Cursor) -> Result<(Direction, Place), DbError> {
    let bytes = URL_SAFE_NO_PAD.decode(&cursor.0);
    let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or(DbError::BadCursor)?;
    let mut words = text.splitn(4, ' ');
    match (words.next(), words.next(), words.next(), words.next()) {
        (Some(of), Some(direction), Some(id), Some(key)) if of == name => {
            let place = Place {
                key: key.to_owned(),
                id: id.to_owned(),
            };
            Ok((Direction::read(direction)?, place))
        }
        _ => Err(DbError::BadCursor),
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
